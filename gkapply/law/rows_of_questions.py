"""The seven questions with their answers (补不补、是不是、谁负责、有没有、给不给、怎么给、怎么答): one table, read by ``seven_questions``.

An answer names the kinds of reply that it leaves open. What it leaves open, the answers of a later question part among
themselves, or that question is idle: so each kind of reply is reached by one way only.
"""

from dataclasses import dataclass

from gkapply.law.case_kinds import CaseKind
from gkapply.law.evidence import SEPARATION, Evidence
from gkapply.law.replies import REFUSALS, ReplyKind, kinds_for

K = ReplyKind
_ALL = frozenset(kinds_for(CaseKind.APPLICATION))
_GIVEN = frozenset({K.DISCLOSED_PUBLIC, K.DISCLOSED})
_KEPT_BACK = frozenset({K.PARTIAL, *REFUSALS})
_ANSWERED_BEFORE = frozenset({K.REPEATED, K.ALREADY_OBTAINED, K.EXCESSIVE})
_HELD = _GIVEN | _KEPT_BACK
_OURS = _HELD | {K.NOT_EXISTING, K.NO_PROCESSING}
_INFORMATION = _OURS | {K.NOT_OURS, K.ARCHIVES}


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer of a question.

    ``leaves`` are the kinds of reply that it leaves open, ``evidence`` what must be given with it, ``closes`` why the
    questions that it makes idle need not be asked.
    """

    code: str
    label: str
    hint: str
    article: str
    leaves: frozenset[ReplyKind]
    evidence: tuple[Evidence, ...] = ()
    closes: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the seven: its short name, what it asks, its answers."""

    code: str
    name: str
    asks: str
    answers: tuple[Answer, ...]

    def answer(self, code: object) -> Answer | None:
        """The answer with that code; None when there is none."""
        return next((one for one in self.answers if one.code == code), None)


def _ends(kind: ReplyKind, label: str, hint: str, closes: str, *, asked: tuple[Evidence, ...] = ()) -> Answer:
    """An answer that fixes the kind of reply: it demands what the kind demands, but for what an earlier answer ``asked``."""
    demanded = tuple(one for one in kind.evidence if one not in asked)
    return Answer(kind.value, label, hint, kind.article, frozenset({kind}), demanded, closes)


def _refuses(kind: ReplyKind, label: str, hint: str) -> Answer:
    return _ends(kind, label, hint, "", asked=(SEPARATION,))


