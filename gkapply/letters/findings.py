"""What can be wrong with a template, and what to do about each."""

from dataclasses import dataclass
from enum import Enum


class Fault(Enum):
    """A kind of fault: the sentence that says it, and what to do. Declared in the order in which they are mended."""

    sentence: str
    do: str

    def __init__(self, sentence: str, do: str):
        self.sentence = sentence
        self.do = do

    MACROS = "模板含有宏", "请另存为不含宏的 .docx 后再上传"
    EMBEDDED = "模板中嵌有其他文件", "请删除嵌入的对象后再上传"
    EXTERNAL = "模板含有指向外部的链接或者引用", "请删除超链接、外部图片和附加模板后再上传"
    DECLARATIONS = "模板文件含有不允许的 XML 声明", "请用 Word 或者 WPS 重新另存为 .docx"
    BROKEN = "模板文件的内容已损坏", "请用 Word 或者 WPS 重新另存为 .docx"
    FETCHING = "模板含有会读取外部内容的域", "请删除该域（域代码 DDE、INCLUDE、LINK 等）后再上传"
    UNSETTLED = "模板中有未处理的修订或者批注", "请接受或者拒绝全部修订、删除批注后再上传"
    MISPLACED = "模板的标记写在了不会被填写的位置（尾注、文本样式等）", "请移到正文、页眉、页脚或者脚注中"
    TORN = (
        "模板的标记写错：标记不完整、被拆断或者括号不对",
        "请删去整个标记，在英文输入法下重新输入，一次写完，不要在括号之间插入其他内容",
    )
    SYNTAX = "模板的标记写错", "请检查成对的标记和括号"
    UNSAFE = "模板中有不允许的写法", "模板只能填写字段、按条件显示和逐行重复"
    UNKNOWN = "模板中有未知字段", "请对照该类文书的字段表改正"
    LEFT_OUT = "模板缺少必备字段", "请在模板中补上"
    UNFILLABLE = "用示例试填不能生成文书", "请检查标记的位置：成段、成行重复的标记须各占一段、一行"
    UNPRINTED = "必备字段没有印出来", "请检查该字段是否只在某一条件下显示"
    UNSOUND = "用示例试填的文书没有通过答复体检", "请按所指的句子改正模板的固定用语"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: what exactly, and where it stands; either may be empty."""

    fault: Fault
    what: str = ""
    place: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, in a sentence without its end."""
        return f"{self.fault.sentence}：{self.what}" if self.what else self.fault.sentence
