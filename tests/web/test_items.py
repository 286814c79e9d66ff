"""The pages of the seven questions: one after the other, kept as given, changed at will, saved through 逐项认定 alone."""

import json
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.test import TestResponse

from gkapply.casework.journal import JournalEntry
from gkapply.casework.records import Case, Item
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.replies import ReplyKind
from gkapply.law.seven_questions import path_to
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
REASONS = {"discretion_reason": "公开会影响内部讨论", "reason": "属于讨论中的过程稿", "no_duty_to_disclose": "y"}


@pytest.fixture
def life(new_life: Callable[..., Life], moment: time_machine.Traveller) -> Life:
    """A request for one thing, on an officer's desk."""
    begun = new_life(date(2026, 3, 2))
    begun.register(walked_in(PERSON, "某工程的会议讨论稿"), begun.at_the_counter()).assign()
    moment.move_to(begun.now)
    return begun


@pytest.fixture
def desk(life: Life, login: Login) -> Browser:
    """The officer's browser, before a request that is being handled."""
    life.accept()
    return login(Duty.OFFICER)


def page_of(life: Life, code: str = "", item: int = 1) -> str:
    return f"/desk/cases/{life.reference}/items/{item}" + (f"/{code}" if code else "")


def the_item(life: Life) -> Item:
    with reading() as session:
        return session.scalars(
            select(Item).join(Case, Item.case_id == Case.id).where(Case.reference == life.reference)
        ).one()


def give(desk: Browser, life: Life, kind: ReplyKind, *, until: str = "", **typed: str) -> TestResponse:
    """Answer what is open on the way to ``kind`` before ``until``, from page to page."""
    page = desk.get(page_of(life))
    for code, answer in path_to(kind).items():
        if code == until:
            break
        if f'action="{page_of(life, code)}"' not in page.text:
            continue
        response = desk.submit(page, page_of(life, code), answer=answer)
        if "answer=" in response.location:
            asked = desk.get(response.location)
            fields = set(parsed(asked).xpath("//main//form[last()]//*/@name"))
            response = desk.submit(asked, page_of(life, code), **{k: v for k, v in typed.items() if k in fields})
            if response.status_code != 303:
                return response
        page = desk.get(response.location)
    return page


def test_the_questions_are_asked_one_after_the_other_and_the_end_is_saved_once(desk: Browser, life: Life) -> None:
    page = desk.get(page_of(life))
    assert "申请内容明确吗？" in words(page)
    assert "还可能的结果：23种" in words(page)
    half = give(desk, life, ReplyKind.REFUSED_PROCESS, until="how")
    assert "怎样提供？" in words(half)
    assert "还可能的结果：8种" in words(half)
    assert the_item(life).outcome is None
    # Another browser goes on where this one stopped: nothing was kept in it.
    end = give(desk, life, ReplyKind.REFUSED_PROCESS, separation_considered="y", **REASONS)
    told = words(end)
    for part in (
        "不予公开（过程性信息）",
        "6.属于四类过程性信息（3.3.6）",
        "《不予公开告知书》",
        "应当先申请行政复议（B）",
        "公开会影响内部讨论。该信息不能作区分处理。",
        "应当自收到本决定之日起60日内先向",
    ):
        assert part in told
    assert the_item(life).outcome is None
    saved = desk.submit(end, f"/desk/cases/{life.reference}/steps/decide_item")
    assert (saved.status_code, saved.location) == (303, f"/desk/cases/{life.reference}/items")
    assert "各项均已认定，可以起草答复书" in words(desk.get(saved.location))
    item = the_item(life)
    assert item.outcome == ReplyKind.REFUSED_PROCESS
    assert set(json.loads(item.evidence)) == {*REASONS, "separation_considered"}


def test_an_answer_without_its_evidence_is_not_kept(desk: Browser, life: Life) -> None:
    refused = give(desk, life, ReplyKind.REFUSED_INTERNAL)
    assert refused.status_code == 422
    assert "缺少：已考虑区分处理，不能区分" in words(refused)
    assert "how" not in json.loads(the_item(life).answers)
    end = give(desk, life, ReplyKind.REFUSED_INTERNAL, separation_considered="y", reason="内部安排")
    assert end.status_code == 422
    assert "缺少：决定不予公开的裁量理由" in words(end)
    assert parsed(end).xpath("//textarea[@name='reason']")[0].text.strip() == "内部安排"


def test_no_information_exists_only_after_a_search(desk: Browser, life: Life) -> None:
    refused = give(desk, life, ReplyKind.NOT_EXISTING)
    assert refused.status_code == 422
    assert "缺少：检索记录" in words(refused)
    life.search("“讨论稿”", "没有找到")
    end = give(desk, life, ReplyKind.NOT_EXISTING)
    assert "没有您申请公开的信息，该政府信息不存在" in words(end)
    assert "给不给、怎么给、怎么答：不必问。" in words(end)
    assert "可以申请行政复议，也可以直接起诉（A）" in words(end)