CLEAR = Question(
    "clear",
    "补不补",
    "申请内容明确吗？",
    (
        Answer(
            "clear",
            "明确，能据以检索",
            "补正过的，看补正后的内容。不得以没有说明用途为由认为不明确。",
            "条例第二十九条第二款、第三十条",
            _ALL - {K.STILL_UNCLEAR},
        ),
        _ends(
            K.STILL_UNCLEAR,
            "补正之后仍不明确",
            "已经一次性告知补正、收到补正，仍不能确定所要的是什么信息。没有告知过补正的，不能用这一答案。",
            "内容不明确，无从检索和判断",
        ),
    ),
)
NATURE = Question(
    "nature",
    "是不是",
    "是申请公开政府信息吗？",
    (
        Answer(
            "information",
            "是，要的是以一定形式记录、保存的政府信息",
            "行政机关在履行行政管理职能过程中制作或者获取的信息。",
            "条例第二条",
            _INFORMATION,
        ),
        Answer(
            "again",
            "是，但以前答复过、提供过，或者数量、频次明显超过合理范围",
            "具体是哪一种，在“怎么答”中选择。前一件还没有答复的，不在此列。",
            "条例第三十五条、第三十六条第六项",
            _ANSWERED_BEFORE,
            closes="不再重新作出实体答复",
        ),
        _ends(K.PETITION, "不是，实为信访、投诉、举报", "告知相应渠道。", "不作为政府信息公开申请处理"),
        _ends(K.ENQUIRY, "不是，只是咨询，没有要哪一份信息", "答复内容，或者告知咨询渠道。", "不是申请获取信息"),
        _ends(K.PUBLICATION, "要的是政府公报、报刊、书籍等公开出版物", "告知获取的途径。", "由申请人自行获取"),
        _ends(
            K.NOT_GOVERNMENT_INFORMATION,
            "要的不是政府信息",
            "党务、刑事司法、公共企事业单位、村（居）务等信息。",
            "不属于政府信息，不适用以下各问",
        ),
        _ends(
            K.SPECIAL_RULE,
            "法律、行政法规对获取这类信息有特别规定",
            "如不动产登记资料、企业登记档案；须写明哪一部法律、行政法规的哪一条，规章不在其内。",
            "依照特别规定办理",
        ),
    ),
)
RESPONSIBLE = Question(
    "responsible",
    "谁负责",
    "由本机关负责公开吗？",
    (
        Answer(
            "ours",
            "由本机关负责",
            "本机关制作的，或者从公民、法人和其他组织获取并保存的；两个以上机关共同制作、由本机关牵头的。",
            "条例第十条",
            _OURS,
        ),
        _ends(
            K.NOT_OURS,
            "由其他行政机关负责",
            "由制作或者最初获取它的机关、牵头制作的机关负责。说明理由，能够确定的，写明其名称、联系方式。",
            "不由本机关负责公开",
        ),
        _ends(K.ARCHIVES, "已经移交国家档案馆", "按照档案法的规定办理；提前移交的不在此列。", "由国家档案馆依法提供"),
    ),
)
FOUND = Question(
    "found",
    "有没有",
    "检索到了吗？",
    (
        Answer(
            "found", "有，是现成的信息", "不需要加工、分析就能提供；能够作区分处理的也算。", "条例第三十八条", _HELD
        ),
        _ends(
            K.NOT_EXISTING,
            "检索后没有找到",
            "案卷中须有检索记录：部门、系统、时段和检索用词，包括本机关档案室。",
            "没有可以提供的信息",
        ),
        _ends(
            K.NO_PROCESSING, "没有现成的，需要加工、分析", "说明现有信息是什么、为什么不是现成的。", "没有现成的信息"
        ),
    ),
)
GIVE = Question(
    "give",
    "给不给",
    "有没有不应当公开的内容？",
    (
        Answer(
            "all",
            "没有，可以公开",
            "以公开为常态。涉及第三方合法权益的，第三方同意公开，或者不公开会对公共利益造成重大影响。",
            "条例第五条、第十三条、第十五条",
            _GIVEN,
            closes="没有不予公开的内容，不需要另说理由",
        ),
        Answer(
            "protected",
            "有不应当公开的内容",
            "国家秘密、法律和行政法规禁止公开、危及“三安全一稳定”（第十四条），第三方合法权益（第十五条），内部事务、过程性信息、"
            "行政执法案卷（第十六条），或者夹有不属于政府信息的内容。工作秘密、内部资料不是理由。",
            "条例第十三条至第十六条",
            _KEPT_BACK,
        ),
    ),
)
HOW = Question(
    "how",
    "怎么给",
    "怎样提供？",
    (
        _ends(K.DISCLOSED_PUBLIC, "已经主动公开，告知获取途径", "写明网址或者公报的期号，并核对能够打开。", ""),
        _ends(K.DISCLOSED, "向申请人提供", "按申请人要求的形式；换用其他形式的，写明理由。", ""),
        _ends(
            K.PARTIAL,
            "能够作区分处理，提供可以公开的内容",
            "隐去不应当公开的内容，逐一写明类型、内容和理由。",
            "每一部分的理由已经随区分处理写明",
        ),
        Answer(
            "inseparable",
            "不能作区分处理，全部不提供",
            "先考虑过隐去一部分、提供其余部分，确实不能的，才选这一答案。",
            "条例第三十七条",
            frozenset(REFUSALS),
            (SEPARATION,),
        ),
    ),
)
REPLY = Question(
    "reply",
    "怎么答",
    "依照哪一条答复、说什么理由？",
    (
        _refuses(K.REFUSED_STATE_SECRET, "属于国家秘密", "只写登记号等核对记录，不得录入涉密内容。"),
        _refuses(K.REFUSED_LAW_FORBIDS, "法律、行政法规禁止公开", "写明法律、行政法规的名称和条款。"),
        _refuses(K.REFUSED_SECURITY, "公开后可能危及国家安全、公共安全、经济安全、社会稳定", "写明判断的依据。"),
        _refuses(K.REFUSED_THIRD_PARTY, "会损害第三方合法权益", "须有征求第三方意见的记录，或者无需征求的说明。"),
        _refuses(K.REFUSED_INTERNAL, "属于内部事务信息", "人事管理、后勤管理、内部工作流程等。写明裁量的理由。"),
        _refuses(
            K.REFUSED_PROCESS,
            "属于过程性信息",
            "讨论记录、过程稿、磋商信函、请示报告等。写明裁量的理由，并核对没有法律、法规、规章规定应当公开。",
        ),
        _refuses(
            K.REFUSED_ENFORCEMENT,
            "属于行政执法案卷信息",
            "写明裁量的理由，并核对没有法律、法规、规章规定应当公开。申请人是当事人的，告知查阅案卷的途径。",
        ),
        _ends(K.REPEATED, "已经就相同信息答复过，不予重复处理", "写明此前答复的文号和日期。", ""),
        _ends(
            K.ALREADY_OBTAINED,
            "要求确认或者重新出具已经获取的信息",
            "写明此前提供的文号、日期和情况，并经法制审核。",
            "",
        ),
        _ends(
            K.EXCESSIVE,
            "数量、频次明显超过合理范围，理由不合理",
            "须先要求说明理由，并由公开机构负责人认定理由不合理。",
            "",
        ),
    ),
)

QUESTIONS: tuple[Question, ...] = (CLEAR, NATURE, RESPONSIBLE, FOUND, GIVE, HOW, REPLY)
"""The seven, in the order in which they are asked."""
