"""The one list of pages that anybody may open, each with the way to it: what is not here must be named as no page.

A new public route goes into PAGES (``open`` leads a window there, ``wrong`` goes on to the same page with errors) or, when it
answers with a file, figures or another address, into NO_PAGES. tests/architecture/test_public_pages.py holds the list whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from itsdangerous import URLSafeSerializer
from sqlalchemy import select

from gkapply.casework.catalogue_records import CatalogueEntry
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.reappraisal_records import Reappraisal
from gkapply.casework.receipt_points import ReceiptPoint
from gkapply.casework.services import ring
from gkapply.casework.subscription_records import Subscription
from gkapply.database import reading
from tests.web.citizens import open_account
from tests.web.error_routes import ERRORS
from tests.web.public_desk import (
    REFERENCES,
    SECRET,
    TAIL,
    WANTED,
    advice_link,
    answer_link,
    code_of,
    member_link,
    referral_link,
)
from tests.web.window import Window

Way = Callable[[Window], object]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page in one state."""

    name: str
    endpoint: str
    open: Way
    wrong: Way | None = None
    status: int = 200
    other_in_large: bool = False
    """Whether the server shows other things in 长辈版, so that it must be asked for it."""
    by_tab: bool = False
    """Whether it is gone through with the Tab key, one page for each kind."""


def at(path: str) -> Way:
    """Simply open it."""
    return lambda window: window.open(path)


def sent(**values: str | bool) -> Way:
    """Send the page's form with these values."""
    return lambda window: window.fill(**values)


def track(story: str, tail: str = "") -> Way:
    """Open the request of a story by number and code, and go to the page ``tail`` of it."""

    def go(window: Window) -> None:
        reference = REFERENCES[story]
        path = window.once(
            f"track {story}", lambda: window.open("/track").fill(number=reference, code=code_of(reference))
        )
        window.open(path + tail)

    return go


def receipt(window: Window) -> None:
    """Apply once, then look at the receipt."""
    window.open(window.once("receipt", lambda: window.open("/apply/whole").fill(**APPLICATION)))


def drafting(page: str = "") -> Way:
    """A page of a draft that the window has begun."""

    def begin(window: Window) -> None:
        window.open("/apply").fill(organ="AYX", description=WANTED)

    return lambda window: window.open(window.once("draft", lambda: begin(window)).removesuffix("/applicant") + page)


def foreign(window: Window) -> None:
    """The same draft in a browser that has not begun it."""
    drafting()(window)
    window.page.context.clear_cookies(name="gkapply_drafts")
    window.page.reload()


def in_two_windows(window: Window) -> None:
    """A page of the draft, sent although another window has saved since."""
    drafting()(window)
    window.page.locator("[name=window]").evaluate("one => { one.value = 'another'; one.form.version.value = '0' }")
    window.fill(description="另一个窗口里填写的内容")


def typing(path: str, field: str, words: str) -> Way:
    """Type into a field of a page until entries are suggested under it, that may be public already."""

    def go(window: Window) -> None:
        window.open(path)
        window.page.locator(field).press_sequentially(words)
        window.page.wait_for_selector(".suggestions:not([hidden]) a")

    return go


def reappraised(window: Window) -> None:
    """Go to a round of reappraisal that was released."""
    with reading() as session:
        uid = session.scalars(select(Reappraisal.uid).where(Reappraisal.released_at.is_not(None))).one()
    window.open(f"/reappraisals/{uid}")


def catalogue_entry(window: Window) -> None:
    """An item of the catalogue that says where it is published."""
    with reading() as session:
        found = select(CatalogueEntry.uid).where(CatalogueEntry.address != "").order_by(CatalogueEntry.id).limit(1)
        window.open(f"/catalogue/entries/{session.scalars(found).one()}")


def answering(window: Window) -> None:
    """The third party's question, behind its link."""
    path, code = answer_link(window.office)
    window.open(window.once("answer", lambda: window.open(path).fill(code=code, tail=TAIL)))


