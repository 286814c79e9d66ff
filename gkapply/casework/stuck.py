"""Errands that failed too often and wait for the system administrator (系统管理员)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import journal
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.outbox import MAX_ATTEMPTS, Errand
from gkapply.law.refusal import NotFound
from workflows.duties import Duty

WORDS = {
    "render_letter": "生成文书",
    "make_pdf": "生成文书的PDF",
    "render_index": "生成卷内目录",
    "send_message": "发送邮件、短信",
    "take_bounces": "读取退信",
    "take_oa": "接收办公自动化系统（OA）转来的来件",
    "put_oa": "向办公自动化系统（OA）交出文书",
    "tell_webhook": "汇总单位消息接口的消息",
    "anchor_journal": "日志存证",
    "seal_access_log": "封存查阅记录",
    "let_time_pass": "处理到期事项",
    "sweep_files": "清理文件",
    "count_figures": "公开统计",
    "read_demand": "需求分析",
    "tell_subscribers": "订阅通知",
    "redate_cases": "重算期限",
    "check_due_dates": "核对期限",
    "sweep_clocks": "检查到期提醒",
    "send_digest": "汇总每日消息",
}
"""Errand → what users read; one not listed here is shown by its code."""


def stuck_errands(session: Session, *, after: int = 0, limit: int = 50) -> Sequence[Errand]:
    """Errands not done after MAX_ATTEMPTS tries, by key from ``after`` on."""
    query = (
        select(Errand)
        .where(Errand.done_at.is_(None), Errand.attempts >= MAX_ATTEMPTS, Errand.id > after)
        .order_by(Errand.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def try_again(session: Session, key: str, actor: Actor, now: datetime) -> None:
    """Let the stuck errand posted under ``key`` run anew, with all its tries before it. Raises NotPermitted, NotFound."""
    require(actor, Duty.SYSADMIN)
    query = select(Errand).where(Errand.key == key, Errand.done_at.is_(None)).with_for_update()
    errand = session.scalars(query).one_or_none()
    if errand is None or errand.attempts < MAX_ATTEMPTS:
        raise NotFound("这项后台任务已经完成或者正在重试", do="请刷新列表查看")
    errand.attempts = 0
    errand.run_at = now
    errand.lease_until = None
    journal.record(session, None, "errand.try_again", actor.signature, now, errand=errand.id, task=errand.task)
