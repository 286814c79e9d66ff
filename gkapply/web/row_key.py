"""Keys of rows as addresses and forms carry them: where a page of a list begins, which line a button belongs to."""

from gkapply.casework.docket_places import LARGEST


def row_key(text: str) -> int:
    """The key; for ``request.args.get(…, type=row_key)``. Raises ValueError for what no page wrote, so that it counts as not given."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(LARGEST)) or int(text) > LARGEST:
        raise ValueError("no key of a row")
    return int(text)
