import pytest

from rag.query.comparison import Comparison, comparison, for_each


@pytest.mark.parametrize(
    ("question", "compared"),
    [
        ("五份报告里谁的民主法治村最多?", Comparison.MOST),
        ("泰顺和临平哪个的败诉率更低?", Comparison.LEAST),
        ("泰顺比临平多几个民主法治村?", Comparison.DIFFERENCE),
        ("综合执法事项最多的和最少的差多少项?", Comparison.DIFFERENCE),
        ("泰顺和临平加起来多少件?", Comparison.SUM),
        ("两地的纠纷里临平占多大比例?", Comparison.SHARE),
        ("把三个地方的意见数从多到少排一下", Comparison.RANK),
        ("调解成功率泰顺和临平各是多少?", None),
    ],
)
def test_what_is_compared(question: str, compared: Comparison | None) -> None:
    assert comparison(question, several=True) is compared


def test_a_total_of_one_report_is_no_comparison() -> None:
    assert comparison("温岭一共公开了多少条?", several=False) is None


# As `understand` hands them over: the names of regions are out already
@pytest.mark.parametrize(
    ("question", "compared", "asked"),
    [
        ("比多几个民主法治村?", Comparison.DIFFERENCE, "有多少个民主法治村?"),
        ("的调解成功率比高几个百分点?", Comparison.DIFFERENCE, "调解成功率是多少?"),
        ("谁的民主法治村最多?", Comparison.MOST, "民主法治村有多少?"),
        ("调解成功率和各是多少?", None, "调解成功率多少?"),
        ("出庭的比例,和各有多高?", None, "出庭的比例多高?"),
        ("哪些地方聘了监督员?", None, "有没有聘了监督员?"),
        ("哪些报告里讲到自己有“枫桥式”的单位?", None, "有没有“枫桥式”的单位?"),
        ("两边调解的纠纷放一起,占多大比例?", Comparison.SHARE, "两边调解的纠纷有多少?"),
    ],
)
def test_the_question_that_each_report_is_asked(question: str, compared: Comparison | None, asked: str) -> None:
    assert for_each(question, compared) == asked
