"""The token that makes one request of a form however often it is sent: made with the empty form, unique in the register."""

import base64
import hashlib
import secrets

from gkapply.law.refusal import Refusal

LENGTHS = range(16, 65)


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(24)


def token_of_request(token: str) -> str:
    """What a request keeps of the token of its form, and what stands in the address of its receipt.

    The token cannot be found from it: whoever sees the address of a receipt cannot send the form once more.
    """
    digest = hashlib.sha256(f"gkapply form becomes request:{token}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def require_token(token: str) -> None:
    """Raises Refusal for what no form of ours carried."""
    if len(token) not in LENGTHS or not token.isascii() or not token.isprintable():
        raise Refusal("表单不完整，没有提交", do="请重新打开页面填写")


def require_empty(text: str) -> None:
    """Raises Refusal where the field is filled in that nobody sees."""
    if text:
        raise Refusal("此栏用于识别自动程序，请清空后再提交", field="leave_empty")
