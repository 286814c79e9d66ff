"""A few files taken apart, kept in memory: whoever cleans a file has it looked through on page after page."""

from collections import OrderedDict

from gkapply.traces.contents import Contents

MOST_KEPT = 16


class Shelf:
    """The files that were last taken apart, by their digest."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Contents] = OrderedDict()

    def get(self, digest: str) -> Contents | None:
        """What is kept of the file with that digest."""
        return self._kept.get(digest)

    def put(self, digest: str, contents: Contents) -> None:
        """Keep it, and let the oldest go."""
        self._kept[digest] = contents
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
