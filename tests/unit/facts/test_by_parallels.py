"""Counts whose neighbours tell what they count, and the one among them that is wrong."""

from typing import Any

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked

REQUESTS: dict[str, Any] = {
    "received": {
        "natural_person": 612,
        "company": 74,
        "research": 3,
        "public_interest": 2,
        "legal_service": 38,
        "other": 5,
        "total": 734,
    },
    "carried_over": {"total": 29},
    "disclosed": {"total": 241},
    "disclosed_in_part": {"total": 87},
    "unable_to_provide.not_held": {"total": 203},
    "unable_to_provide.needs_creation": {"total": 31},
    "unable_to_provide.unclear_after_supplement": {"total": 14},
    "disposed": {"total": 731},
    "carried_forward": {"total": 32},
}
REMEDIES: dict[str, Any] = {
    "reconsideration": {
        "upheld": 31,
        "corrected": 5,
        "other_outcome": 4,
        "pending": 5,
        "total": 45,
    },
    "direct_litigation": {"upheld": 14, "pending": 4, "total": 18},
    "litigation_after_reconsideration": {"upheld": 12, "pending": 1, "total": 13},
}
PROACTIVE: dict[str, Any] = {
    "normative_documents": {"issued": 12, "repealed": 9, "in_force": 141},
    "rules": {"issued": 1, "repealed": 0, "in_force": 8},
}
TABLES = {"requests": REQUESTS, "remedies": REMEDIES, "proactive": PROACTIVE}

# The text with its wrong numbers in brackets, and the cells they should have been held against.
WRONG = [
    (
        "203件因本机关不掌握、[13件]因需加工汇总、14件因补正后仍指向不明而未能提供。",
        ["requests/unable_to_provide.needs_creation/total"],
    ),
    (
        "商业企业、科研机构、社会公益组织、法律服务机构分别提出74件、3件、[38件]、[2件]。",
        ["requests/received/public_interest/total", "requests/received/legal_service/total"],
    ),
    (
        "复议方面，结果维持31件，结果纠正[4件]，其他结果[5件]，尚未审结5件。",
        ["remedies/reconsideration/corrected", "remedies/reconsideration/other_outcome"],
    ),
    ("复议案中，[15件]被纠正，31件获维持。", ["remedies/reconsideration/corrected"]),
    ("诉讼31件，已审结[28件]，未审结5件。", ["remedies/direct_litigation/total"]),
    (
        "[284件]属“无法提供”，其中本机关不掌握203件、需另行制作31件、补正后仍不明确14件。",
        ["requests/unable_to_provide.not_held/total"],
    ),
    ("答复办结[713件]，其中予以公开和部分公开合计328件。", ["requests/disposed/total"]),
    (
        "对规范性文件开展清理，宣布失效[14件]，保留141件。",
        ["proactive/normative_documents/repealed"],
    ),
    ("期初结存29件，本期新增[743件]，本期办结731件，期末结存32件。", ["requests/received/total"]),
    ("诉讼31件，直接提起[13件]，经复议后提起[18件]。", ["remedies/direct_litigation/total"]),
    ("直接起诉[14件]，维持14件，未审结4件。", ["remedies/direct_litigation/total"]),
    (
        "以“不掌握”答复[31件]，以“需另行加工”答复[203件]，补正不明确14件。",
        ["requests/unable_to_provide.not_held/total"],
    ),
    (
        "无法提供以不掌握（[31件]）和需另行加工（[203件]）为主，补正后不明确14件。",
        ["requests/unable_to_provide.not_held/total"],
    ),
    ("公开[328件]；部分公开87件；均由科室答复申请人。", ["requests/disclosed/total"]),
    ("因信息公开被诉[27起]。", ["remedies/direct_litigation/total"]),
    ("收到申请[763件]，加上年没办结29件，共办763件，结转下年32件。", ["requests/received/total"]),
    (
        "维持[13件]、纠正5件、其他结果4件、未结5件，这是全年45件复议案的结果。",
        ["remedies/reconsideration/upheld"],
    ),
    ("共受理申请734件，均已登记。其中涉及征收[400件]、涉及林地[410件]。", []),
]


@pytest.mark.parametrize(("text", "cells"), WRONG)
def test_the_number_that_does_not_fit_its_neighbours_is_told(text: str, cells: list[str]) -> None:
    plain, spans, at = "", [], 0
    for piece in text.replace("]", "[").split("["):
        if at % 2:
            spans.append((len(plain), len(plain) + len(piece)))
        plain, at = plain + piece, at + 1
    result = checked(plain, TABLES)
    told = [m for m in result.mentions if m.status is Status.CONTRADICTED]
    assert [(m.start, m.end) for m in told] == spans
    for mention, cell in zip(told, cells, strict=False):
        assert mention.facts[0] == cell.replace("interest/total", "interest").replace(
            "service/total", "service"
        )


@pytest.mark.parametrize(
    "text",
    [
        "203件因本机关不掌握、31件因需加工汇总、14件因补正后仍指向不明而未能提供。",
        "期初结存29件，本期新增734件，本期办结731件，期末结存32件。",
        "自然人612件、企业74件、律所38件，其余10件。",
        "共受理申请734件，均已登记。其中涉及征收400件、涉及林地310件。",
        "不掌握203件、另行制作31件；热线解答补正问题57件。",
        "不掌握203件、需另行制作31件、补正后不明确14件，上述三种情形小计248件。",
        "街道收到申请41件，本级收到申请26件，总数67件；个人612件，企业74件。",
        "申请登记734件，去年没办完的29件，合计763件。",
        "自然人申请612件；法人79件、律所38件。收到申请734件。",
        "街道收到申请41件，本级收到申请26件，上年结转29件，办结731件，结转下年32件。",
        "复议维持31件、纠正5件，评选优秀纠正案例2件。",
    ],
)
def test_right_numbers_and_those_of_other_things_are_not_accused(text: str) -> None:
    result = checked(text, TABLES)
    assert [m.quote for m in result.mentions if m.status is Status.CONTRADICTED] == []