def test_an_earlier_answer_is_changed_and_only_what_hangs_on_it_is_asked_again(desk: Browser, life: Life) -> None:
    give(desk, life, ReplyKind.REFUSED_PROCESS, separation_considered="y", **REASONS)
    changed = desk.submit(page_of(life, "give"), page_of(life, "give"), answer="all")
    assert "怎样提供？" in words(desk.get(changed.location))
    back = desk.submit(page_of(life, "give"), page_of(life, "give"), answer="protected")
    # What was answered before stands again.
    assert "不予公开（过程性信息）" in words(desk.get(back.location))


def test_a_page_that_is_out_of_date_changes_nothing(desk: Browser, life: Life) -> None:
    ahead = desk.get(page_of(life, "give"))
    assert (ahead.status_code, ahead.location) == (303, page_of(life))
    assert desk.forge(page_of(life, "give"), answer="all", before="-.-.-.-").status_code == 422
    old = give(desk, life, ReplyKind.NOT_OURS, until="responsible")
    desk.submit(page_of(life, "clear"), page_of(life, "clear"), answer="clear")
    desk.submit(page_of(life, "nature"), page_of(life, "nature"), answer="again")
    stale = desk.submit(old, page_of(life, "responsible"), answer="ours")
    assert stale.status_code == 409
    assert "前面的回答在您打开页面之后已有变动" in words(stale)


def test_what_the_answers_no_longer_lead_to_is_not_saved(desk: Browser, life: Life) -> None:
    end = give(desk, life, ReplyKind.REFUSED_PROCESS, separation_considered="y", **REASONS)
    desk.submit(page_of(life, "give"), page_of(life, "give"), answer="all")
    refused = desk.submit(end, f"/desk/cases/{life.reference}/steps/decide_item")
    assert refused.status_code == 422
    assert "“怎么给”还没有回答" in words(refused)
    assert the_item(life).outcome is None


def test_the_journal_keeps_codes_and_no_words(desk: Browser, life: Life) -> None:
    give(desk, life, ReplyKind.REFUSED_PROCESS, separation_considered="y", **REASONS)
    with reading() as session:
        bodies = session.scalars(select(JournalEntry.body).where(JournalEntry.deed == "item.answer")).all()
    told = [json.loads(body) for body in bodies]
    assert [(one["item"], one["question"], one["answer"]) for one in told] == [
        (1, code, answer) for code, answer in path_to(ReplyKind.REFUSED_PROCESS).items()
    ]
    assert not any(reason in body for body in bodies for reason in REASONS.values() if len(reason) > 1)
    assert "七问：第1项，怎么给——不能作区分处理，全部不提供" in words(desk.get(f"/desk/cases/{life.reference}"))


def test_what_was_chosen_directly_stands_as_its_answers(desk: Browser, life: Life) -> None:
    life.decide(1, "not_ours", {"reason": "由该局制作", "competent_organ": "县水利局"})
    page = desk.get(page_of(life))
    assert "本项认定已经保存" in words(page)
    assert "负责公开该信息的行政机关是县水利局。" in words(page)
    given = desk.get(page_of(life, "responsible") + "?answer=not_ours")
    assert parsed(given).xpath("//textarea[@name='competent_organ']")[0].text.strip() == "县水利局"


def test_what_may_still_be_corrected_goes_to_the_correction_notice(login: Login, life: Life) -> None:
    desk = login(Duty.OFFICER)
    page = desk.get(page_of(life))
    assert parsed(page).xpath("//main//a[contains(@href, '/steps/propose_correction')]")
    unclear = desk.submit(page, page_of(life, "clear"), answer="still_unclear")
    refused = desk.submit(desk.get(unclear.location), page_of(life, "clear"), unclear_points="不知是哪一次会议")
    assert refused.status_code == 422
    assert "缺少：补正告知和收到补正的日期" in words(refused)
    life.ask_correction("写明会议的日期", "会议的名称和日期")
    life.receive_correction("还是那次会议")
    again = desk.get(page_of(life, "clear") + "?answer=still_unclear")
    kept = desk.submit(again, page_of(life, "clear"), unclear_points="不知是哪一次会议")
    assert kept.status_code == 303
    assert "本件还在审核" in words(desk.get(kept.location))
    life.accept()
    assert "保存该项决定" in words(desk.get(page_of(life)))


def test_others_may_look_and_not_answer(login: Login, desk: Browser, life: Life) -> None:
    reader = login(Duty.REVIEWER)
    assert "您现在只能查看" in words(reader.get(page_of(life)))
    assert reader.forge(page_of(life, "clear"), answer="clear").status_code == 403
    assert desk.get(page_of(life, item=2)).status_code == 404


def test_all_items_stand_on_one_page_with_what_is_open(desk: Browser, life: Life) -> None:
    life.itemise("讨论稿", "会议纪要")
    give(desk, life, ReplyKind.NOT_EXISTING, until="found")
    told = words(desk.get(f"/desk/cases/{life.reference}/items"))
    assert "待回答：有没有——检索到了吗？" in told
    assert "待回答：补不补——申请内容明确吗？" in told
    assert "起草答复书" not in told
