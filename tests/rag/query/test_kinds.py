import pytest

from rag.query.kinds import Asked, Kind, asked


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("收了多少件行政复议?", Asked(Kind.NUMBER, "件")),
        ("办了几次听证", Asked(Kind.NUMBER, "次")),
        ("出庭应诉率是多少", Asked(Kind.NUMBER, "%")),
        ("整改完成的比例有多高?", Asked(Kind.NUMBER, "%")),
        ("一共发了多少钱补贴?", Asked(Kind.NUMBER, "元")),
        ("办个执照要多久?", Asked(Kind.NUMBER, "时")),
        ("哪个街道拿了奖?", Asked(Kind.NAME)),
        ("调解品牌叫什么?", Asked(Kind.NAME)),
        ("什么时候开始试点的?", Asked(Kind.DATE)),
        ("有哪些不足?", Asked(Kind.LIST)),
        ("分哪四个步骤?", Asked(Kind.LIST)),
        ("这份报告是哪天发布的?", Asked(Kind.METADATA)),
        ("年报的文号是什么", Asked(Kind.METADATA)),
        ("总结是哪个单位写的?", Asked(Kind.METADATA)),
        ("怎么化解行政争议?", Asked(Kind.DESCRIPTIVE)),
        ("", Asked(Kind.DESCRIPTIVE)),
    ],
)
def test_the_form_of_answer(question: str, form: Asked) -> None:
    assert asked(question) == form


def test_an_event_with_a_date_is_not_the_reports_date() -> None:
    assert asked("哪天发布了管理办法?").kind is Kind.DATE
