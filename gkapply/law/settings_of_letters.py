"""Settings of letters: remedies, approval, seal and delivery."""

from dataclasses import dataclass, field

from gkapply.law.ladders import LetterClass, Path
from gkapply.law.setting_choices import SealDemand
from gkapply.law.setting_fields import choice, ladder, number, switch


@dataclass(frozen=True)
class LetterSettings:
    """What letters say, who passes them, and how they leave."""

    special_rule_review_first: bool = field(
        default=False,
        metadata=switch("“依照特别规定办理”的答复告知先行复议", "《行政复议法》第二十三条", "默认可以直接起诉"),
    )
    partial_review_first: bool = field(
        default=True,
        metadata=switch(
            "部分公开的，对其中不予公开的内容告知先行复议",
            "《行政复议法》第二十三条、《行政复议法实施条例》第三十一条",
            "不选的，部分公开一律告知可以复议或者直接起诉",
        ),
    )
    complaint_told: bool = field(
        default=False,
        metadata=switch("答复书同时告知投诉、举报的途径", "条例第五十一条", "默认只告知复议、诉讼"),
    )
    public_body_remedies: bool = field(
        default=False,
        metadata=switch("公共企事业单位信息的告知书写明复议、诉讼途径", "条例第五十五条", "默认只写明申诉途径"),
    )
    enquiry_remedies: bool = field(default=False, metadata=switch("咨询答复写明复议、诉讼途径", "条例第二条"))
    ladder_of_notices: Path = field(
        default=Path.SHORTEST, metadata=ladder(LetterClass.NOTICE, "告知类文书", "条例第四十五条")
    )
    ladder_of_extensions: Path = field(
        default=Path.SHORTEST, metadata=ladder(LetterClass.EXTENSION, "延期、延迟答复", "条例第三十三条第二款")
    )
    ladder_of_plain_replies: Path = field(
        default=Path.REVIEWED, metadata=ladder(LetterClass.PLAIN, "全部公开的答复", "条例第十七条")
    )
    ladder_of_refusals: Path = field(
        default=Path.LEGAL, metadata=ladder(LetterClass.REFUSING, "其他答复", "条例第十七条")
    )
    ladder_of_weighty: Path = field(
        default=Path.LEGAL, metadata=ladder(LetterClass.WEIGHTY, "重大事项的答复", "条例第十七条")
    )
    secrecy_review_before_signing: bool = field(
        default=True, metadata=switch("签发前须逐件记录保密审查", "条例第十七条", "不选的，审查由机关另行保证")
    )
    announcement_service: bool = field(
        default=False,
        metadata=switch(
            "其他方式无法送达的，可以公告送达", "参照《民事诉讼法》第九十五条", "条例没有规定公告送达，默认不采用"
        ),
    )
    announcement_days: int = field(
        default=30,
        metadata=number("公告之日起经过多少日视为送达（自然日）", 30, 90, "参照《民事诉讼法》第九十五条"),
    )
    seal_before_sending: SealDemand = field(
        default=SealDemand.SCAN,
        metadata=choice(
            "文书发出之前的用印登记",
            {
                SealDemand.SCAN: "须登记用印，并上传盖章扫描件",
                SealDemand.REGISTER: "须登记用印，扫描件可以不上传",
                SealDemand.NONE: "在本系统之外用印和登记，本系统不核对",
            },
            "",
            "法律没有规定；有扫描件的，网上送达的就是盖章扫描件，没有的，送达的是未盖章的文书文件",
        ),
    )
