"""Quantities, masks, residue: what is a figure, what is none, and that nothing falls between."""

import json
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_writer.facts.text.masks import apply_masks
from report_writer.facts.text.normalise import normalise
from report_writer.facts.text.quantities import find_quantities, read_numerals, residue
from tests.paths import shared


def spans(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quantities(text, year=2023)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共公开政务动态213条", ["213条"]),
        ("阅读量18,708,325次", ["18,708,325次"]),
        ("粉丝6.4万余人", ["6.4万余人"]),
        ("参与9.2余万人次", ["9.2余万人次"]),
        ("印发百余份，受众上百人次", ["百余份", "上百人次"]),
        ("刊发31339余条", ["31339余条"]),
        ("公开 25 余次", ["25 余次"]),
        ("公文16（份）条", ["16（份）条"]),
        ("动态[284]条", ["[284]条"]),
        ("收到１２件、三宗、两件", ["１２件", "三宗", "两件"]),
        ("约占三分之二，近四成", ["三分之二", "近四成"]),
        ("超过50万次，逾30万人，突破5亿次", ["超过50万次", "逾30万人", "突破5亿次"]),
        ("收费0.35万元，即3500元", ["0.35万元", "3500元"]),
        ("满意率98.5％，百分之九十八点五", ["98.5％", "百分之九十八点五"]),
        ("下降3.2个百分点", ["3.2个百分点"]),
        ("全年公示2017条", ["2017条"]),
        ("接待12至15人", ["12至15人"]),
        ("两三个科室", ["两三个"]),
        ("不足一件，至少3次", ["不足一件", "至少3次"]),
        ("自然人 2\n件", ["2\n件"]),
    ],
)  # fmt: skip
def test_span_takes_in_unit_and_approximation(text: str, found: list[str]) -> None:
    assert spans(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "依据《条例》第二十条第（八）项、第711号令和国办公开办函〔2021〕30号",
        "渝府办发【2022】1号、苏发〔2021〕1360-1号、公告2024年第1号",
        "2023年1月1日至12月31日，二〇二三年度，12月下旬，上半年，第三季度",
        "电话：0379-65001234，传真0379—65001235，手机13800138000，热线12345、12369",
        "邮编471000，地址中州路171号3楼，邮箱a_b@example.com，网址http://www.example.com/i?id=123",
        "14:30开始，9时至17时接听，8：30—17：30",
        "医保、低保、救助三类事项，反诈、防火两块，两个平台合计，转3号键，热线12329人工接听",
        "一是抓学习；二是抓落实；三是抓整改",
        "统一部署、进一步压实、第三方评估、第一责任人、一致认可、十分重视、万一",
        "三审三校、双随机、一公开、“一网通办”、“最后一公里”、四个意识、二十大、十九届六中全会",
        "六个方面、三大类、五项制度、一式三份、三级审核、第134届、第五次",
        "20个工作日内答复，公示7天，不少于5日，3个月",
        "（一）主动公开\n1.制度建设\n二、依申请公开",
        "五里桥镇、三单乡、九龙坡区、廿三里街道",
        "网站、公报、公开栏三条渠道，“用工政策”“社保查询”两个子栏目，预算、决算和采购三个栏目",
        "火警请拨12119，87654321热线，公告〔土〕2023-14号，水源地周边50米内，考核采取百分制",
        "全文六章，六部分俱全，把其他处理拆成三栏，四块内容，另需说明三点：如下",
        "到2号窗递交，1号岗受理，短信报警12110，森林火警12119，名单张贴7天",
        "两人会签，3人复核，一式三套，一式两本，每月前10件一律免费，前20页免收",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert spans(text) == []
    assert residue(text, 2023) == []


def test_ordinary_words_are_masked_and_not_listed() -> None:
    masks, _ = apply_masks(normalise("统一由第三方评估，是非一是公开，第三季度完成。"))
    assert [m.kind for m in masks if m.listed] == ["date"]


def test_marks_of_a_list_are_listed() -> None:
    text = "不足：一是图解少；二是更新慢。改进：其一，补录目录。“双公示”按月更新，“村村通”照常。"
    masks, _ = apply_masks(normalise(text))
    assert [text[m.start : m.end] for m in masks if m.listed] == [
        "一是",
        "二是",
        "其一",
        "“双公示”",
        "“村村通”",
    ]


def test_a_number_that_counts_other_than_the_names_before_it_stays_a_figure() -> None:
    for text in (
        "复议、诉讼两件",
        "市图书馆、档案馆两个公开查阅点",
        "教育、卫生、住房两条",
        "口袋书一册",
        "在四处公示栏张贴",
        "三人提出申请",
        "前10件申请",
    ):
        assert len(spans(text)) == 1, text


def test_precision_and_scale() -> None:
    (quantity,) = find_quantities("播放量6.4万余次", year=2023)
    assert (quantity.value, quantity.unit, quantity.amount, quantity.step) == (
        Decimal("6.4"), "万次", Decimal(64000), Decimal(1000),
    )  # fmt: skip
    (quantity,) = find_quantities("公开1200余条", year=2023)
    assert quantity.step == 100
    assert quantity.marked_over
    (quantity,) = find_quantities("占两成", year=2023)
    assert quantity.ratio == Decimal("0.2")


ALPHABET = st.sampled_from(
    list(
        "0123456789０９〇一二三十百千万亿两半廿余多近约超年月日件条次个元%第（）()〔〕号、，。：“”- .和至为收到申请公开其中占《》村一三审\n"
    )
)


@given(st.text(ALPHABET, max_size=60))
def test_spans_slice_and_do_not_overlap(text: str) -> None:
    masks, quantities = read_numerals(text, 2023)
    places = sorted([(m.start, m.end) for m in masks] + [(q.start, q.end) for q in quantities])
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(left[1] <= right[0] for left, right in pairwise(places))
    for quantity in quantities:
        assert any(
            c in "0123456789０９〇一二三十百千万亿两廿半"
            for c in text[quantity.start : quantity.end]
        )


@given(st.text(max_size=80))
def test_normalisation_keeps_the_length(text: str) -> None:
    assert len(normalise(text)) == len(text)
    assert normalise(normalise(text)) == normalise(text)


def test_no_numeral_of_the_development_passages_is_left_over() -> None:
    lines = shared("bench/claims_dev.jsonl").read_text(encoding="utf-8").splitlines()
    for case in map(json.loads, lines[::2]):
        for text in case["report"]["sections"].values():
            assert residue(text, case["report"]["year"]) == [], case["id"]


def test_a_number_inside_a_name_is_no_figure() -> None:
    for text in ("十五分钟便民圈", "二十四节气讲座", "万人评议活动", "5路公交", "315晚会"):
        assert find_quantities(text, year=2023) == []
