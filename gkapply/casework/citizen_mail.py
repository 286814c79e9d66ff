"""What is sent to the address of a citizen's account: a code, or why there is none.

Whether an address has an account is said here and nowhere else: only its reader learns it.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from gkapply.casework import sending
from gkapply.casework.citizen_address import Address
from gkapply.casework.citizen_records import Purpose
from gkapply.casework.message_kinds import Kind

VALID_FOR = timedelta(minutes=15)
"""So long a code opens anything; later it is not even sent."""

CODE = "您的验证码是 {code} ，15分钟内有效。{what}不是您本人操作的，不必理会，也不要把验证码告诉任何人。"
WHAT = {
    Purpose.REGISTER: "在打开的页面填写，即可注册申请人账号。",
    Purpose.RESET: "在打开的页面填写，即可重设申请人账号的口令。",
    Purpose.CHANGE: "在打开的页面填写，以后就用这里登录申请人账号。",
}
TAKEN = (
    "有人要把您用来接收本消息的邮箱或者手机号登记为申请人账号，但它已经有账号，所以没有发送验证码。"
    "是您本人操作的，请直接登录，忘记口令的点击“忘记口令”；不是您本人操作的，不必理会。"
)
UNKNOWN = (
    "有人要为您用来接收本消息的邮箱或者手机号重设申请人账号的口令，但它没有账号，所以没有发送验证码。"
    "是您本人操作的，请想一想是否用别的邮箱或者手机号注册的；不是您本人操作的，不必理会。"
)
SUBJECT = "政府信息公开申请人账号"


def send(
    session: Session, address: Address, purpose: Purpose, code: str, uid: str, now: datetime, *, known: bool
) -> None:
    """Have the message about the code with that ``uid`` sent at once. ``known``: the address belongs to an account."""
    if known == (purpose is Purpose.RESET):
        text = CODE.format(code=code, what=WHAT[purpose])
    else:
        text = TAKEN if known else UNKNOWN
    key, until = f"citizen_code:{uid}", now + VALID_FOR
    if address.kind == "phone":
        sending.sms_to(
            session, to=address.text, text=text, key=key, now=now, kind=Kind.CODE, at_once=True, of_use_until=until
        )
    else:
        sending.send_to(
            session,
            to=address.text,
            subject=SUBJECT,
            text=f"{text}\n",
            key=key,
            now=now,
            kind=Kind.CODE,
            at_once=True,
            of_use_until=until,
        )