def answered(window: Window) -> None:
    """The confirmation of the third party's opinion."""

    def answer() -> None:
        answering(window)
        window.fill(opinion="disagree", text="合同载有报价明细，公开将损害本公司的商业秘密")

    window.open(window.once("answered", answer))


def advising(window: Window) -> None:
    """The text on which an adviser gives an opinion, behind the link."""
    path, code = advice_link(window.office)
    window.open(window.once("advice", lambda: window.open(path).fill(code=code, tail=TAIL)))


def advised(window: Window) -> None:
    """The confirmation of the adviser's opinion."""

    def advise() -> None:
        advising(window)
        window.fill(opinion="lawful")

    window.open(window.once("advised", advise))


def working(window: Window) -> None:
    """What a unit without accounts is to do, behind the link of its slip."""
    path, code = referral_link(window.office)
    window.open(window.once("referral", lambda: window.open(path).fill(code=code, tail=TAIL)))


def worked(window: Window) -> None:
    """The confirmation of the unit's answer."""

    def answer() -> None:
        working(window)
        window.fill(text="合同一份，无需隐去的内容")

    window.open(window.once("referral answered", answer))


def conferring(window: Window) -> None:
    """The question of a joint consultation, behind the link of a member from outside."""
    path, code = member_link(window.office)
    window.open(window.once("conferring", lambda: window.open(path).fill(code=code, tail=TAIL)))


def conferred(window: Window) -> None:
    """The confirmation of the member's opinion."""

    def speak() -> None:
        conferring(window)
        window.fill(stance="agree")

    window.open(window.once("conferred", speak))


def coded(path: str) -> Way:
    """The page for the code, after a code was asked for on ``path``."""

    def go(window: Window) -> None:
        window.once(f"code {path}", lambda: window.open(path).fill(address="citizen@example.invalid"))
        window.open(f"{path}/code")

    return go


def held(path: str) -> Way:
    """A page of an account, with the account logged in."""

    def go(window: Window) -> None:
        if "account" not in window.known:
            window.known["account"] = open_account()
            window.page.context.add_cookies(
                [{"name": "gkapply-me", "value": window.known["account"], "url": window.site}]
            )
            reference = REFERENCES["correcting"]
            window.open("/me/claim").fill(number=reference, code=code_of(reference))
        window.open(path)

    return go


def subscribing(window: Window) -> None:
    """The page behind the link of a subscription."""

    def subscribe() -> None:
        window.open("/subscribe").fill(words="低保", email="reader@example.cn")
        with reading() as session:
            uid = session.scalars(select(Subscription.uid)).first()
            link = ring(session).subscription_link(uid or "")
        window.open(f"/subscribe/{link}")

    window.open(window.once("subscribing", subscribe))


def asking(which: str) -> Way:
    """The receipt of a question that the window has asked, or its page."""

    def ask() -> str:
        with reading() as session:
            return session.scalars(select(Enquiry.reference).order_by(Enquiry.id.desc()).limit(1)).one()

    def go(window: Window) -> None:
        said = {"subject": "落户材料", "text": "大学毕业生落户要带什么材料？", "organ": "AYX"}
        receipt = window.once("asked", lambda: window.open("/ask").fill(**said))
        window.open(receipt if which else f"/ask/{ask()}")

    return go


def at_the_hall(window: Window) -> None:
    """The first page of a terminal; afterwards the window is an ordinary one again."""
    with reading() as session:
        point = session.scalars(select(ReceiptPoint.id)).first()
    signed = URLSafeSerializer(SECRET, salt="hall terminal").dumps(point)
    window.page.context.add_cookies([{"name": "gkapply-hall", "value": str(signed), "url": window.site}])
    window.open("/hall")
    window.page.context.clear_cookies(name="gkapply-hall")


APPLICATION: Mapping[str, str | bool] = {
    "organ": "AYX",
    "kind": "natural_person",
    "name": "申请人甲",
    "id_type": "resident_id",
    "id_number": "110101190001010014",
    "phone": "13800000000",
    "address": "四川省资阳市安岳县",
    "description": WANTED,
    "carrier": "paper",
    "way": "post",
}
LONG = "长" * 5001

