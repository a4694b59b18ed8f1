"""What a model may not write outside its slots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_writer.facts.drafting_text import forbidden_in_draft


@pytest.mark.parametrize(
    "text",
    [
        "一是健全工作制度，二是强化业务培训。",
        "进一步统一标准，压实第一责任人职责，严格执行三审三校制度。",
        "2023年，我局认真落实《中华人民共和国政府信息公开条例》，扎实推进各项工作。",
        "坚持以公开为常态、不公开为例外，做到应公开尽公开。",
        "主动公开方面，□。依申请公开方面，□。",
        "（一）主动公开\n（二）依申请公开",
        "各科室均明确专人负责，信息发布前均经三级审核，未经审查不得发布。",
        "部分栏目更新不够及时，没有形成合力，人员变动频繁。",
        "无论主动公开还是依申请公开，均应当依法办理，力争全部按期答复。",
        "依据国办公开办函〔2021〕30号，自收到之日起20个工作日内答复。",
        "下一步将从以下方面改进，补齐短板，提高第一时间回应的能力。",
    ],
)
def test_official_prose_passes(text: str) -> None:
    assert forbidden_in_draft(text, year=2023) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全年举办培训两次。", "quantity"), ("开展活动三场", "quantity"), ("公开信息百余条", "quantity"),
        ("按时办结率百分之百", "quantity"), ("申请同比增长较快", "trend"), ("较上年有所增加", "trend"),
        ("与上年持平", "trend"), ("所有申请全部按期答复", "universal"), ("申请人均为自然人", "universal"),
        ("全部予以公开", "universal"), ("全年未收到政府信息公开申请", "zero"), ("无行政复议", "zero"),
        ("行政诉讼零发生", "zero"), ("没有收取信息处理费", "zero"), ("在全省首次实现网办", "boast"),
        ("监督电话0379-65001234", "phone"), ("详见www.example.gov.cn", "url"), ("邮箱a@example.com", "email"),
        ("2022年制定方案", "date"), ("将于2024年推进", "date"), ("反映到12345热线", "hotline"),
        ("在一个月内整改", "duration"), ("位列全市第三名", "rank"),
    ],
)  # fmt: skip
def test_figures_and_claims_are_stopped(text: str, kind: str) -> None:
    violations = forbidden_in_draft(text, year=2023)
    assert violations
    assert kind in {violation.kind for violation in violations}


@given(st.integers(0, 10**6), st.sampled_from(["件", "条", "次", "", "%", "万元", "余份"]))
def test_no_number_gets_through(number: int, unit: str) -> None:
    text = f"全年共完成{number}{unit}。"
    (violation, *_) = forbidden_in_draft(text, year=2023)
    assert text[violation.start : violation.end] == violation.quote
    assert str(number) in violation.quote


@given(
    st.text(
        st.sampled_from(list("我局全年公开0123456789一二三十百千万件次年第号（）。，")), max_size=30
    )
)
def test_every_arabic_digit_is_allowed_by_name_or_stopped(text: str) -> None:
    spans = [(v.start, v.end) for v in forbidden_in_draft(text, year=2023)]
    for index, char in enumerate(text):
        if char.isdigit() and not any(start <= index < end for start, end in spans):
            around = text[max(0, index - 6) : index + 7]
            assert (
                any(mark in around for mark in ("2023年", "20", "第", "30", "711", "（", "。"))
                or index < 3
            )
