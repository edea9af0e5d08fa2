"""Roles: the forms of fixed blocks, labels that count, headings by the whole text."""

from __future__ import annotations

import attrs
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from govreport.headings import chances, counted_labels
from govreport.roles import CUES, roles
from test_outline import LINES, text_blocks


def roled(*lines: str) -> list[str]:
    return [each.role for each in roles(text_blocks(lines)[0])]


def labels(*lines: str) -> list[str | None]:
    return [label.text if label else None for label in counted_labels(text_blocks(lines)[0])]


@pytest.mark.parametrize(
    "text",
    ["各位代表：", "各位代表！", "同志们：", "各位委员、同志们！", "尊敬的各位领导，各位来宾：", "女士们、先生们：", "各位議員：",
     "主席、各位委员：", "尊敬的审判长、人民陪审员同志：", "全体代表：", "诸位同仁:", "各位代表、各位列席人员：",
     "主席、各位議員、各位市民：", "主任、各位副主任、秘书长、各位委员：", "院长、副院长、各位法官：", "各位乡亲父老、市民朋友："],
)  # fmt: skip
def test_salutations(text: str) -> None:
    assert roled(text) == ["salutation"]


@pytest.mark.parametrize(
    "text",
    ["各位代表要认真审议。", "同志们要努力！", "代表建议办理情况：", "各位代表，路要修好！", "委员会主要工作：", "同志们", "总的要求是：",
     "各位代表！去年收成好。", "朋友来了有好酒！", "经济较快增长：", "市长信箱办理情况：", "各位市民要爱护树木！", "会长的话："],
)  # fmt: skip
def test_no_salutations(text: str) -> None:
    assert roled(text) == ["paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "谢谢大家！",
        "谢谢！",
        "谢谢各位代表。",
        "以上报告，请予审议。",
        "此致",
        "敬礼！",
        "報告完畢。",
    ],
)
def test_closings(text: str) -> None:
    assert roled("@", text) == ["paragraph", "closing"]


@pytest.mark.parametrize(
    "text",
    ["名词解释", "名词解释：", "注释", "《工作报告》名词解释", "《政府工作报告》有关用语说明", "附件：名词解释", "《工作报告》注释",
     "有关名词注释", "附注"],
)  # fmt: skip
def test_notes_follow(text: str) -> None:
    assert roled("@", "# " + text, "1．石子：小石头。", "@") == [
        "paragraph",
        "heading",
        "note",
        "note",
    ]


@pytest.mark.parametrize("text", ["情况说明", "做好解释工作", "说明", "注释出版工作"])
def test_no_notes_follow(text: str) -> None:
    assert roled("@", "# " + text, "@") == ["paragraph", "heading", "paragraph"]


def test_notes_heading_is_one_whatever_the_inference_says() -> None:
    assert roled("@", "名词解释", "1．石子：小石头。") == ["paragraph", "heading", "note"]


def test_profile_brings_its_own_forms() -> None:
    cues = attrs.evolve(CUES, salutation=regex.compile("街坊们："))
    assert [each.role for each in roles(text_blocks(["街坊们：", "各位代表："])[0], cues)] == [
        "salutation",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("lines", "want"),
    [
        (["# 一、修路", "# 二、架桥"], ["一、", "二、"]),
        (["# 一、修路", "# =、架桥"], ["一、", "=、"]),
        (["# =、架桥", "# 三、植树"], ["=、", "三、"]),
        (["# =、架桥", "@"], [None, None]),
        (["# （一）修路", "# 〈二〉架桥"], ["（一）", "〈二〉"]),
        (["# 第四节 秋收", "# 第五节日用器具"], ["第四节", "第五节"]),
        (["# 第五节日用器具", "@"], [None, None]),
        (["@", "一，大家都来了。"], [None, None]),
        (["一，大家都来了。", "二，事情也多了。"], ["一，", "二，"]),
        (["@", "五、六年没有回来。"], [None, None]),
        (["1．备料。", "7．七里长街。"], ["1．", None]),
        (["1．备料。", "3．移交。"], ["1．", "3．"]),
        (["# 1、备料", "# 、开工"], ["1、", "、"]),
        (["# 、开工"], [None]),
        (["# （一）备料", "# （）开工"], ["（一）", "（）"]),
    ],
)
def test_labels_that_count(lines: list[str], want: list[str | None]) -> None:
    assert labels(*lines) == want


def test_a_series_lifts_its_weak_members_and_holds_down_its_strong_ones() -> None:
    sure = text_blocks(["# 一、修路", "? 二、架桥", "# 三、植树"])[0]
    assert chances(sure, counted_labels(sure))[1] > 0.5
    weak = text_blocks(["0.1 1．修路", "0.6 2．架桥", "0.1 3．植树"])[0]
    assert chances(weak, counted_labels(weak))[1] < 0.5


def test_hinted_headings_stay() -> None:
    assert roled("@", "0.99 要求是：修路，架桥")[1] == "heading"


@given(LINES)
def test_probabilities(lines: list[str]) -> None:
    for each in roles(text_blocks(lines)[0]):
        assert 0 <= each.probability <= 1


@given(LINES)
def test_no_block_is_lost(lines: list[str]) -> None:
    blocks = text_blocks(lines)[0]
    assert [each.block for each in roles(blocks)] == blocks


@given(
    st.lists(
        st.text(min_size=1, max_size=30).filter(lambda s: s.strip() == s and "\n" not in s),
        max_size=8,
    )
)
def test_total(lines: list[str]) -> None:
    texts = [line for line in lines if line.splitlines() == [line]]
    assert len(roles(text_blocks(texts)[0])) == len(texts)
