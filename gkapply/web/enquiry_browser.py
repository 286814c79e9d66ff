"""Which enquiries (咨询) a browser may read: those that it asked, and those whose code it has shown, for half an hour."""

from datetime import timedelta

from flask import session

from gkapply import clock
from gkapply.casework.enquiry_records import Enquiry

KEY = "enquiries"
"""Key of the browser's session: number → until when."""
OPEN_FOR = timedelta(minutes=30)
MOST = 10


def let_read(enquiry: Enquiry) -> None:
    """This browser has shown the code, or has asked the question itself."""
    kept = {one: until for one, until in session.get(KEY, {}).items() if one != enquiry.reference}
    until = int((clock.now() + OPEN_FOR).timestamp())
    session[KEY] = dict([*kept.items(), (enquiry.reference, until)][-MOST:])


def may_read(reference: str) -> bool:
    """Whether this browser may read the enquiry now."""
    until: int = session.get(KEY, {}).get(reference, 0)
    return until >= clock.now().timestamp()
