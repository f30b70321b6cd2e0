import pytest

from index.errors import ReportRefused
from index.loaders import decode

TEXT = "温岭市人民政府2021年法治政府建设年度报告\r\n\r\n一、主要举措和成效\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings_an_office_has(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "a.txt") == TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空"),
        (b" \n\r\n\t", "空"),
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"PK\x03\x04\x14\x00", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (bytes(range(256)) * 8, "文本"),
        (b"This is a report about nothing Chinese at all.", "中文"),
        ("これは日本の報告書ではありません、テストです。".encode("shift-jis"), "报告.txt"),
        (b"\x00" * 64, "空"),
    ],
)
def test_what_is_no_chinese_text_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(ReportRefused) as caught:
        decode(data, "报告.txt")
    assert "报告.txt" in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
