"""The organs that a supervisor watches, as the tree that they form (主管部门—所属机关)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, supervised_organs
from gkapply.casework.people import Organ
from gkapply.law.refusal import NotFound


@dataclass(frozen=True, slots=True)
class Tree:
    """The organs at and below ``root``, by id; ``children`` in the order of their codes."""

    root: Organ
    organs: Mapping[int, Organ]
    children: Mapping[int, Sequence[Organ]]

    def below(self, organ: Organ) -> list[Organ]:
        """The organ itself and every organ below it."""
        found = [organ]
        for one in found:
            found += self.children.get(one.id, ())
        return found

    def path(self, organ: Organ) -> list[Organ]:
        """The organs from the root down to ``organ``."""
        found = [organ]
        while found[0].id != self.root.id and found[0].parent_id is not None:
            found.insert(0, self.organs[found[0].parent_id])
        return found

    def by_code(self, code: str) -> Organ:
        """The organ with that code, the root for an empty one. Raises NotFound for one that is not in the tree."""
        if not code:
            return self.root
        for organ in self.organs.values():
            if organ.code == code:
                return organ
        raise NotFound("没有这个机关，或者不在您的监督范围内", do="请从监督页面选择机关")


def tree(session: Session, actor: Actor) -> Tree:
    """The tree that ``actor`` supervises. Raises NotFound for somebody who supervises nothing."""
    query = select(Organ).where(Organ.id.in_(supervised_organs(actor))).order_by(Organ.code)
    organs = {organ.id: organ for organ in session.scalars(query)}
    if actor.organ_id not in organs:
        raise NotFound("您没有监督的机关", do="确需使用的，请联系系统管理员授予职责")
    children: dict[int, list[Organ]] = {}
    for organ in organs.values():
        if organ.parent_id in organs and organ.id != actor.organ_id:
            children.setdefault(organ.parent_id, []).append(organ)
    return Tree(organs[actor.organ_id], organs, children)


def ids(organs: Iterable[Organ]) -> list[int]:
    """Their keys."""
    return [organ.id for organ in organs]
