"""The words of the register as a file (台账): its heads in their order, and what each channel, way and fact is called there.

They are the words that offices enter by hand, fewer than the system's own; what is exported in them imports unchanged.
"""

from collections.abc import Mapping

from gkapply.law import channels
from gkapply.law.delivery_ways import DeliveryWay
from gkapply.law.facts import FactKind
from gkapply.law.register_heads import COLUMNS, FACT_COLUMNS

HEADS = tuple(column.head for column in COLUMNS)
FACT_HEADS = tuple(column.head for column in FACT_COLUMNS)
OTHERS_SHEET, OTHER_NUMBER = "其他案卷", "案卷编号"
"""The sheet of what is not counted, and what its numbers are called there: an import takes it for no register."""
YES = "是"

COUNTER, POST, ORDINARY_POST, ONLINE = "当面", "邮寄", "平信", "网上"
FAX, EMAIL, ORAL, OTHER = "传真", "电子邮件", "口头", "其他"
CHANNEL_WORDS: Mapping[str, str] = {
    channels.ONLINE: ONLINE,
    channels.COUNTER: COUNTER,
    channels.HALL: COUNTER,
    channels.SIGNED_POST: POST,
    channels.COURIER: POST,
    channels.ORDINARY_POST: ORDINARY_POST,
    channels.OTHER_UNIT: OTHER,
    channels.FAX: FAX,
    channels.EMAIL: EMAIL,
    channels.ORAL: ORAL,
    channels.TELEPHONE: ORAL,
    channels.REFERRED: OTHER,
}
"""受理渠道 by the code of the channel."""
WAY_WORDS: Mapping[str, str] = {
    DeliveryWay.POST: POST,
    DeliveryWay.HAND: COUNTER,
    DeliveryWay.ONLINE: ONLINE,
    DeliveryWay.ENTRUSTED: OTHER,
    DeliveryWay.LEFT: OTHER,
    DeliveryWay.ANNOUNCED: OTHER,
}
"""送达方式 by the code of the way."""
FACT_WORDS: Mapping[FactKind, str] = {
    kind: kind.label for kind in FactKind if kind not in (FactKind.ORDERED, FactKind.LAPSED, FactKind.REPLIED)
}
"""事实 by its kind: those that the second sheet tells. Reply and lapse stand in the row itself."""
HIDDEN = "*"
"""A cell of identity number, telephone or address in which this stands was hidden when it was exported: it says nothing of the value."""
