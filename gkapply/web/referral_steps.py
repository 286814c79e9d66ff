"""The steps by which a case is given to units (转办), or taken by an officer (认领)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange

from gkapply.casework import assignment, referring, unit_suggestion, units
from gkapply.casework.access import Actor
from gkapply.casework.records import Case
from gkapply.casework.referral_lines import reply_term
from gkapply.casework.referral_records import JOINT, LEAD, REFERRAL_KINDS
from gkapply.casework.referrals import reaches_nobody
from gkapply.casework.referring import LONGEST_MATTER, LONGEST_TERM, Wish
from gkapply.casework.unit_records import Unit
from gkapply.law.guidance import Hint
from gkapply.web.forms import choices
from gkapply.web.step_form import ConfirmationForm, Pages, StepForm, StepPage, several_field, text_field
from gkapply.web.wording import date_zh

ARTICLE = "条例第四十五条"


class ReferForm(StepForm):
    """To which units, for what, by when."""

    area = SelectField("公开领域", validate_choice=False)
    kind = RadioField("转办方式", [InputRequired("请选择转办方式")], choices=choices(REFERRAL_KINDS.items()))
    units = several_field("承办单位", "请选择承办单位", "协办、调取材料可以同时转给几个单位，各自反馈")
    matter = text_field("转办事项和要求", longest=LONGEST_MATTER)
    working_days = IntegerField(
        "办结时限（工作日）",
        [InputRequired("请填写办结时限"), NumberRange(1, LONGEST_TERM, message=f"须为1至{LONGEST_TERM}个工作日")],
        description="自明天起算，须在答复期限之内",
    )
    shows_applicant = BooleanField(
        "向承办单位显示申请人的姓名或者名称", description="办理确有需要的才选；联系方式一律不显示"
    )

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The office's usual part-term, as far as the reply term leaves room."""
        usual = thing.office_settings().referral_answer
        left = reply_term(thing, today).remaining
        leading = any(one.kind == LEAD and one.is_open for one in thing.referrals)
        return {
            "area": thing.area or "",
            "kind": JOINT if leading else LEAD,
            "working_days": usual if left is None or left < 1 else min(usual, left),
            "matter": "请检索、核对所申请的信息，提出能否公开的意见及其依据，并附相关材料。",
        }

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The units, what speaks for which, and how much of the reply term is left."""
        found = unit_suggestion.suggest(session, thing)
        first = {one.unit.id: place for place, one in enumerate(found) if one.unit}
        known = sorted(units.units_of(session, thing.organ_id), key=lambda one: first.get(one.id, len(first)))
        self.units.choices = choices((one.uid, _called(one, one.id in first)) for one in known)
        names = units.area_names(session, thing.organ_id)
        self.area.choices = choices([("", "不填"), *((name, name) for name in names)])
        self.told = (_of_term(thing, today), *(Hint(one.reason, "分办建议，由您决定") for one in found))
        if not known:
            self.told += (Hint("还没有承办单位，请公开机构负责人先在“承办单位”中添加。", ARTICLE),)


def _of_term(case: Case, today: date) -> Hint:
    """How much of the reply term is left."""
    term = reply_term(case, today)
    stands = (
        f"答复期限到{date_zh(term.due_on)}届满，{term.words}。" if term.due_on else "答复期限没有起算或者停止计算。"
    )
    return Hint(f"{stands}转办是内部办理，不停止计算答复期限。", "条例第三十三条")


def _called(unit: Unit, suggested: bool) -> str:
    """A unit as it stands in the choice, with what is to be known before it is chosen."""
    return (
        unit.name + ("（建议）" if suggested else "") + ("（没有接收人员和办公电话）" if reaches_nobody(unit) else "")
    )


def refer(session: Session, case: Case, form: ReferForm, actor: Actor, now: datetime) -> str:
    """Refer the case to the units."""
    wish = Wish(
        form.kind.data,
        form.units.data or (),
        form.matter.data or "",
        form.working_days.data or 0,
        form.area.data or "",
        bool(form.shows_applicant.data),
    )
    sent = referring.refer(session, case, wish, actor, now)
    names = "、".join(one.unit.name for one in sent)
    return f"已转办给{names}，请其于{date_zh(sent[0].due_on)}（含当日）前反馈"


def claim(session: Session, case: Case, form: ConfirmationForm, actor: Actor, now: datetime) -> str:
    """Take the case."""
    assignment.claim(session, case, actor, now)
    return "已认领，由您承办"


PAGES: Pages = {
    "refer": StepPage(ReferForm, refer, "承办单位只看到转办事项和申请的内容，看不到整件案卷。"),
    "claim": StepPage(ConfirmationForm, claim, "认领后由您承办，负责审核内容、按期答复。"),
}
