"""What the wording of all letters is put together from: styles, sentences that recur, conditions and loops.

An entry is (style, text); ``TABLE`` stands for a table of ``template_tables``.
"""

from scripts.template_grid import COPIES as COPY_LINE

TITLE, NUMBER, TO, BODY, HEADING = "LetterTitle", "LetterNumber", "Addressee", "LetterBody", "ItemHeading"
PLAIN_TITLE, PLAIN_TO, ADDRESS_LINE = "PlainTitle", "PlainAddressee", "AddressLine"
LEAD, REMEDIES, CLOSING, ENCLOSURE = "LeadIn", "Remedies", "Closing", "Enclosure"
ENCLOSURE_FIRST, ENCLOSURE_NEXT = "EnclosureFirst", "EnclosureNext"
REMEDIES_FIRST, RECEIPT_NOTE = "RemediesFirst", "ReceiptNote"
TABLE_TITLE, SLIP, AFTER_TABLE = "TableTitle", "SlipTitle", "AfterTable"
SHEET_LINE, SHEET_NOTE = "SheetLine", "SheetNote"
SIGNATURE, DATE, NOTE = "Signature", "SignatureDate", "ContactNote"
SIGNATURES = ((14, ""), (20, "Long"), (None, "Longest"))
"""Characters of the organ's name that a signature holds on one line, and the ending of its style."""
TABLE = "<table>"
TITLES = (TITLE, PLAIN_TITLE, TABLE_TITLE)

Entry = tuple[str, str]
LETTERHEAD: Entry = ("<letterhead>", "")
"""Begins a letter of the organ: a sheet has none."""

REGULATION = "《中华人民共和国政府信息公开条例》"
OPENING = (
    "本机关于{{ received_on_text }}收到{{ you }}{{ received_how }}的政府信息公开申请（登记编号：{{ request_number }}），"
    "申请公开“{{ request_quote }}”。"
)
ANY_OPENING = (
    "本机关于{{ received_on_text }}收到{{ you }}{{ received_how }}的{{ request_kind }}（登记编号：{{ request_number }}），"
    "{{ request_wish }}“{{ request_quote }}”。"
)
"""Of a letter that a request and a request to correct records may both get."""
RECORD_OPENING = (
    "本机关于{{ received_on_text }}收到{{ you }}{{ received_how }}的政府信息更正申请（登记编号：{{ request_number }}），"
    "要求更正“{{ request_quote }}”。"
)
CORRECTED = (
    "{% if correction_received_text %}因申请内容需要补正，本机关于{{ correction_asked_text }}告知{{ you }}补正，"
    "并于{{ correction_received_text }}收到补正后的申请{% if correction_quote %}，补正后的申请内容为"
    "“{{ correction_quote }}”{% endif %}。{% endif %}"
)
EXTENDED = "{% if extended_text %}经政府信息公开工作机构负责人同意，本机关于{{ extended_text }}告知{{ you }}延期答复。{% endif %}"
HANDLED = f"本机关依照{REGULATION}（以下简称《条例》）的规定办理。"
SUBJECT = "{% if items|length > 1 %}该信息{% else %}{{ you }}申请公开的信息{% endif %}"
BASIS = "依照{{ item.basis }}“{{ item.words }}”的规定，"


def when(condition: str, *entries: Entry) -> tuple[Entry, ...]:
    """The paragraphs, shown on a condition."""
    return ((BODY, f"{{%p if {condition} %}}"), *entries, (BODY, "{%p endif %}"))


def each(name: str, source: str, *entries: Entry) -> tuple[Entry, ...]:
    """The paragraphs, once for each row."""
    return ((BODY, f"{{%p for {name} in {source} %}}"), *entries, (BODY, "{%p endfor %}"))


def optional(name: str, before: str = "") -> str:
    """A sentence that stands only when its field has something to say."""
    return f"{{% if {name} %}}{before}{{{{ {name}|sentence }}}}{{% endif %}}"


def numbered(source: str) -> str:
    """The number of a row, where there are several."""
    return "{% if " + source + "|length > 1 %}{{ loop.index }}. {% endif %}"


def _signature(fits: int | None, size: str, *, first: bool, close: bool) -> tuple[Entry, ...]:
    """Name and date for a name of at most so many characters, opening with the condition for it."""
    condition = "else" if fits is None else f"{'if' if first else 'elif'} organ_name|length <= {fits}"
    return (
        (BODY, f"{{%p {condition} %}}"),
        (f"{SIGNATURE}{size}{'Close' if close else ''}", "{{ organ_name }}"),
        (f"{DATE}{size}", "{{ date_text }}"),
    )


def signed(*, close: bool = False) -> tuple[Entry, ...]:
    """The organ's name centred over the date, room for the seal above them, and whom to call.

    The date ends four characters before the right edge; for a name too wide to be centred over it both move to the left.
    ``close`` is for a letter without a seal over the name.
    """
    return (
        *(
            entry
            for place, (fits, size) in enumerate(SIGNATURES)
            for entry in _signature(fits, size, first=place == 0, close=close)
        ),
        (BODY, "{%p endif %}"),
        *when(
            "contact_name or contact_phone",
            (
                NOTE,
                "（{% if contact_name %}联系人：{{ contact_name }}{% endif %}"
                "{% if contact_phone %}{% if contact_name %}，{% endif %}联系电话：{{ contact_phone }}{% endif %}）",
            ),
        ),
    )


SIGNED = signed()
COPIES = when("copies_to", (COPY_LINE, "抄送：{{ copies_to|sentence }}"))
"""版记 of a letter in 信函格式: without lines, issuer and day, at the foot of the last page."""
ENDING: tuple[Entry, ...] = ((CLOSING, "特此告知。"), *SIGNED)
SIGN_HERE: tuple[Entry, ...] = (
    (BODY, "以上内容申请人已经知悉{% if enclosures %}，并已收到附件{% endif %}。"),
    (BODY, "申请人（签名）：　　　　　　　　年　　月　　日"),
)
"""Where the applicant signs a record."""
REMEDY_LINES = each(
    "remedy",
    "remedies",
    (BODY, "{%p if loop.last %}"),
    (REMEDIES, "{{ remedy }}"),
    (BODY, "{%p else %}"),
    (REMEDIES_FIRST, "{{ remedy }}"),
    (BODY, "{%p endif %}"),
)
"""Only the last is kept with the close: all together they would leave half a page empty."""


def heading(title: str, *, number: bool = True) -> tuple[Entry, ...]:
    """Red head, 文号, title and addressee."""
    number_line = ((NUMBER, "{{ document_number }}"),) if number else ()
    return (LETTERHEAD, *number_line, (TITLE, title), (TO, "{{ addressee }}："))


def plain_heading(title: str) -> tuple[Entry, ...]:
    """Organ, title and addressee without a red head, for what is handed over on one page."""
    return ((PLAIN_TITLE, "{{ organ_name }}"), (PLAIN_TITLE, title), (PLAIN_TO, "{{ addressee }}："))
