"""Plain text: UTF-8 with or without a byte order mark, then GB18030; UTF-16 only with its mark.

GB18030 decodes almost any bytes into something, so what it yields is held against what Chinese text looks like.
"""

import codecs

from index.errors import ReportRefused

# First bytes of formats that are not text, with the words an office has for them.
SIGNATURES = {
    b"%PDF": "PDF 文件",
    b"PK\x03\x04": "压缩包或 Word 文件",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"\x1f\x8b": "压缩包",
}
MIN_CHINESE_SHARE = 0.2  # of the characters that are not blanks; reports have 0.75 and more
MIN_COMMON_SHARE = 0.8  # of the Chinese characters, those in GB 2312; wrong decodings scatter over the rare ones
MAX_CONTROL_SHARE = 0.01


def decode(data: bytes, name: str) -> str:
    """Return the text of a file, unchanged but for the byte order mark.

    Raises:
        ReportRefused: empty, binary, or not Chinese text; the message names the file.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise ReportRefused(f"{name}：文件是空的")
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise ReportRefused(f"{name}：是{kind}，目前只读纯文本(.txt)")
    text = _decode_unicode(data)
    if text is None:
        text = _decode_gb18030(data, name)
    _check_chinese(text, name)
    return text


def _decode_unicode(data: bytes) -> str | None:
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_gb18030(data: bytes, name: str) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise ReportRefused(f"{name}：不是文本文件（既不是 UTF-8 也不是 GB18030 编码）") from error
    chinese = [c for c in text if is_chinese(c)]
    common = sum(_in_gb2312(c) for c in chinese)
    if chinese and common < MIN_COMMON_SHARE * len(chinese):
        raise ReportRefused(f"{name}：编码无法辨认，请另存为 UTF-8 后再试")
    return text


def _check_chinese(text: str, name: str) -> None:
    visible = [c for c in text if not c.isspace()]
    control = sum(c < " " or c in "\x7f\ufffd" for c in visible)
    if control > MAX_CONTROL_SHARE * len(visible):
        raise ReportRefused(f"{name}：是二进制文件，不是文本")
    if sum(map(is_chinese, visible)) < MIN_CHINESE_SHARE * len(visible) or not visible:
        raise ReportRefused(f"{name}：不是中文文本")


def is_chinese(char: str) -> bool:
    """Is it a character of the main CJK block or of extension A?"""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
