"""What is a trace of a person and what only looks like one, example by example. Every number here is made up."""

import pytest

from gkapply.traces.search import traces, with_instead
from gkapply.traces.trace import TraceKind, Wanted, masked

FOUND = (
    # Identity numbers.
    ("身份证号11010519491231002X。", "identity", "11010519491231002X"),
    ("身份证号１１０１０５１９４９１２３１００２Ｘ。", "identity", "１１０１０５１９４９１２３１００２Ｘ"),
    ("1101 0519 4912 3100 2x", "identity", "1101 0519 4912 3100 2x"),
    ("110105-19491231-002X", "identity", "110105-19491231-002X"),
    ("110105194912\n31002X", "identity", "110105194912\n31002X"),
    ("公民身份号码：110105194912310021", "identity", "110105194912310021"),
    ("旧证110105491231002登记", "identity", "110105491231002"),
    ("一一〇一〇五一九四九一二三一〇〇二Ｘ", "identity", "一一〇一〇五一九四九一二三一〇〇二Ｘ"),
    ("身份证号11010519491231002×", "identity", "11010519491231002×"),
    ("身份证号11010519491231002Х", "identity", "11010519491231002Х"),
    ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "identity", "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X"),
    # Mobile numbers.
    ("电话13800001111", "mobile", "13800001111"),
    ("电话138-0000-1111", "mobile", "138-0000-1111"),
    ("电话138 0000 1111", "mobile", "138 0000 1111"),
    ("电话１３８００００１１１１", "mobile", "１３８００００１１１１"),
    ("电话一三八〇〇〇〇一一一一", "mobile", "一三八〇〇〇〇一一一一"),
    ("电话幺三八零零零零幺幺幺幺", "mobile", "幺三八零零零零幺幺幺幺"),
    ("电话138〇〇〇〇1111", "mobile", "138〇〇〇〇1111"),
    ("+86 13800001111", "mobile", "+86 13800001111"),
    ("8613800001111", "mobile", "8613800001111"),
    ("1 3 8 0 0 0 0 1 1 1 1", "mobile", "1 3 8 0 0 0 0 1 1 1 1"),
    ("138\u200b0000\u200b1111", "mobile", "138\u200b0000\u200b1111"),
    ("1380000\n1111", "mobile", "1380000\n1111"),
    ("13800001111/13900002222", "mobile", "13800001111"),
    ("138.0000.1111", "mobile", "138.0000.1111"),
    # Telephones.
    ("电话028-23456789", "landline", "028-23456789"),
    ("（028）2345 6789", "landline", "（028）2345 6789"),
    ("02823456789", "landline", "02823456789"),
    ("0832-2345678转8001", "landline", "0832-2345678转8001"),
    ("联系电话：24567890", "landline", "24567890"),
    ("〇二八—二三四五六七八九", "landline", "〇二八—二三四五六七八九"),
    # Cards and accounts.
    ("卡号6222021234567890128", "bank", "6222021234567890128"),
    ("6222 0212 3456 7890 128", "bank", "6222 0212 3456 7890 128"),
    ("银行账号：510501234567", "bank", "510501234567"),
    ("４５６３５１１２３４５６７８９６", "bank", "４５６３５１１２３４５６７８９６"),
    # Mail and accounts.
    ("邮箱zhang.san@example.cn", "email", "zhang.san@example.cn"),
    ("邮箱ｚｓ＠example.cn", "email", "ｚｓ＠example.cn"),
    ("微信号：zs_example1", "account", "zs_example1"),
    ("QQ：1234567", "account", "1234567"),
    # Papers and plates.
    ("护照E12345678", "passport", "E12345678"),
    ("护照号码EA1234567", "passport", "EA1234567"),
    ("往来港澳通行证C20260101", "passport", "C20260101"),
    ("车牌川M12345", "plate", "川M12345"),
    ("车牌川M·D12345", "plate", "川M·D12345"),
    ("川Ｍ１２３４５", "plate", "川Ｍ１２３４５"),
    # Addresses, birth dates, names.
    ("住人民路18号", "address", "人民路18号"),
    ("位于岳阳镇柠都大道12号3栋2单元501室", "address", "岳阳镇柠都大道12号3栋2单元501室"),
    ("住石桥村五组12号", "address", "石桥村五组12号"),
    ("住某小区3栋2单元501室", "address", "3栋2单元501室"),
    ("解放街二十八号", "address", "解放街二十八号"),
    ("男，1990年1月2日生", "birth", "1990年1月2日生"),
    ("出生日期：1990-01-02", "birth", "出生日期：1990-01-02"),
    ("户主：王小明，", "name", "王小明"),
    ("联系人：欧阳明", "name", "欧阳明"),
    ("被征收人：李 四；", "name", "李 四"),
)
NOT_FOUND = (
    "安府函〔2025〕8号",
    "国办公开办函〔2021〕30号文件",
    "川府发〔2019〕12号",
    "条例第四十四条第一款",
    "总投资13800000000元",
    "总投资13,800,001,111元",
    "面积13800001111平方米",
    "金额138.00001111万元",
    "¥13800001111",
    "2026年3月2日至2026年4月30日",
    "二〇二六年三月二日",
    "项目代码2020-510121-47-03-012345",
    "登记日期20260302，编号20260302001",
    "统一社会信用代码91510000MA6A00001X",
    "SHA-256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "SHA-256 13800001111aa3b0c44298fc1c149afbf4c8996fb92427ae41e",
    "国道318号线、省道206号",
    "京昆高速公路2号隧道，成渝铁路3号桥",
    "五号线、路2号地块",
    "拨打12345政务服务热线",
    "邮政编码642350",
    "15.20 13.30 14.50 18.60",
    "118,234.50",
    "序号123456789012345678",
    "110105194912310021",
    "510121202613010123",
    "工商注册号510100000123456",
    "编号：6222021234567890128",
    "项目编号G20260301",
    "张某，电话138****1111",
    "住人民路某号",
    "文物保护单位第三批12号公告",
    "2025年12月31日生效",
    "联系人：县政府办公室",
    "户主：王某，",
    "第3栋教学楼",
    "IP 10.20.30.40，版本1.3.8.0",
    "A4纸3000张，每张0.5元",
)


