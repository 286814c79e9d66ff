"""Example values of the fields: what template makers see in a preview, and what every template is tried with."""

from collections.abc import Mapping

Row = Mapping[str, object]

ORGAN = "安岳县人民政府办公室"
REQUEST = "2025年龙台镇征地补偿安置方案及补偿款发放明细"
HASH = "9f2b1c7d4e5a60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"
REMEDY = (
    "如对本答复不服，可以自收到本答复之日起60日内向安岳县人民政府申请行政复议，"
    "或者自收到本答复之日起6个月内向安岳县人民法院提起行政诉讼。"
)
REMEDY_DECISION = REMEDY.replace("本答复", "本决定")
REMEDY_LAPSE = REMEDY.replace("对本答复不服", "对本机关不再处理该申请不服").replace("本答复", "本告知书")
REMEDY_FEE = (
    "对收取信息处理费的决定有异议的，不能单独就该决定申请行政复议或者提起行政诉讼；缴费期满后，"
    "可以就本机关不再处理该申请的行为依法申请行政复议或者提起行政诉讼。"
)
TARIFF_BY_PAGE = (
    "按量计收：30页以下（含30页）的，不收费；31—100页（含100页）的部分，10元/页；101—200页（含200页）的部分，20元/页；"
    "201页以上的部分，40元/页"
)
REMEDY_REFUSED = (
    "如对本不予公开决定不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本决定之日起60日内"
    "先向安岳县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向安岳县人民法院提起行政诉讼。"
)
REMEDIES_PARTIAL = (
    "如对其中不予公开的部分（第一项中不予公开的内容）不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，"
    "应当自收到本答复之日起60日内先向安岳县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内"
    "向安岳县人民法院提起行政诉讼。",
    "如对本答复的其他内容不服，可以自收到本答复之日起60日内向安岳县人民政府申请行政复议，或者自收到本答复之日起6个月内"
    "向安岳县人民法院提起行政诉讼。",
)

WORDS_2 = "本条例所称政府信息，是指行政机关在履行行政管理职能过程中制作或者获取的，以一定形式记录、保存的信息"
WORDS_15 = "涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开"
WORDS_36_1 = "所申请公开信息已经主动公开的，告知申请人获取该政府信息的方式、途径"
WORDS_36_2 = "所申请公开信息可以公开的，向申请人提供该政府信息，或者告知申请人获取该政府信息的方式、途径和时间"
WORDS_36_4 = "经检索没有所申请公开信息的，告知申请人该政府信息不存在"
WORDS_36_5 = (
    "所申请公开信息不属于本行政机关负责公开的，告知申请人并说明理由；能够确定负责公开该政府信息的行政机关的，"
    "告知申请人该行政机关的名称、联系方式"
)
WORDS_36_6 = (
    "行政机关已就申请人提出的政府信息公开申请作出答复、申请人重复申请公开相同政府信息的，告知申请人不予重复处理"
)
WORDS_37 = (
    "申请公开的信息中含有不应当公开或者不属于政府信息的内容，但是能够作区分处理的，行政机关应当向申请人提供可以公开的"
    "政府信息内容，并对不予公开的内容说明理由"
)

PUBLIC: Row = {
    "kind": "reply_public",
    "ordinal_text": "第一项",
    "quote": "安岳县2025年度财政决算报告",
    "basis": "《条例》第三十六条第一项",
    "words": WORDS_36_1,
    "where_to_find": "登录安岳县人民政府网站，在“政府信息公开”专栏“财政预算、决算”栏目查阅，或者到县档案馆政府信息查阅点查阅",
}
DISCLOSED: Row = {
    "kind": "reply_disclosed",
    "ordinal_text": "第一项",
    "quote": "2025年龙台镇征地补偿安置方案",
    "basis": "《条例》第三十六条第二项",
    "words": WORDS_36_2,
    "way": "征地补偿安置方案纸质复印件一份，共12页（见附件）",
    "form_reason": "方案所附红线图为大幅面图件，制作电子文档可能损坏原件",
}
DISCLOSED_SECOND: Row = {
    **DISCLOSED,
    "ordinal_text": "第二项",
    "way": "征地补偿安置方案纸质复印件一份，共12页（附件2）",
    "form_reason": "",
}
WITHHELD: Row = {
    "kind": "reply_refused",
    "content": "发放明细中被征收人的身份证件号码、银行账号和联系电话",
    "reason": "上述内容属于个人隐私，公开会损害被征收人的合法权益",
    "basis": "《条例》第十五条",
    "words": WORDS_15,
}
PARTIAL: Row = {
    "kind": "reply_partial",
    "ordinal_text": "第一项",
    "quote": "2025年龙台镇征地补偿款发放明细",
    "basis": "《条例》第三十七条",
    "words": WORDS_37,
    "way": "发放明细（隐去不予公开的内容）纸质复印件一份，共26页（附件1）",
    "withheld": (WITHHELD,),
}
REFUSED: Row = {
    "kind": "reply_refused",
    "ordinal_text": "第一项",
    "quote": "龙台镇场镇道路改造工程投标文件",
    "basis": "《条例》第三十六条第三项、第十五条",
    "words": WORDS_15,
    "reason": "该信息载有投标人的成本构成、施工工艺和报价策略，属于商业秘密，公开会损害投标人的合法权益",
    "third_party_opinion": "本机关已依照《条例》第三十二条的规定书面征求投标人的意见，投标人不同意公开且有合理理由",
}
SEARCH: Row = {
    "on_text": "2026年3月16日",
    "units": "办公室、文电股和档案室",
    "systems": "公文处理系统和纸质文书档案",
    "period": "2019年1月1日至2026年3月16日",
    "words": "“龙台镇”“征地”“听证”",
    "result": "没有制作或者获取该信息的记录",
}
NOT_EXISTING: Row = {
    "kind": "reply_not_existing",
    "ordinal_text": "第三项",
    "quote": "2025年龙台镇征地听证会的会议纪要",
    "basis": "《条例》第三十六条第四项",
    "words": WORDS_36_4,
    "searches": (SEARCH,),
}
NOT_OURS: Row = {
    "kind": "reply_not_ours",
    "ordinal_text": "第一项",
    "quote": "2025年安岳县土地利用现状图",
    "basis": "《条例》第三十六条第五项",
    "words": WORDS_36_5,
    "reason": "该信息由安岳县自然资源和规划局制作并保存，本机关没有制作，也没有获取",
    "competent_organ": "安岳县自然资源和规划局（地址：安岳县岳城街道，电话：028-12345679）",
}
NOT_INFORMATION: Row = {
    "kind": "reply_not_information",
    "ordinal_text": "第一项",
    "quote": "龙台镇某村2024年村集体经济组织收支账目",
    "basis": "《条例》第二条",
    "words": WORDS_2,
    "content_code": "village",
    "content_words": "村（居）务信息",
    "reason": "该信息由村民委员会在村民自治活动中形成，不是行政机关在履行行政管理职能过程中制作或者获取的信息",
    "governing_rule": "您可以依照《中华人民共和国村民委员会组织法》的规定向村民委员会查询",
}
REPEATED: Row = {
    "kind": "reply_repeated",
    "ordinal_text": "第一项",
    "quote": "2025年龙台镇征地补偿安置方案",
    "basis": "《条例》第三十六条第六项",
    "words": WORDS_36_6,
    "earlier_number": "安府办公开〔2025〕31号",
    "earlier_on_text": "2025年11月18日",
}
