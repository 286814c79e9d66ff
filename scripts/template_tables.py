"""The tables of the letters: of the receipt and of the opinion slip."""

from scripts.template_grid import CODE, TEXT, labelled

LETTER_TABLES = {
    "receipt": labelled(
        2200,
        ("登记编号", (TEXT, ("{{ request_number }}",)), 0),
        ("收到申请日期", (TEXT, ("{{ received_on_text }}",)), 0),
        ("申请人", (TEXT, ("{{ addressee }}",)), 0),
        ("申请内容", (TEXT, ("{{ request_quote }}",)), 0),
        (
            "收到的材料",
            (
                TEXT,
                (
                    "{%p for material in materials %}",
                    "{% if materials|length > 1 %}{{ loop.index }}. {% endif %}{{ material }}",
                    "{%p endfor %}",
                ),
            ),
            0,
        ),
        (
            "查询方式",
            (
                TEXT,
                (
                    "{%p if query_hint %}",
                    "{{ query_hint|sentence }}",
                    "{%p endif %}",
                    "{%p if query_address %}",
                    "网址：{{ query_address }}",
                    "{%p endif %}",
                    "{%p if not query_hint and not query_address %}",
                    "联系本机关查询。",
                    "{%p endif %}",
                ),
            ),
            0,
        ),
        ("内容校验值", (CODE, ("{{ content_hash }}",)), 0),
    ),
    "opinion": labelled(
        2200,
        ("文号", (TEXT, ("{{ document_number }}",)), 0),
        ("登记编号", (TEXT, ("{{ request_number }}",)), 0),
        ("意见人", (TEXT, ("{{ party_name }}",)), 0),
        ("所涉信息", (TEXT, ("{{ information }}",)), 0),
        (
            "意　　见",
            (TEXT, ("□ 同意公开", "□ 同意部分公开（在下栏写明不同意的部分）", "□ 不同意公开")),
            0,
        ),
        ("理　　由", (TEXT, ("",)), 3000),
        ("签名或盖章", (TEXT, ("", "　　　　　　　　　　　　　　年　　月　　日")), 1200),
        ("联系电话", (TEXT, ("",)), 0),
    ),
}
