"""The kinds of public entries as readers know them: the word for each, and the page on which its entries are read."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicKind:
    """What an entry of this kind is called, and where it is read."""

    label: str
    address: str

    def page_of(self, uid: str) -> str:
        """The path of the page on which the entry is read."""
        return self.address.format(uid=uid)


PUBLIC_KINDS: Mapping[str, PublicKind] = {
    "catalogue": PublicKind("公开目录事项", "/catalogue/entries/{uid}"),
    "disclosed": PublicKind("已公开的答复", "/reading/{uid}"),
}
