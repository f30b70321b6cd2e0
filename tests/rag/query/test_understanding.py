from datetime import date

import pytest

from index.types import Document
from rag.errors import QuestionError
from rag.query import Query, Surroundings, understand
from rag.query.comparison import Comparison
from rag.query.kinds import Kind
from rag.types import Question
from tests.rag.examples import ALL, HAIMEN, LINPING, TAISHUN, WENLING, document


def read(text: str, **filters: object) -> Query:
    query, *_ = understand(Question(text, **filters), ALL)  # type: ignore[arg-type] # the fields of Question
    return query


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("温岭有几项业务可以秒办?", (WENLING,)),
        ("泰顺县的道路隐患整治率?", (TAISHUN,)),
        ("浙江的泰顺办了几件?", (TAISHUN,)),
        ("福建的泰顺人能办哪些事", (TAISHUN,)),
        ("浙江省有几家?", (WENLING, TAISHUN, LINPING)),
        ("主动公开了多少条?", ALL),
        ("2020年收了几件?", (HAIMEN,)),
        ("平安建设怎么做的?", ALL),
    ],
)
def test_regions_and_years_choose_the_reports(text: str, documents: tuple[Document, ...]) -> None:
    query = read(text)
    assert query.documents == documents
    assert query.refusal is None
    assert query.scoped == (documents != ALL)
    assert query.open == (len(documents) > 1)


def test_what_chose_the_reports_is_not_searched_for() -> None:
    assert read("温岭2021年有几项业务可以秒办?").search == "有几项业务可以秒办?"
    assert read("温岭?").search == "温岭?"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("余杭区2022年收了几件行政复议?", "余杭区"),
        ("武清2020年罚了多少?", "武清"),
        ("温岭2023年主动公开了多少条政府信息?", "2023"),
        ("泰顺2019年办结几件?", "2019"),
    ],
)
def test_a_region_or_year_without_a_report_is_refused_by_name(text: str, said: str) -> None:
    query = read(text)
    assert query.refusal is not None
    assert said in query.refusal
    assert query.documents == ()


def test_a_plan_for_the_next_year_is_asked_of_the_report_before() -> None:
    query = read("温岭2022年要从哪四个方向发力?")
    assert (query.documents, query.year, query.refusal) == ((WENLING,), 2022, None)
    assert query.asked.kind is Kind.LIST


def test_the_year_before_is_asked_of_the_report_after() -> None:
    query = read("温岭2020年镇街考核占几分?")
    assert (query.documents, query.year) == ((WENLING,), 2020)


def test_a_year_without_a_report_is_looked_for_in_the_plans_before_it() -> None:
    query = read("温岭2022年主动公开了多少条政府信息?")
    assert (query.documents, query.year) == ((WENLING,), 2022)
    assert query.reason == "没有温岭2022年的报告，温岭的报告是2021年的"


def test_several_regions_are_answered_one_by_one() -> None:
    query = read("泰顺和临平各学了几回法?")
    assert [(p.label, p.documents) for p in query.parts] == [("泰顺", (TAISHUN,)), ("临平", (LINPING,))]
    assert len(read("哪些报告里讲到枫桥?").parts) == 4
    assert [p.documents for p in read("温岭和余杭各办了几件?").parts] == [(WENLING,), ()]  # a blank for 余杭


def test_years_named_together_are_answered_one_by_one() -> None:
    later = document("泰顺2", "330329", 2024)
    (query,) = understand(Question("泰顺2023年到2025年各办了几件?"), (*ALL, later))
    assert [(p.label, p.documents) for p in query.parts] == [
        ("泰顺2023年", (TAISHUN,)),
        ("泰顺2024年", (later,)),
        ("2025年", ()),
    ]


def test_what_is_compared_asks_each_report_for_its_figure() -> None:
    query = read("五份报告里谁的民主法治村最多?")
    assert (query.compared, query.asked.kind, len(query.parts)) == (Comparison.MOST, Kind.NUMBER, 4)
    assert query.search == "民主法治村有多少?"
    assert read("温岭一共办了多少件?").compared is None


def test_our_city_and_last_year_are_what_the_settings_say() -> None:
    here = Surroundings("温岭", today=date(2022, 6, 1))
    (query,) = understand(Question("我市去年主动公开了多少条?"), ALL, None, here)
    assert query.documents == (WENLING,)
    assert query.text == "我市2021年主动公开了多少条?"
    assert query.search == "我市主动公开了多少条?"
    (query,) = understand(Question("我市比去年多公开了多少条?"), ALL, None, here)
    assert query.year is None
    (query,) = understand(Question("我市公开了多少条?"), ALL, None, Surroundings("余杭区"))
    assert query.refusal == "没有余杭区的报告"
    assert read("我市公开了多少条?").open


def test_a_false_premise_is_named() -> None:
    assert read("温岭2023年公开了多少条?").refusal == "没有温岭2023年的报告，温岭的报告是2021年的"


def test_full_width_and_traditional_characters_are_read_as_the_reports_write() -> None:
    query = read("溫嶺２０２１年主動公開了多少條?")
    assert query.documents == (WENLING,)
    assert query.text == "温岭2021年主动公开了多少条?"


def test_filters_are_never_widened() -> None:
    assert read("办结几件?", region="浙江", year=2022).documents == (LINPING,)
    assert read("办结几件?", region="江苏", year=2022).refusal == "所选的范围内没有报告"
    assert read("温岭办结几件?", region="江苏").documents == ()
    chosen = understand(Question("办结几件?", report="泰顺"), ALL, TAISHUN)[0]
    assert chosen.documents == (TAISHUN,)
    assert chosen.scoped
    with pytest.raises(QuestionError, match="火星"):
        read("办结几件?", region="火星")


@pytest.mark.parametrize("text", ["", "  \n", "问" * 2001])
def test_what_is_no_question(text: str) -> None:
    with pytest.raises(QuestionError):
        read(text)


@pytest.mark.parametrize("text", ["谢谢", "好的,谢谢!", "你好", "嗯嗯"])
def test_thanks_are_no_question(text: str) -> None:
    with pytest.raises(QuestionError, match="关于报告的问题"):
        read(text)


@pytest.mark.parametrize("text", ["温岭", "2021年?", "泰顺县2023年"])
def test_a_bare_name_asks_for_the_whole_report(text: str) -> None:
    assert read(text).asked.kind is Kind.OVERVIEW
    assert read("温岭有几项?").asked.kind is Kind.NUMBER
