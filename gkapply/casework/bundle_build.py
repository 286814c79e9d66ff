"""Making the file of a bundle (卷宗) from its rows alone: papers into PDF, once; then bound, listed and packed.

Every paper that is no PDF is turned into one once (``Rendition``) and the rows of the bundle say which, so that the same bundle
made again has the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.bundle_choice import READERS, RECORD_TYPE
from gkapply.casework.bundled_papers import Bundle, BundlePart, Rendition
from gkapply.casework.journal import record
from gkapply.casework.paper_roles import Section
from gkapply.casework.services import store
from gkapply.database import reading, transaction
from gkapply.files import FileStore
from gkapply.letters.notation import chinese_date
from gkapply.pdf import Converter
from gkapply.volume import box
from gkapply.volume.binding import Leaf, bind, is_readable
from gkapply.volume.page import picture_page, text_pages
from gkapply.volume.picture import NoPicture, picture_of

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURES = ("image/jpeg", "image/png")
ENDINGS: Mapping[str, str] = {
    PDF: "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/msword": "doc",
    WORD: "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/ofd": "ofd",
    RECORD_TYPE: "txt",
}
OFFICE = frozenset({"doc", "docx", "xlsx"})
"""Endings that an office program may be able to turn into a PDF."""
FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))
INDEX = "证据目录"


def build(uid: str, now: datetime, converter: Converter) -> str:
    """Errand: turn into PDF what can be, bind, pack and keep the file; returns its SHA-256. Done twice it changes nothing."""
    with reading() as session:
        bundle = _bundle(session, uid)
        if bundle.file_sha:
            return bundle.file_sha
        waiting = [part.id for part in bundle.parts if not part.left_out and part.pdf_sha is None]
    for part_id in waiting:
        _turn_into_pdf(part_id, now, converter)
    packed, pages = made(uid)
    with reading() as session:
        digest = store(session).put(packed)
    with transaction() as session:
        bundle = session.scalars(select(Bundle).where(Bundle.uid == uid).with_for_update()).one()
        if not bundle.file_sha:
            bundle.file_sha, bundle.pages, bundle.built_at = digest, pages, now
            record(
                session,
                bundle.organ_id,
                "bundle.built",
                "system",
                now,
                case_id=bundle.dispute.case_id,
                bundle=uid,
                file=digest,
                pages=pages,
            )
        return bundle.file_sha


def made(uid: str) -> tuple[bytes, int]:
    """The file of a bundle whose papers have been looked at, made from its rows alone, and its number of pages."""
    with reading() as session:
        bundle = _bundle(session, uid)
        about = _about(bundle)
        sheets = [_sheet(part) for part in bundle.parts]
        files = store(session)
    inside = [one for one in sheets if not one.left_out]
    volume = bind(
        INDEX, lambda places: _index(about, sheets, places), [Leaf(one.title, one.pdf(files)) for one in inside]
    )
    lines = _index_lines(sheets, volume.places)
    contents = {
        "卷宗.pdf": volume.pdf,
        f"{INDEX}.txt": "\n".join([about["title"], *lines, ""]).encode(),
        **{one.name: files.get(one.sha256) for one in inside},
    }
    papers = [
        {"no": one.ordinal, "title": one.title, "on": one.on, "sha256": one.sha256, "left_out": one.left_out}
        for one in sheets
    ]
    return box.pack(contents, {**about, "papers": papers, "pages": volume.pages}), volume.pages


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One paper as the making of the file needs it."""

    ordinal: int
    section: str
    title: str
    on: str
    media_type: str
    sha256: str
    pdf_sha: str
    left_out: str

    @property
    def name(self) -> str:
        """Where it lies in the zip."""
        ending = ENDINGS.get(self.media_type, "bin")
        title = self.title.rsplit(".", 1)[0] if self.title.endswith(f".{ending}") else self.title
        return f"材料/{self.ordinal:03d}-{title[:60].translate(FORBIDDEN)}.{ending}"

    def pdf(self, files: FileStore) -> bytes:
        """Its pages, or the cover sheet that stands for it."""
        if self.pdf_sha:
            return files.get(self.pdf_sha)
        lines = [
            "本份材料不能直接印成页面，原件随卷宗压缩包移送。",
            f"材料名称：{self.title}",
            f"材料日期：{self.on or '无'}",
            f"压缩包内位置：{self.name}",
            f"SHA-256：{self.sha256}",
        ]
        return text_pages(lines, head=self.section)


