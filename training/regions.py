"""The full table of administrative divisions → the reduced one that `index.regions` reads.

    python -m training.regions SOURCE.tsv [--out index/regions.tsv]

SOURCE has the columns level, code, name, cityCode, provinceCode (modood/Administrative-divisions-of-China, WTFPL).
Streets and towns are left out. A county's short name that is also a word of the language is marked ambiguous: jieba's
dictionary lists it, and not as a noun, or it is one of the nouns below.
"""

import argparse
import csv
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

from index.regions import HEADER, short_name

LEVELS = ("province", "city", "area")
PLACEHOLDERS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "城区", "郊区", "矿区")
# Nouns that formal prose uses far more often than the county of that name
COMMON_NOUNS = frozenset(
    (
        "资源 公安 共和 会同 新建 港口 运河 和政 古城 民和 西湖 太湖 泰山 路桥 河口 龙湖 滨海 南湖 天桥 红旗 "
        "龙门 龙井 台山 平原 新华 和平 海港 江南 中原 中山 江海 兴业 乐业 清河 金山 太平 青山 凤凰 芙蓉 光明 "
        "海棠 麒麟 新城 老城 长安 向阳 水城 朝阳 东风 前锋 惠民 富民 工农 新民 石棉 鼓楼 白云 东湖 西山 南山 "
        "北海 城关 桥东 桥西 宝山 团结 天涯 名山 黑水 清水 盐池 石门 桃源 平安 大同 东方 通道 城中 市中 "
        "光泽 友谊 解放 大方 民权 爱民 温泉 同心 灯塔 莲花 博爱 方正 回民 全州 双桥 平房 民乐 洞口 长子 清流 钟楼 惠农 "
        "大通 大城 江口 城东 城西 站前 双城 裕民 月湖 大观 七星 宝塔 天心 上城 友好 前进 清新"
    ).split()
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, default=Path("index/regions.tsv"))
    args = parser.parse_args(arguments)
    rows = sorted(reduced(args.source, dictionary()))
    args.out.write_text("\n".join([HEADER, *("\t".join(row) for row in rows)]) + "\n", encoding="utf-8")
    print(f"{len(rows)} 个地区写在 {args.out}")


def dictionary() -> dict[str, str]:
    """Return jieba's words with their part of speech."""
    text = (resources.files("jieba") / "dict.txt").read_text(encoding="utf-8")
    return {parts[0]: parts[2] for line in text.splitlines() if len(parts := line.split(" ")) == 3}


def reduced(source: Path, words: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield (code, name, "1" when its short name is ambiguous). Codes nest: 33, 3303, 330329."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["level"] in LEVELS]
    names = {row["code"]: row["name"] for row in rows}
    for code, name in names.items():
        if name in PLACEHOLDERS or (names.get(code[:4]) == name and len(code) == 6):
            continue  # 东莞市 and the like have no counties and stand there twice
        yield code, name, "1" if len(code) == 6 and is_common(name, words) else ""


def is_common(name: str, words: dict[str, str]) -> bool:
    """Is a county's short name also an ordinary word?"""
    short = short_name(name)
    return short != name and (short in COMMON_NOUNS or not words.get(short, "n").startswith("n"))


if __name__ == "__main__":
    main()
