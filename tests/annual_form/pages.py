"""Published reports as the web pages of offices show them: with the form's merged cells, without them, in the form of 2019."""

from collections.abc import Callable, Iterable

from tests.annual_form.published import TABLE3, TABLE4

ROWS = [line.split() for line in TABLE3.strip().splitlines()]
LABELS = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
    "（七）总计",
    "四、结转下年度继续办理",
]
GROUPS = {4: ("（三）不予公开", 8), 12: ("（四）无法提供", 3), 15: ("（五）不予处理", 5), 20: ("（六）其他处理", 3)}
HEAD3 = """
<tr><td colspan="3" rowspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan="7">申请人情况</td></tr>
<tr><td>自然人</td><td colspan="5">法人或其他组织</td><td>总计</td></tr>
<tr><td></td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td><td></td></tr>"""
HEAD4 = """
<tr><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr>
<tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>
<td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>"""
RESULTS = "".join(f"<td>{one}</td>" for one in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
HEAD4 += "<tr>" + "<td></td>" * 5 + RESULTS * 2 + "</tr>"
TABLE2 = """<table>
<tr><td colspan="4">第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>3</td><td>5</td><td>74</td></tr><tr><td>行政规范性文件</td><td>564</td><td>984</td><td>4185</td></tr>
<tr><td colspan="4">第二十条第（五）项</td></tr><tr><td>信息内容</td><td colspan="3">本年处理决定数量</td></tr>
<tr><td>行政许可</td><td colspan="3">11398889</td></tr><tr><td colspan="4">第二十条第（六）项</td></tr>
<tr><td>信息内容</td><td colspan="3">本年处理决定数量</td></tr><tr><td>行政处罚</td><td colspan="3">6937489</td></tr>
<tr><td>行政强制</td><td colspan="3">166105</td></tr><tr><td colspan="4">第二十条第（八）项</td></tr>
<tr><td>信息内容</td><td colspan="3">本年收费金额（单位：万元）</td></tr>
<tr><td>行政事业性收费</td><td colspan="3">316441</td></tr></table>"""
Write = Callable[[str], str]


def plainly(text: str) -> str:
    """A label or a figure as it stands."""
    return text


def table3(label: Write = plainly, figure: Write = plainly, *, spans: bool = True, totals: bool = True) -> str:
    """Table 三; ``label`` and ``figure`` print its words, ``spans`` keeps the merged cells, ``totals`` the last column."""
    rows = []
    for number, (_, *figures) in enumerate(ROWS):
        cells = list(_labels3(number, label, spans=spans))
        cells += [f"<td>{figure(one)}</td>" for one in figures[: 7 if totals else 6]]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    head = HEAD3 if totals else HEAD3.replace("<td>总计</td>", "").replace("<td></td></tr>", "</tr>")
    return f"<table>{head if spans else ''}{''.join(rows)}</table>"


def _labels3(number: int, label: Write, *, spans: bool) -> Iterable[str]:
    own = label(LABELS[number])
    if not spans:
        yield f"<td>{own}</td>"
        return
    if number in (0, 1, 24):
        yield f'<td colspan="3">{own}</td>'
        return
    if number == 2:
        yield f'<td rowspan="22">{label("三、本年度办理结果")}</td>'
    if number in GROUPS:
        yield f'<td rowspan="{GROUPS[number][1]}">{label(GROUPS[number][0])}</td>'
    yield f'<td colspan="2">{own}</td>' if number in (2, 3, 23) else f"<td>{own}</td>"


def table4(figure: Write = plainly) -> str:
    """Table 四."""
    cells = "".join(f"<td>{figure(str(one))}</td>" for row in TABLE4.values() for one in row)
    return f"<table>{HEAD4}<tr>{cells}</tr></table>"


def page(third: str, fourth: str | None = None, second: str = TABLE2) -> str:
    """The page of a report with these tables."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>年报</title><script>var x = "<table>";</script></head><body>
<h1>安岳县人民政府2025年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>（一）主动公开。</p><p>（二）依申请公开。</p>
<p>二、主动公开政府信息情况</p>{second}<p>三、收到和处理政府信息公开申请情况</p>{third}
<p>四、政府信息公开行政复议、行政诉讼情况</p>{table4() if fourth is None else fourth}
<p>五、存在的主要问题及改进情况</p><p>无。</p><p>六、其他需要报告的事项</p><p>无。</p>
<p>安岳县人民政府</p><p>2026年1月20日</p></body></html>"""


OLD_ROWS = """
821 35 0 0 2 1 859
18 0 0 0 0 0 18
258 12 0 0 1 1 -
3 0 0 0 0 0 -
14 0 0 0 0 0 -
0 0 0 0 0 0 -
0 0 0 0 0 0 -
0 0 0 0 0 0 -
5 0 0 0 0 0 -
3 1 0 0 0 0 -
0 0 0 0 0 0 -
10 2 0 0 0 0 -
252 12 0 0 1 0 -
44 3 0 0 0 0 -
25 0 0 0 0 0 -
148 1 0 0 0 0 -
5 4 0 0 0 0 -
0 0 0 0 0 0 -
0 0 0 0 0 0 -
0 0 0 0 0 0 -
0 0 0 0 0 0 -
767 35 0 0 2 1 805
72 0 0 0 0 0 72
"""
"""Table 三 of the office of a city's government for 2019 as published: nought and most sums were left empty."""


def old_page() -> str:
    """That report in the form of 2019 (60号): 20 rows in section 三, table 二 with other heads."""
    labels = [*LABELS[:20], "（六）其他处理", *LABELS[23:]]
    rows = []
    for number, line in enumerate(OLD_ROWS.strip().splitlines()):
        figures = ["&nbsp;" if one in ("0", "-") else one for one in line.split()]
        wide = {0: 3, 1: 3, 22: 3, 2: 2, 3: 2, 20: 2, 21: 2}.get(number, 1)
        heads = '<td rowspan="20"><p>三、本年度办理结果</p></td>' if number == 2 else ""
        if number in GROUPS and number != 20:
            heads += f'<td rowspan="{GROUPS[number][1]}"><p>{GROUPS[number][0]}</p></td>'
        cells = "".join(f'<td nowrap="nowrap"><p align="center">{one}</p></td>' for one in figures)
        rows.append(f'<tr>{heads}<td colspan="{wide}"><p>{labels[number]}</p></td>{cells}</tr>')
    second = """<table><tbody><tr><td colspan="5">第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年新<br />制作数量</td>
<td colspan="2">本年新<br />公开数量</td><td>对外公开总数量</td></tr><tr><td>规章</td><td>13</td><td colspan="2">13</td><td>524</td></tr>
<tr><td>规范性文件</td><td>60</td><td colspan="2">60</td><td>368</td></tr><tr><td colspan="5">第二十条第（五）项</td></tr>
<tr><td>信息内容</td><td>上一年项目数量</td><td colspan="2">本年增/减</td><td>处理决定数量</td></tr>
<tr><td>行政许可</td><td colspan="2">0</td><td>0</td><td>7</td></tr><tr><td colspan="5">第二十条第（九）项</td></tr>
<tr><td>信息内容</td><td colspan="2">采购项目数量</td><td colspan="2">采购总金额</td></tr>
<tr><td>政府集中采购</td><td colspan="2">6</td><td colspan="2">251000元</td></tr></tbody></table>"""
    fourth = f"""<table>{HEAD4}<tr><td>5</td><td>&nbsp;</td><td>&nbsp;</td><td>2</td><td>7</td><td>8</td><td>&nbsp;</td><td>&nbsp;</td>
<td>1</td><td>9</td>{"<td>&nbsp;</td>" * 5}</tr></table>"""
    return f"""<p style="text-align: center">2019年上海市人民政府办公厅政府信息公开工作年度报告</p><p>发布日期：2020-01-31</p>
<p>一、总体情况</p><p>市政府办公厅代表市政府共受理政府信息公开申请859件。</p><p>二、主动公开政府信息情况</p>{second}
<p>三、收到和处理政府信息公开申请情况</p><table border="1">{HEAD3}{"".join(rows)}</table>
<p><br />四、政府信息公开行政复议、行政诉讼情况</p>{fourth}<p>五、政府信息公开工作存在的主要问题及改进情况</p><p>（一）主要问题</p>
<p>六、其他需要报告的事项</p><p>无。</p>"""
