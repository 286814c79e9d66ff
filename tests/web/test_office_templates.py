"""The template keeper's pages: upload refused with every place, uploaded, previewed, released by another, used by the next letter."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from gkapply.casework.journal import JournalEntry
from gkapply.casework.kept_templates import OfficeTemplate
from gkapply.casework.office_templates import shipped
from gkapply.casework.papers import Letter
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.letters import package
from gkapply.letters.text import paragraphs
from tests.web.browser import Browser, parsed, words
from workflows.duties import OFFICIAL_DUTIES, Duty

Login = Callable[[Duty], Browser]
KIND = "reply_not_existing"
PAGE = f"/templates/{KIND}"
MARK = "（新版用语）"
KEEPERS = {Duty.TEMPLATE_KEEPER, Duty.HEAD}


def changed(*pairs: tuple[str, str]) -> tuple[io.BytesIO, str]:
    """The shipped template with something replaced, as a file to be chosen."""
    contents = package.parts(shipped(KIND))
    body = contents[package.MAIN].decode()
    for old, new in pairs:
        assert old in body
        body = body.replace(old, new)
    return io.BytesIO(package.write({**contents, package.MAIN: body.encode()})), "答复.docx"


def replied(new_life: Callable[..., Life]) -> str:
    """A reply handed to the reviewer; its uid."""
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter()).assign().accept()
    life.search("“批复”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {}).draft_reply().submit_reply()
    with reading() as session:
        return session.scalars(select(Letter.uid).order_by(Letter.id.desc()).limit(1)).one()


def test_from_upload_to_the_next_letter(login: Login, new_life: Callable[..., Life]) -> None:
    before, keeper, head = replied(new_life), login(Duty.TEMPLATE_KEEPER), login(Duty.HEAD)
    spoilt = changed(("{{ addressee }}", "{{ 收文人 }}"), ("{{ request_number }}", "｛｛request_number｝｝"))
    refused = keeper.submit(PAGE, PAGE, file=spoilt, note="改为本机关用语", for_subtree="y")
    assert refused.status_code == 422
    assert "处问题，没有保存" in words(refused)
    assert "标记不完整、被拆断或者括号不对：｛｛request_number" in words(refused)
    assert "模板中有未知字段：收文人" in words(refused)
    assert parsed(refused).xpath("//th[contains(., '正文第')]")
    assert parsed(refused).xpath("//textarea[@name='note']")[0].text_content().strip() == "改为本机关用语"
    with reading() as session:
        assert session.scalars(select(OfficeTemplate)).all() == []

    sent = keeper.submit(PAGE, PAGE, file=changed(("特此告知。", f"特此告知。{MARK}")), note="改为本机关用语")
    version = sent.headers["Location"]
    assert version == f"{PAGE}/1"
    shown = words(keeper.get(version))
    assert "您是上传人" in shown
    assert f"特此告知。{MARK}" in shown
    assert parsed(keeper.get(version)).xpath(f"//ins[contains(., '{MARK}')]")
    assert "阿卜杜拉·买买提、𠮷" in words(keeper.get(f"{version}?sample=hard"))
    sample = keeper.get(f"{version}/bare.docx")
    assert any(MARK in one for one in paragraphs(sample.data))
    assert keeper.forge(f"{version}/release", valid_from="2026-03-02").status_code == 403
    late = head.submit(version, f"{version}/release", valid_from="2026-02-27")
    assert (late.status_code, "不能早于今天" in words(late)) == (422, True)
    head.submit(version, f"{version}/release", valid_from="2026-03-02")
    assert "本机关第1版" in words(keeper.get("/templates"))

    after, officer = replied(new_life), login(Duty.OFFICER)
    assert MARK not in words(officer.get(f"/desk/letters/{before}"))
    assert MARK in words(officer.get(f"/desk/letters/{after}"))
    assert any(MARK in one for one in paragraphs(keeper.get(f"{PAGE}/current.docx").data))
    assert not any(MARK in one for one in paragraphs(keeper.get(f"{PAGE}/shipped.docx").data))

    nothing_said = head.submit(version, f"{version}/withdraw", reason="")
    assert nothing_said.status_code == 422
    head.submit(version, f"{version}/withdraw", reason="用语有误")
    assert "撤回理由：用语有误" in words(keeper.get(PAGE))
    assert MARK in words(officer.get(f"/desk/letters/{after}"))
    with reading() as session:
        deeds = list(session.scalars(select(JournalEntry.deed).where(JournalEntry.deed.startswith("template."))))
    assert deeds == ["template.upload", "template.release", "template.withdraw"]


@pytest.mark.parametrize("path", ["/templates", PAGE, f"{PAGE}/shipped.docx", f"{PAGE}/current.docx"])
def test_only_the_keepers_see_templates(login: Login, path: str) -> None:
    for duty in OFFICIAL_DUTIES:
        assert login(duty).get(path).status_code == (200 if duty in KEEPERS else 403), duty


def test_only_the_template_keeper_uploads(login: Login) -> None:
    for duty in OFFICIAL_DUTIES:
        expected = 422 if duty is Duty.TEMPLATE_KEEPER else 403
        assert login(duty).forge(PAGE, note="甲").status_code == expected, duty
    assert b"multipart" not in login(Duty.HEAD).get(PAGE).data


def test_what_is_not_there_is_not_found(login: Login) -> None:
    keeper = login(Duty.TEMPLATE_KEEPER)
    for path in ("/templates/poem", f"{PAGE}/7", f"{PAGE}/7/usual.docx", "/templates/poem/shipped.docx"):
        assert keeper.get(path).status_code == 404, path
