"""What stands round a report on a web page: labels of its metadata table, and words of the page itself."""

import re

# Blanks may stand between the characters of a label: 索 引 号, 文　　号.
_LABELS = [
    "信息索引号",
    "索引号",
    "文件编号",
    "发文字号",
    "文号",
    "发布机构",
    "发文机关",
    "发文机构",
    "发布单位",
    "发文单位",
    "公开责任部门",
    "责任部门",
    "责任科室",
    "信息来源",
    "来源",
    "作者",
    "发布日期",
    "发布时间",
    "更新时间",
    "更新日期",
    "成文日期",
    "成文时间",
    "生成日期",
    "产生日期",
    "印发日期",
    "公开日期",
    "公开时间",
    "日期",
    "时间",
    "信息名称",
    "文件名称",
    "名称",
    "标题",
    "主题分类",
    "信息分类",
    "体裁分类",
    "组配分类",
    "服务对象",
    "分类",
    "主题词",
    "关键词",
    "有效性",
    "效力状态",
    "公开方式",
    "公开形式",
    "公开范围",
    "公开时限",
    "信息时效期",
    "内容概述",
    "体裁",
    "主题",
    "载体类型",
    "公开类别",
    "公开程序",
    "签发人",
    "拟稿单位",
]
_GAP = r"[ \u3000\u00a0]*"
_BEFORE = r"(?:(?<=^)|(?<=[\s|｜,，;；】\]【\[]))"
LABEL = re.compile(
    _BEFORE
    + "(?P<label>"
    + "|".join(_GAP.join(label) for label in _LABELS)
    + rf")(?:{_GAP}[:：|｜】\]]{_GAP}|[ \u3000\u00a0\t]+|$)",
    re.M,
)
DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\]）)]\d{1,4}号")
DATE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: ?\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
# Pieces of a page that say nothing of the report, wherever in a line they stand
CHROME_PIECE = re.compile(
    r"(?:浏览|阅读|点击|访问)(?:次数|量|人数|数)?[ \u3000]*[:：]?[ \u3000]*"
    r"(?:次数?|[—-]|（[ \d]*）次?|\([ \d]*\)次?|\d+次?)?(?=[\s【\[|]|$)"
    r"|字[号体][ \u3000]*[:：]?[ \u3000]*大[ \u3000]*中[ \u3000]*小"
    r"|字[号体][ \u3000]*[:：]?[ \u3000]*[\[【(（][^\]】)）\n]{0,12}[\]】)）](?:[\[【][^\]】\n]{0,4}[\]】])*"
    r"|[【\[](?:打印|收藏|关闭|返回|字[号体]|纠错|我要)[^】\]\n]{0,14}[】\]]"
    r"|打印(?:本页|此页)|关闭(?:窗口|本页)|返回顶部|保护视力色[ \u3000]*[:：]?"
    r"|分享到?[ \u3000]*[:：].*|扫一扫[^\n]{0,20}"
    r"|(?<![^\s])(?:打印|关闭|收藏|分享|微信|微博|QQ空间)(?![^\s])"
    r"|责任编辑[ \u3000]*[:：][^\s]*|[上下]一[篇条][ \u3000]*[:：].*"
)
_CHROME_LINE = re.compile(
    r"^(?:当前位置|您(?:现在|当前)?的位置|您所在的位置|网站首页|首页)[^,，。]*$"
    r"|^[^>＞»\n]*(?:[>＞»]{1,2}[ \u3000]*[^>＞»\n]+){2,}$|^[>＞].*$"
    r"|^(?:微信|微博|QQ空间|分享|打印|收藏|关闭|附件下载|下载|视力保护|无障碍|返回|正文|[|｜])(?:[\s|｜].*)?$"
    r"|^(?:相关)?附件[ \u3000]*[:：\d].*$|^.{0,80}\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)$"
    r"|^.{2,30}(?:门户网站?|政府网|信息网)$|^[（(]?此件.{0,8}公开.{0,4}[）)]?.*$"
)
CHROME_LIMIT = 200  # characters; longer lines are text
TITLE_END = re.compile(
    r"(?:报告|总结|公告|汇报|通报|情况|要点|意见|办法|规定|细则|条例|通知|方案|规划|计划|决定|公报|讲话|函|批复|纲要|白皮书)"
    r"(?:[（(][^）)]{1,20}[）)])?$"
)
ORGAN_END = re.compile(
    r"(?:政府|局|委员会|委|办公室|办|厅|部|院|中心|队|处|所|公司|大学|学校|镇|乡|街道|办事处|管委会|党组|司|署|会)$"
)


def is_chrome_line(line: str) -> bool:
    """Is a whole line part of the page: a breadcrumb, a button, an attachment's name?"""
    return len(line) <= CHROME_LIMIT and _CHROME_LINE.match(line) is not None


def compact(label: str) -> str:
    """Return a label without the blanks between its characters."""
    return re.sub(r"[ \u3000\u00a0]", "", label)
