"""Templates as their keeper sees them: each kind with what is in use, and one kind with its fields and versions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.kept_templates import OfficeTemplate, TemplateState
from gkapply.casework.office_templates import applicable, kinds, shipped, unfit, versions
from gkapply.casework.services import store
from gkapply.letters.differences import Paragraph, differences
from gkapply.letters.field import Field
from gkapply.letters.fields import letter_fields
from gkapply.letters.text import paragraphs


@dataclass(frozen=True, slots=True)
class InUse:
    """What letters of a kind are made from now: ``organ`` is empty for the shipped template."""

    organ: str
    own: bool
    version: int
    since: date | None
    fits: bool

    @property
    def words(self) -> str:
        """Where it comes from."""
        if not self.organ:
            return "随程序提供"
        return f"本机关第{self.version}版" if self.own else f"{self.organ}第{self.version}版"


SHIPPED = InUse("", False, 0, None, True)


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of letter in the list: what is in use, versions that wait for release, the next one that will hold."""

    code: str
    title: str
    in_use: InUse
    waiting: Sequence[int]
    coming: Sequence[tuple[int, date]]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field to be copied into a template: its tag, of a list the tags before and after what is repeated.

    ``level`` 1 is a column of the list above it.
    """

    tags: Sequence[str]
    label: str
    example: str
    required: bool
    level: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of an organ's own template; who did what and when."""

    version: int
    state: TemplateState
    note: str
    for_subtree: bool
    sha256: str
    uploader_id: int
    uploaded: tuple[str, datetime]
    released: tuple[str, datetime] | None
    withdrawn: tuple[str, datetime] | None
    valid_from: date | None
    valid_to: date | None
    withdraw_reason: str


@dataclass(frozen=True, slots=True)
class VersionFile:
    """One version to be looked at: its file, and in words and bytes what it is compared with."""

    line: VersionLine
    template: bytes
    compared: str
    before: bytes


def kind_lines(session: Session, organ_id: int, today: date) -> Sequence[KindLine]:
    """Every kind of letter, in the order of the catalogue."""
    first: dict[str, OfficeTemplate] = {}
    for kept in session.scalars(applicable(organ_id, today)):
        first.setdefault(kept.kind, kept)
    own = session.scalars(select(OfficeTemplate).where(OfficeTemplate.organ_id == organ_id)).all()
    return [
        KindLine(
            code,
            title,
            in_use(session, first.get(code), organ_id),
            [one.version for one in own if one.kind == code and one.state is TemplateState.DRAFT],
            [
                (one.version, one.valid_from)
                for one in own
                if one.kind == code
                and one.state is TemplateState.RELEASED
                and one.valid_from
                and one.valid_from > today
            ],
        )
        for code, title in kinds().items()
    ]


def in_use(session: Session, kept: OfficeTemplate | None, organ_id: int) -> InUse:
    """How ``kept``, the template that holds, is shown."""
    if kept is None:
        return SHIPPED
    fits = not unfit(store(session).get(kept.sha256), kept.kind)
    return InUse(kept.organ.name, kept.organ_id == organ_id, kept.version, kept.valid_from, fits)


def field_lines(kind: str) -> Sequence[FieldLine]:
    """The fields of a kind, a list followed by its columns. Raises Refusal for an unknown kind."""
    return [line for field in letter_fields(kind) for line in _field_lines(field)]


VARIABLES = ("item", "part", "detail")
"""What the row of a loop is called in the fields table, by how deep the loop stands."""


def _field_lines(field: Field, owner: str = "", level: int = 0) -> Iterator[FieldLine]:
    name = f"{owner}{field.name}"
    if not field.is_list:
        yield FieldLine([f"{{{{ {name} }}}}"], field.label, str(field.example), field.required, level)
        return
    row = VARIABLES[level]
    loop = [f"{{%p for {row} in {name} %}}", "{%p endfor %}"]
    texts = "；".join(one for one in _rows(field) if isinstance(one, str))
    yield FieldLine(loop, field.label, texts, field.required, level)
    if not field.columns:
        yield FieldLine([f"{{{{ {row} }}}}"], "其中的一项", "", False, level + 1)
    for column in field.columns:
        yield from _field_lines(column, f"{row}.", level + 1)


def _rows(field: Field) -> Sequence[object]:
    assert isinstance(field.example, tuple)
    return field.example


def version_lines(session: Session, organ_id: int, kind: str) -> Sequence[VersionLine]:
    """Every version of the organ's own template of that kind, the newest first."""
    return [_version_line(one) for one in versions(session, organ_id, kind)]


def version_file(session: Session, kept: OfficeTemplate, on: date) -> VersionFile:
    """One version with its file, and with what it is compared."""
    files = store(session)
    compared, digest = _before(session, kept, on)
    return VersionFile(
        line=_version_line(kept),
        template=files.get(kept.sha256),
        compared=compared,
        before=files.get(digest) if digest else shipped(kept.kind),
    )


def changes(file: VersionFile) -> Sequence[Paragraph]:
    """The paragraphs in which a version differs from the one before, with what was removed and added."""
    return differences(paragraphs(file.before), paragraphs(file.template))


def _version_line(kept: OfficeTemplate) -> VersionLine:
    return VersionLine(
        version=kept.version,
        state=kept.state,
        note=kept.note,
        for_subtree=kept.for_subtree,
        sha256=kept.sha256,
        uploader_id=kept.uploaded_by,
        uploaded=(kept.uploader.name, kept.uploaded_at),
        released=(kept.releaser.name, kept.released_at) if kept.releaser and kept.released_at else None,
        withdrawn=(kept.withdrawer.name, kept.withdrawn_at) if kept.withdrawer and kept.withdrawn_at else None,
        valid_from=kept.valid_from,
        valid_to=kept.valid_to,
        withdraw_reason=kept.withdraw_reason,
    )


def _before(session: Session, kept: OfficeTemplate, on: date) -> tuple[str, str]:
    """What a version is compared with, in words and by hash (empty: the shipped one): the organ's released version before
    it, else what would hold without it."""
    for one in versions(session, kept.organ_id, kept.kind):
        if one.version < kept.version and one.state is TemplateState.RELEASED:
            return f"第{one.version}版", one.sha256
    others = applicable(kept.organ_id, on).where(
        OfficeTemplate.kind == kept.kind, OfficeTemplate.organ_id != kept.organ_id
    )
    above = session.scalars(others.limit(1)).first()
    return ("随程序提供的模板", "") if above is None else (f"{above.organ.name}第{above.version}版", above.sha256)
