import pytest

from rag.extract import short_answer
from rag.query.kinds import asked
from tests.fakes import FakeReader


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        # the words around a figure decide between figures of one unit
        ("秒办的事项有几项?", "梳理“智能秒办”事项59项、掌上“好办”事项347项", "59项"),
        ("直接改错的比例是多少?", "直接纠错率为42.66%,综合纠错率为66.67%", "42.66%"),
        ("走访了多少家企业?", "开展活动,走访企业5000余家,提供讲座210场", "5000余家"),
        ("公开了多少条信息?", "主动公开政府信息29.91万条", "29.91万条"),
        # years, ordinals and names made of digits are no counts
        ("2022年受理了几件?", "2022年,第55次会议部署,“12345”热线受理312件", "312件"),
        ("形成了几支队伍?", "形成“1+8”架构,组建6支队伍", "6支"),
        # of two values of one thing, the one that holds now
        ("现在还剩几支执法队?", "执法队伍由14支压减至8支", "8支"),
        ("原来有几支执法队?", "执法队伍由14支压减至8支", "14支"),
        # the unit asked for
        ("罚款一共多少钱?", "立案104件,罚款728.5万元", "728.5万元"),
        ("等多久?", "法律咨询1.1万次,平均等候17秒", "17秒"),
        # dates and names
        ("什么时候取消的?", "今年9月初,取消水质检测报告", "今年9月初"),
        ("调解品牌叫什么?", "打造“和为贵”调解品牌", "和为贵"),
        ("哪个镇搞了评议?", "由悦来镇开展说理团评议", "悦来镇"),
        ("哪位副市长出庭?", "副市长刘志明出庭应诉", "刘志明"),
    ],
)
def test_the_direct_answer(question: str, sentence: str, short: str) -> None:
    found = short_answer(question, sentence, asked(question))
    assert found == short
    assert found in sentence


def test_a_reading_decides_where_the_words_do_not() -> None:
    sentence = "联合鹿城创新打造“e鹿顺”应用,全市28个单位29179件案件"
    (reading,) = FakeReader("鹿城").read("", [("", sentence)])
    assert short_answer("跟谁一起做的?", sentence, asked("跟谁一起做的?"), reading=reading) == "鹿城"
    (reading,) = FakeReader("29179件").read("", [("", sentence)])
    assert short_answer("处罚案有多少?", sentence, asked("处罚案有多少?"), reading=reading) == "29179件"


@pytest.mark.parametrize(
    ("question", "sentence", "read", "short"),
    [
        ("新能源装机有多大?", "装机规模589万千瓦、居全省第一。", "589万千瓦", "589万千瓦"),  # a unit no rule knows
        ("怎么帮外来工孩子?", "让6.6万“小飞鸥”上好学。", "“小飞鸥”", "小飞鸥"),
        ("演了哪些节目?", "编排《法官进村》、《圈套》等节目", "《法官进村》、《圈套》", "《法官进村》、《圈套》"),
        (
            "怎么做的?",
            "建立健全覆盖全县各个乡镇、街道和部门单位的工作机制。",
            "覆盖全县各个乡镇、街道和部门单位的工作机制",
            None,
        ),
    ],
)
def test_the_readers_own_words(question: str, sentence: str, read: str, short: str | None) -> None:
    (reading,) = FakeReader(read).read("", [("", sentence)])
    assert short_answer(question, sentence, asked(question), reading=reading) == short


def test_without_a_rule_there_is_none() -> None:
    assert short_answer("怎么做的?", "建立机制,办结55件", asked("怎么做的?")) is None
    assert short_answer("办结多少件?", "建立机制", asked("办结多少件?")) is None


def test_time_is_linear_on_hostile_input() -> None:
    for piece in ("1", "“", "1,", "年", "十", "由1支减至"):
        short_answer("有几支?", piece * 20_000, asked("有几支?"))


def test_all_people_are_named_where_several_are_asked_for() -> None:
    sentence = "做法获时任省委书记袁家军,政法委书记王昌荣批示肯定。"
    assert short_answer("哪两位省里领导夸过?", sentence, asked("哪两位省里领导夸过?")) == "袁家军、王昌荣"
    assert short_answer("哪个部门统筹?", "确定16个部门管理领域执法事项划转。", asked("哪个部门统筹?")) is None


def test_the_step_of_a_case_that_was_asked_about() -> None:
    sentence = "共收到行政复议申请55件,受理53件,办结50件。"
    found = {q: short_answer(q, sentence, asked(q)) for q in ("收到几件复议申请?", "受理了几件?", "办结了几件?")}
    assert list(found.values()) == ["55件", "53件", "50件"]
