from pathlib import Path

import pytest

from index.regions import HEADER
from training.regions import is_common, main

SOURCE = """level\tcode\tname\tcityCode\tprovinceCode
province\t63\t青海省\t\t
city\t6302\t海东市\t\t63
area\t630203\t平安区\t6302\t63
area\t630222\t民和回族土族自治县\t6302\t63
area\t630299\t市辖区\t6302\t63
street\t630203001\t平安镇\t6302\t63
"""


def test_the_table_is_reduced_and_marked(tmp_path: Path) -> None:
    (tmp_path / "source.tsv").write_text(SOURCE, encoding="utf-8")
    main([str(tmp_path / "source.tsv"), "--out", str(tmp_path / "out.tsv")])
    lines = (tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()
    assert lines == [HEADER, "63\t青海省\t", "6302\t海东市\t", "630203\t平安区\t1", "630222\t民和回族土族自治县\t1"]


@pytest.mark.parametrize(
    ("name", "common"), [("和平区", True), ("通道侗族自治县", True), ("余杭区", False), ("吉县", False)]
)
def test_common_words(name: str, common: bool) -> None:
    assert is_common(name, {"通道": "v", "余杭": "nr"}) is common
