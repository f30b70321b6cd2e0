import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import regions


def named(text: str) -> list[str]:
    return [text[m.start : m.end] for m in regions.find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("温岭有几项业务可以秒办?", ["温岭"]),
        ("浙江省温州市泰顺县和南通市海门区", ["浙江省温州市泰顺县", "南通市海门区"]),
        ("舟山市定海区综合行政执法局", ["舟山市定海区"]),
        ("陵水2018年", ["陵水"]),
        ("恭城瑶族自治县人民政府", ["恭城瑶族自治县"]),
        ("国务院和全国人大", []),
        ("", []),
    ],
)
def test_mentions(text: str, names: list[str]) -> None:
    assert named(text) == names


def test_a_chain_is_resolved_to_the_innermost() -> None:
    (mention,) = regions.find_mentions("北京市朝阳区")
    assert mention.codes == ("110105",)
    assert mention.exact


def test_a_name_of_several_regions_gives_them_all() -> None:
    assert len(regions.resolve("鼓楼区")) >= 3


def test_words_that_are_also_names_are_not_exact() -> None:
    for word in ("平安", "和平", "资源", "通道"):
        assert not any(m.exact for m in regions.find_mentions(f"建设{word}社区"))
    assert all(m.exact for m in regions.find_mentions("余杭区和武清"))


@pytest.mark.parametrize(
    "text",
    [
        "创新平台和示范县",
        "健康县城有几个?",
        "重大安全隐患",
        "拉大城市框架",
        "强化中小金融机构",
        "搬迁安置了多少人",
        "今天水平",
    ],
)
def test_names_that_arise_where_words_meet_are_none(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("text", ["社会长治久安", "打造大通道", "市和县两级", "省道县道", "全市中小学"])
def test_words_that_begin_like_a_name_are_not_exact(text: str) -> None:
    assert not any(m.exact for m in regions.find_mentions(text))


@pytest.mark.parametrize("text", ["那天水呢?", "临平和温岭", "寿县2023年", "问问和平区", "江苏海门"])
def test_names_beside_small_words_are_found(text: str) -> None:
    mentions = regions.find_mentions(text)
    assert mentions and all(m.exact for m in mentions)


@pytest.mark.parametrize(
    ("name", "code"),
    [("内蒙古", "15"), ("恭城县", "450332"), ("恩施州", "4228"), ("东乡族自治县", "622926"), ("鄂伦春", "150723")],
)
def test_what_autonomous_regions_are_called(name: str, code: str) -> None:
    assert regions.resolve(name) == (code,)


@given(st.text(alphabet="浙江省温州市泰顺县南通海门区和平道的在 2023年\n🙂", max_size=80))
def test_any_text_has_mentions_in_order(text: str) -> None:
    end = 0
    for mention in regions.find_mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.codes and all(regions.get(code) for code in mention.codes)
        end = mention.end


def test_within() -> None:
    assert regions.is_within("330329", "33")
    assert regions.is_within("330329", "330329")
    assert not regions.is_within("330329", "3304")
    assert not regions.is_within("330329", "")
    assert not regions.is_within("", "33")


def test_what_a_person_types() -> None:
    assert regions.resolve("泰顺") == regions.resolve(" 泰顺县 ") == regions.resolve("温州市泰顺县") == ("330329",)
    assert regions.resolve("浙江 泰顺") == ("330329",)
    assert regions.resolve("浙江") == ("33",)
    assert regions.resolve("火星") == regions.resolve("泰顺的") == ()


def test_full_names() -> None:
    assert regions.full_name("331081") == "浙江省台州市温岭市"
    assert regions.full_name("110105") == "北京市朝阳区"
    assert regions.full_name("") == ""
    assert regions.get("") is None
