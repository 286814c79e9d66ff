"""Bundles: what is inside for whom, nothing later than the filing, the same bytes when made again."""

import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from gkapply.casework import bundle, bundle_build, dispute
from gkapply.casework.bundle_choice import papers_to_clean
from gkapply.casework.bundled_papers import Bundle
from gkapply.casework.consultation import Question
from gkapply.casework.dispute import Filing
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.journal import JournalEntry
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.casework.storekeeping import named_files
from gkapply.casework.verification import verify
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal
from gkapply.volume import box
from gkapply.volume.page import text_pages
from tests.casework.conftest import Office
from workflows.duties import Duty

PARTY = "某建设工程有限公司"
WITHHELD = {
    "withheld_parts": [{"as": "refused_third_party", "what": "报价明细", "reason": "属于商业秘密"}],
    "enclosures": "合同（隐去报价明细，3页）",
    "release_review": "经审查可以公开",
}


class NeverTheSame:
    """An office program: each conversion gives other bytes, as a real one does."""

    def __init__(self) -> None:
        self.made = 0

    def to_pdf(self, content: bytes, ending: str) -> bytes | None:
        """Another PDF each time."""
        self.made += 1
        return text_pages([f"第{self.made}次转换"])


@pytest.fixture
def disputed(new_life: Callable[..., Life]) -> Life:
    """A request answered after a third party was asked, taken to review; papers before and after the filing."""
    life = new_life(date(2026, 8, 3)).register(
        walked_in(COMPANY, "某工程的施工合同"), new_life(date(2026, 8, 3)).at_the_counter()
    )
    life.assign().accept()
    life.consult(Question("third_party", PARTY, "某路1号", "", "施工合同", "载有报价"), "post")
    life.come_to(date(2026, 8, 5)).party_got_it()
    life.come_to(date(2026, 8, 10)).party_answers("disagree", "不同意公开")
    keep(life, "opinion", "意见.txt", "不同意公开报价")
    keep(life, "file", "前.txt", "提出之前的材料")
    life.decide(1, "partial", WITHHELD).draft_reply().submit_reply().pass_review().sign_reply().send_reply("hand")
    filing = Filing("review", "资阳市人民政府", "资府复〔2026〕1号", date(2026, 8, 20))
    life.come_to(date(2026, 8, 20))
    life.do(Duty.REGISTRAR, lambda s, case, actor, now: dispute.register(s, case, filing, actor, now))
    life.come_to(date(2026, 8, 24))
    keep(life, "file", "后.txt", "提出之后的材料", on=date(2026, 8, 24))
    keep(life, "file", "补.txt", "日期在前、存入在后的材料", on=date(2026, 8, 19))
    return life


def keep(life: Life, role: str, name: str, words: str, on: date | None = None) -> None:
    """A paper comes into the file."""
    day = on or life.today
    life.do(Duty.OFFICER, lambda s, c, a, now: add_document(s, c, role, Upload(name, words.encode()), day, a, now))


def order(life: Life, reader: str) -> str:
    """Order a bundle; its uid."""
    return life.do(
        Duty.REGISTRAR, lambda s, case, actor, now: bundle.order(s, case.disputes[-1], reader, actor, now).uid
    )


def packed(uid: str, now: datetime, converter: NeverTheSame) -> bytes:
    """The file of the bundle as it was built."""
    digest = bundle_build.build(uid, now, converter)
    with reading() as session:
        return store(session).get(digest)


def names_in(content: bytes) -> list[str]:
    """The papers in the zip, without their numbers."""
    with zipfile.ZipFile(BytesIO(content)) as box_:
        return [name.partition("-")[2].rpartition(".")[0] for name in box_.namelist() if name.startswith("材料/")]


def words_in(content: bytes) -> str:
    """Everything in the zip that is text."""
    with zipfile.ZipFile(BytesIO(content)) as box_:
        return "\n".join(box_.read(name).decode() for name in box_.namelist() if name.endswith((".txt", ".json")))


def test_the_whole_file_up_to_the_filing_and_nothing_later(office: Office, disputed: Life) -> None:
    content = packed(order(disputed, "authority"), disputed.now, NeverTheSame())
    found = names_in(content)
    assert box.verify(content) == []
    for wanted in ("其他材料：前", "对方的意见：意见", "操作日志摘要", "期限事实（每一日期的由来）"):
        assert wanted.replace("：", "：") in found or wanted.replace(":", "_") in found
    assert any(name.startswith("部分公开告知书") for name in found)
    assert any(name.startswith("为什么是这一天") for name in found)
    assert {"申请的登记内容", "逐项认定和公开前审查意见"} <= set(found)
    words = words_in(content)
    assert "第1个工作日" in words
    assert not any(late in words for late in ("提出之后的材料", "日期在前、存入在后的材料", "后.txt", "补.txt"))
    listed = box.about(content)
    assert (listed["filed_on"], listed["until"]) == ("2026-08-20", "2026-08-20")
    assert all(paper["on"] <= "2026-08-20" for paper in listed["papers"])