PAGES: tuple[PublicPage, ...] = (
    PublicPage("首页", "public.home", at("/"), other_in_large=True, by_tab=True),
    PublicPage("办理流程", "public.flow", at("/flow")),
    PublicPage("申请：第1步", "intake.apply", at("/apply"), sent(description="")),
    PublicPage("申请：一页填写", "intake.whole", at("/apply/whole"), sent(kind="enterprise", phone="1"), by_tab=True),
    PublicPage("申请草稿：第1步", "drafts.content", drafting(), sent(description="")),
    PublicPage("申请草稿：第2步", "drafts.applicant", drafting("/applicant"), sent(kind="enterprise", phone="1")),
    PublicPage("申请草稿：两个窗口", "drafts.content", in_two_windows),
    PublicPage("申请草稿：别处打开", "drafts.content", foreign),
    PublicPage("咨询", "enquiries.ask", at("/ask"), sent(subject="", contact="x")),
    PublicPage("咨询：已提交", "enquiries.receipt", asking("receipt")),
    PublicPage("咨询：答复", "enquiries.show", asking("")),
    PublicPage("首页：边输入边提示", "public.home", typing("/", "#q", "吃低保的都有谁")),
    PublicPage("查已公开的", "search.results", at("/search?q=低保怎么申请")),
    PublicPage("查已公开的", "search.results", at("/search?q=低保怎么申请"), by_tab=True),
    PublicPage("公开阅览", "reading_room.index", at("/reading")),
    PublicPage("公开阅览：一件", "reading_room.show", at("/reading/AYX-GK-2026-0001")),
    PublicPage("公开目录", "catalogue.index", at("/catalogue")),
    PublicPage("公开目录：领域", "catalogue.show_area", at("/catalogue/areas/社会救助")),
    PublicPage("公开目录：更新记录", "catalogue.changes", at("/catalogue/areas/社会救助/changes")),
    PublicPage("公开目录：事项", "catalogue.show_entry", catalogue_entry),
    PublicPage("公开指南", "guide.index", at("/guide")),
    PublicPage("大厅自助机", "hall.start", at_the_hall),
    PublicPage("机关的公开指南", "guide.show", at("/guide/AYX")),
    PublicPage("空白申请表", "guide.blank_form", at("/guide/form")),
    PublicPage("公开统计", "figures.index", at("/figures")),
    PublicPage("评估审查和清理结果", "public_reappraisals.index", at("/reappraisals")),
    PublicPage("评估审查和清理结果：一轮", "public_reappraisals.show", reappraised),
    PublicPage("群众申请了什么", "public_demand.index", at("/figures/demand")),
    PublicPage("订阅", "subscribe.ask", at("/subscribe"), sent(words="低保", email="x")),
    PublicPage("订阅：确认", "subscribe.show", subscribing),
    PublicPage("申请回执", "receipts.show", receipt),
    PublicPage("更正申请", "records.apply", at("/apply/records"), sent(phone="1")),
    PublicPage("工作人员登录", "account.login", at("/login"), sent(login="nobody", password="x")),
    PublicPage("查询进度", "track.ask", at("/track"), sent(number="AYX-2026-9999", code="A")),
    PublicPage("找回查询码", "code_request.ask", at("/track/code"), sent(number="AYX-2026-9999")),
    PublicPage("进度：待确认", "track.show", track("new")),
    PublicPage("进度：待补正", "track.show", track("correcting"), sent(text=" "), by_tab=True),
    PublicPage("进度：已答复", "track.show", track("replied")),
    PublicPage("逐日说明", "days.applicant", track("replied", "/days")),
    PublicPage("说明理由", "acts.ask_explanation", track("explaining", "/explanation"), sent(text=" ")),
    PublicPage("缴费", "acts.ask_payment", track("paying", "/payment"), sent()),
    PublicPage("变更联系方式", "own_contact.ask_contact", track("new", "/contact"), sent(phone="1")),
    PublicPage("变更获取方式", "own_contact.ask_way", track("new", "/way"), sent()),
    PublicPage("评价", "satisfaction.ask", track("delivered", "/satisfaction"), sent(words="长" * 501)),
    PublicPage("撤回", "acts.ask_withdrawal", track("new", "/withdraw")),
    PublicPage(
        "征求意见：核验", "answer.show", lambda window: window.open(answer_link(window.office)[0]), sent(code="A")
    ),
    PublicPage("征求意见：提出意见", "answer.show", answering, sent()),
    PublicPage("征求意见：已提交", "answer.confirmed", answered),
    PublicPage(
        "法律顾问：核验", "advice.show", lambda window: window.open(advice_link(window.office)[0]), sent(code="A")
    ),
    PublicPage("法律顾问：提出意见", "advice.show", advising, sent(opinion="unlawful")),
    PublicPage("法律顾问：已提交", "advice.confirmed", advised),
    PublicPage(
        "转办：核验",
        "referral_answer.show",
        lambda window: window.open(referral_link(window.office)[0]),
        sent(code="A"),
    ),
    PublicPage("转办：反馈", "referral_answer.show", working, sent()),
    PublicPage("转办：已反馈", "referral_answer.confirmed", worked),
    PublicPage(
        "会商：核验", "deliberate.show", lambda window: window.open(member_link(window.office)[0]), sent(code="A")
    ),
    PublicPage("会商：提出意见", "deliberate.show", conferring, sent(stance="disagree")),
    PublicPage("会商：已提交", "deliberate.confirmed", conferred),
    PublicPage("申请人登录", "me_account.login", at("/me/login"), sent(address="a@example.invalid", password="x")),
    PublicPage("注册", "me_account.register", at("/me/register"), sent(address="x")),
    PublicPage(
        "注册：验证码",
        "me_account.finish_registration",
        coded("/me/register"),
        sent(code="1", new_password="x", repeated="x"),
    ),
    PublicPage("忘记口令", "me_account.forgot", at("/me/forgot"), sent(address="x")),
    PublicPage(
        "重设口令", "me_account.finish_reset", coded("/me/forgot"), sent(code="1", new_password="x", repeated="x")
    ),
    PublicPage("我的申请", "me.index", held("/me")),
    PublicPage("加入申请", "me.ask_claim", held("/me/claim"), sent(number="AYX-2026-9999", code="A")),
    PublicPage("常用资料", "me_profile.show", held("/me/profile"), sent(kind="enterprise", phone="1")),
    PublicPage("批量提交", "me_batch.index", held("/me/batch"), sent(file="")),
    PublicPage("注销账号", "me_settings.close", held("/me/settings/close"), sent(password="x")),
    PublicPage("网站地图", "site.sitemap", at("/sitemap")),
    PublicPage("无障碍说明", "site.accessibility", at("/accessibility")),
    PublicPage("没有找到", "", at("/nowhere"), status=404),
    PublicPage("不能直接打开", "", at("/display"), status=405),
    *(PublicPage(f"出错{status}", "", at(f"/goes-wrong/{status}"), status=status) for status in ERRORS),
)
NO_PAGES: Mapping[str, str] = {
    "reading_room.feed": "an Atom feed",
    "reading_room.file": "a file of an item",
    "catalogue.download": "the catalogue as a file",
    "deliberate.paper": "a paper chosen for the members of a joint consultation",
    "static": "files of the pages",
    "site.badge": "a picture",
    "public.healthz": "JSON for whoever watches the server",
    "search.suggest": "suggestions as JSON",
    "hall.end": "closes what was opened at a terminal, and goes to its first page",
    "hall.still": "a sign of life, without a page",
    "subscribe.feed": "what is newly public as an Atom feed",
    "figures.as_file": "the public figures as csv",
    "public_demand.as_file": "what the public asked for as csv",
    "exchange.register": "register rows as JSON, for a platform with its token",
    "metrics.show": "figures for whoever watches the server",
    "days.applicant_json": "the days as JSON",
    "days.applicant_text": "the days as plain text",
    "receipts.as_file": "the receipt as a text file",
    "track.letter": "the file of a letter",
    "track.letter_as_pdf": "the file of a letter",
    "answer.letter": "the file of a letter",
}
"""Public addresses that show no page, each with what they give instead."""