def _sheet(part: BundlePart) -> _Sheet:
    on = part.on_.isoformat() if part.on_ else ""
    return _Sheet(
        part.ordinal,
        Section(part.section).label,
        part.title,
        on,
        part.media_type,
        part.sha256,
        part.pdf_sha or "",
        part.left_out,
    )


def _bundle(session: Session, uid: str) -> Bundle:
    return session.scalars(select(Bundle).where(Bundle.uid == uid)).one()


def _about(bundle: Bundle) -> Mapping[str, Any]:
    """What the list says of the volume: nothing of the moment at which it was made."""
    dispute = bundle.dispute
    case = dispute.case
    return {
        "title": f"{INDEX}：{case.reference}（{dispute.kind.label}）",
        "organ": case.organ.name,
        "reference": case.reference,
        "dispute": dispute.kind.label,
        "number": dispute.number,
        "authority": dispute.authority,
        "filed_on": dispute.filed_on.isoformat(),
        "until": bundle.until.isoformat(),
        "reader": READERS[bundle.reader],
    }


def _index(about: Mapping[str, Any], sheets: Sequence[_Sheet], places: Sequence[tuple[int, int]]) -> bytes:
    until = date.fromisoformat(about["until"])
    head = [
        f"机关：{about['organ']}",
        f"登记编号：{about['reference']}",
        f"{about['dispute']}：{about['authority']}　{about['number']}",
        f"证据固定于{chinese_date(until)}，此后形成或者存入的材料没有编入。",
        f"用途：{about['reader']}",
        "",
    ]
    return text_pages([*head, *_index_lines(sheets, places)], head=INDEX)


def _index_lines(sheets: Sequence[_Sheet], places: Sequence[tuple[int, int]]) -> list[str]:
    inside = [one for one in sheets if not one.left_out]
    lines = []
    for one, (first, last) in zip(inside, places, strict=True):
        where = f"第{first}页" if first == last else f"第{first}至{last}页"
        lines += [f"{one.ordinal}. 【{one.section}】{one.title}", f"{one.on or '无日期'}　{where}", one.sha256, ""]
    out = [one for one in sheets if one.left_out]
    if out:
        lines += ["", "未编入的材料及理由"]
        lines += [f"{one.ordinal}. 【{one.section}】{one.title}：{one.left_out}" for one in out]
    return lines


def _turn_into_pdf(part_id: int, now: datetime, converter: Converter) -> None:
    """Look at one paper: its pages as they are, as they were turned into before, or turned into now; else a cover sheet."""
    with reading() as session:
        part = session.get_one(BundlePart, part_id)
        known = session.get(Rendition, part.sha256)
        files, media_type, title, digest = store(session), part.media_type, part.title, part.sha256
    if known is not None:
        pdf_sha = known.pdf_sha
    else:
        pdf = _pdf_of(files.get(digest), media_type, title, converter)
        pdf_sha = files.put(pdf) if pdf is not None and is_readable(pdf) else ""
    with transaction() as session:
        part = session.get_one(BundlePart, part_id)
        earlier = session.get(Rendition, digest)
        if earlier is not None:
            pdf_sha = earlier.pdf_sha
        elif pdf_sha and pdf_sha != digest:
            session.add(Rendition(source_sha=digest, pdf_sha=pdf_sha, made_at=now))
        part.pdf_sha = pdf_sha


def _pdf_of(content: bytes, media_type: str, title: str, converter: Converter) -> bytes | None:
    """The pages of a paper; None where neither the program nor the installation can make any."""
    if media_type == PDF:
        return content
    if media_type in PICTURES:
        try:
            return picture_page(picture_of(content, media_type))
        except NoPicture:
            return None
    if media_type == RECORD_TYPE:
        first, _, rest = content.decode("utf-8", "replace").partition("\n")
        return text_pages(rest.splitlines(), head=first) if first == title else text_pages([first, *rest.splitlines()])
    ending = ENDINGS.get(media_type, "")
    return converter.to_pdf(content, ending) if ending in OFFICE else None
