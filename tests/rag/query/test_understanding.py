import pytest

from index.types import Document, Metadata
from rag.errors import QuestionError
from rag.kinds import Kind
from rag.query import Query, completed, understand, years_in
from rag.types import Question, Turn


def document(id: str, region: str, year: int) -> Document:
    return Document(id, f"{id}.txt", f"/r/{id}.txt", Metadata(f"{id}{year}年报告", "", region, year, ()), 100)


WENLING = document("温岭", "331081", 2021)
HAIMEN = document("海门", "320614", 2020)
TAISHUN = document("泰顺", "330329", 2023)
LINPING = document("临平", "330113", 2022)
ALL = (WENLING, HAIMEN, TAISHUN, LINPING)


def read(text: str, **filters: object) -> Query:
    return understand(Question(text, **filters), ALL)  # type: ignore[arg-type] # the fields of Question


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


def test_what_chose_the_reports_is_not_searched_for() -> None:
    assert read("温岭2021年有几项业务可以秒办?").search == "有几项业务可以秒办?"
    assert read("温岭?").search == "温岭?"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("余杭区2022年收了几件行政复议?", "余杭区"),
        ("武清2020年罚了多少?", "武清"),
        ("温岭2022年主动公开了多少条政府信息?", "2022"),
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


def test_several_regions_are_answered_one_by_one() -> None:
    assert read("泰顺和临平各学了几回法?").separate == ((TAISHUN,), (LINPING,))
    assert len(read("哪些报告里讲到枫桥?").separate) == 4


def test_filters_are_never_widened() -> None:
    assert read("办结几件?", region="浙江", year=2022).documents == (LINPING,)
    assert read("办结几件?", region="江苏", year=2022).refusal == "所选的范围内没有报告"
    assert read("温岭办结几件?", region="江苏").documents == ()
    chosen = understand(Question("办结几件?", report="泰顺"), ALL, TAISHUN)
    assert chosen.documents == (TAISHUN,)
    assert chosen.scoped
    with pytest.raises(QuestionError, match="火星"):
        read("办结几件?", region="火星")


@pytest.mark.parametrize("text", ["", "  \n", "问" * 2001])
def test_what_is_no_question(text: str) -> None:
    with pytest.raises(QuestionError):
        read(text)


def test_follow_ups_take_what_is_missing_from_before() -> None:
    history = (Turn("user", "海门2020年仲裁收了多少案子"), Turn("assistant", "15件。"))
    query = understand(Question("结了几件?", history), ALL)
    assert query.documents == (HAIMEN,)
    assert "仲裁" in query.search
    assert query.asked.unit == "件"
    query = understand(Question("那临平呢?", history[:1]), (HAIMEN, LINPING))
    assert query.text == "临平2020年仲裁收了多少案子"
    assert completed("泰顺的复议率是多少?", history)[0] == "泰顺的复议率是多少?"
    assert completed("结了几件?", ()) == ("结了几件?", "结了几件?")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021年和2022年度", [2021, 2022]),
        ("二〇二一年", [2021]),
        ("《纲要(2021-2025年)》和“2023年计划”", []),
        ("电话12021年", []),
        ("没有", []),
    ],
)
def test_years(text: str, years: list[int]) -> None:
    assert years_in(text) == years