@pytest.mark.parametrize(("text", "kind", "value"), FOUND)
def test_a_trace_is_found_however_it_is_typed(text: str, kind: str, value: str) -> None:
    assert (kind, value) in [(one.kind.value, one.value) for one in traces(text)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert [(one.kind.value, one.value) for one in traces(text)] == []


WANTED = (
    Wanted("诸葛孔明", TraceKind.PARTY, "诸某"),
    Wanted("张三", TraceKind.PARTY, "张某"),
    Wanted("某县某某有限公司", TraceKind.PARTY, "某单位"),
    Wanted("98765432", TraceKind.PARTY_DATA, "***"),
    Wanted("2026-0012", TraceKind.CASE_NUMBER, "（编号略）"),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("诸葛孔明：", "诸葛孔明"),
        ("诸 葛 孔 明", "诸 葛 孔 明"),
        ("诸葛\n孔明", "诸葛\n孔明"),
        ("张　三", "张　三"),
        ("某县某某有限公司（以下简称", "某县某某有限公司"),
        ("尾号9876-5432", "9876-5432"),
        ("贵方2026-0012号申请", "2026-0012"),
        ("张先生：", "张先生"),
    ],
)
def test_whom_the_case_knows_is_found(text: str, value: str) -> None:
    assert [one.value for one in traces(text, WANTED)] == [value]


def test_the_same_value_has_one_key_and_is_replaced_everywhere() -> None:
    text = "电话138-0000-1111，又１３８００００１１１１"
    found = traces(text)
    assert len({one.key for one in found}) == 1
    assert with_instead(text, found, "***") == "电话***，又***"


def test_the_offices_own_telephone_and_address_are_no_traces() -> None:
    text = "电话028-23456789，地址柠都大道1号；电话028-23456780"
    found = traces(text, official=("028-23456789", "安岳县柠都大道1号"))
    assert [one.value for one in found] == ["028-23456780"]


@pytest.mark.parametrize("value", ["张", "张三", "诸葛孔明", "13800001111", "11010519491231002X"])
def test_a_masked_value_does_not_tell_it(value: str) -> None:
    assert masked(value) != value
    assert len(masked(value)) == len(value)