def test_it_is_made_again_byte_for_byte_though_no_conversion_is(office: Office, disputed: Life) -> None:
    converter = NeverTheSame()
    uid = order(disputed, "authority")
    first = packed(uid, disputed.now, converter)
    made = converter.made
    assert made > 0
    assert bundle_build.made(uid)[0] == first
    assert packed(uid, disputed.now + timedelta(days=1), converter) == first
    again = packed(order(disputed, "authority"), disputed.now, converter)
    assert again == first
    assert converter.made == made


def test_without_an_office_program_a_cover_sheet_stands_for_a_letter(office: Office, disputed: Life) -> None:
    class Missing(NeverTheSame):
        def to_pdf(self, content: bytes, ending: str) -> bytes | None:
            return None

    uid = order(disputed, "authority")
    content = packed(uid, disputed.now, Missing())
    assert box.verify(content) == []
    with reading() as session:
        parts = session.scalars(select(Bundle).where(Bundle.uid == uid)).one().parts
        covered = [part for part in parts if part.pdf_sha == ""]
    # Besides the letters a proof that only calls itself a PDF.
    assert {part.media_type for part in covered} == {bundle_build.WORD, bundle_build.PDF}


def test_the_applicant_reads_nothing_of_third_persons_but_cleaned_copies(office: Office, disputed: Life) -> None:
    converter = NeverTheSame()
    content = packed(order(disputed, "applicant"), disputed.now, converter)
    words, listed = words_in(content), box.about(content)
    assert PARTY not in words
    assert "不同意公开报价" not in words
    left_out = {paper["title"]: paper["left_out"] for paper in listed["papers"] if paper["left_out"]}
    assert "经审查可以公开" not in words
    assert {"第三方意见征求书", "对方的意见", "逐项认定和公开前审查意见"} <= {
        title.partition("（")[0].partition("：")[0] for title in left_out
    }
    assert all("第四十七条" in reason for reason in left_out.values())
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == disputed.reference)).one()
        original = next(digest for digest, title in papers_to_clean(case) if title.startswith("对方的意见"))
    copy = Upload("遮盖.txt", "某单位：不同意公开■■".encode())
    disputed.do(
        Duty.REGISTRAR,
        lambda s, c, a, now: dispute.add_cleaned_copy(s, c.disputes[-1], original, copy, a, now),
    )
    cleaned = words_in(packed(order(disputed, "applicant"), disputed.now, converter))
    assert "不同意公开■■" in cleaned
    assert "不同意公开报价" not in cleaned
    assert "不同意公开■■" not in words_in(packed(order(disputed, "authority"), disputed.now, converter))
    same = Upload("同.txt", "不同意公开报价".encode())
    with pytest.raises(Refusal, match="没有遮盖"):
        disputed.do(
            Duty.REGISTRAR, lambda s, c, a, now: dispute.add_cleaned_copy(s, c.disputes[-1], original, same, a, now)
        )


def test_one_changed_byte_names_the_paper_and_the_page_knows_its_own(office: Office, disputed: Life) -> None:
    content = packed(order(disputed, "authority"), disputed.now, NeverTheSame())
    with reading() as session:
        whole = bundle.check(session, content)
        broken = bundle.check(session, content.replace("提出之前的材料".encode(), "提出之后的材料".encode()))
    assert (whole.findings, whole.made_here) == ([], disputed.now)
    assert broken.made_here is None
    (told,) = broken.findings
    assert "前" in told


def test_every_bundle_is_journaled_and_its_files_are_kept(office: Office, disputed: Life) -> None:
    uid = order(disputed, "authority")
    packed(uid, disputed.now, NeverTheSame())
    with reading() as session:
        entries = {entry.deed: json.loads(entry.body) for entry in session.scalars(select(JournalEntry))}
        ordered, built = entries["dispute.order_bundle"], entries["bundle.built"]
        row = session.scalars(select(Bundle).where(Bundle.uid == uid)).one()
        assert (ordered["bundle"], ordered["reader"], ordered["until"]) == (uid, "authority", "2026-08-20")
        assert (built["bundle"], built["file"], built["pages"]) == (uid, row.file_sha, row.pages)
        kept = set(named_files(session))
        assert {row.file_sha, *(part.sha256 for part in row.parts)} <= kept
        assert verify(session, office.store.folder.parent / "anchors", files=True) is None


def test_an_unknown_reader_is_refused(office: Office, disputed: Life) -> None:
    with pytest.raises(Refusal, match="供谁使用"):
        order(disputed, "newspaper")
