import pytest

from rag.proof.claims import Proof, claims, flat


def words(text: str) -> list[str]:
    return [c.words for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("办结1011件", "1011"),
        ("办结率98.5%", "98.5%"),
        ("2022年3月5日出台", "2022年3月5日"),
        ("出台《复议办法》", "复议办法"),
        ("打造“和为贵”品牌", "和为贵"),
        ("副县长王伟明牵头", "王伟明"),
        ("由水利局牵头", "水利局"),
        ("柳城街道牵头", "柳城街道"),
        ("由卫生健康委员会牵头", "健康委员会"),  # the last two characters before the kind are what tells
        ("在泰顺推行", "泰顺"),
    ],
)
def test_what_can_be_checked_is_claimed(text: str, claimed: str) -> None:
    assert claimed in words(text)


@pytest.mark.parametrize("text", ["", "全面推进依法行政。", "一体推进,三是加强监督", "长治久安", "千方百计"])
def test_what_has_to_be_understood_is_left_to_the_reader(text: str) -> None:
    assert words(text) == []


def test_a_sentence_by_hand() -> None:
    text = "2022年，临平区司法局出台《临平区办法》1件"
    found = list(claims(text))
    # values, then the title, then the body, then the regions; names may overlap
    assert [c.words for c in found] == ["2022年", "1", "临平区办法", "司法局", "临平区", "临平区"]
    assert [c.value is not None for c in found] == [True, True, False, False, False, False]
    assert all(text[c.start : c.end] == c.words for c in found)
    assert text[found[2].start - 1] == "《"


PROOF = Proof(["区司法局于２０２２年3月5日出台《Ｅ办法》,\n打造“和为贵”品牌,办结六十件", "浙江省杭州市临平区"])


@pytest.mark.parametrize(
    ("text", "proved"),
    [
        ("60件", True),  # by value: 六十
        ("61件", False),
        ("60%", False),
        ("2022年3月5日", True),
        ("2022年3月", True),  # a date that the proof names more fully
        ("2023年3月5日", False),
        ("《e办法》", True),  # width and case aside
        ("《f办法》", False),
        ("“和为贵”", True),
        ("“和而贵”", False),
        ("司法局", True),
        ("水利局", False),
        ("临平", True),
        ("余杭", False),
    ],
)
def test_a_claim_stands_in_what_proves_it(text: str, proved: bool) -> None:
    found = list(claims(text))
    assert found
    assert all(PROOF.holds(c) for c in found) is proved


def test_what_proves_is_read_generously() -> None:
    (one,) = claims("1人")
    assert Proof(["聘请一人"]).holds(one)  # 一人 by itself would claim nothing


def test_words_repeat_a_proof_blanks_and_line_ends_aside() -> None:
    assert PROOF.repeats("出台《e办法》, 打造“和为贵”")
    assert not PROOF.repeats("打造“和为贵”,出台《e办法》")
    assert flat(" Ａ\u3000b\tＣ\n") == "abc"


def test_nothing_proves_nothing() -> None:
    assert not any(Proof([]).holds(c) for c in claims("泰顺60件"))


def test_a_village_inside_a_body_is_no_body() -> None:
    assert words("由市农业农村局牵头") == ["农村局"]
