"""Numbers whose subject stands further off: what each is taken for, in the notation of the ledger."""

from typing import Any

import pytest

from report_writer.facts.reading import read_report
from report_writer.facts.sheet import FactSheet
from report_writer.readers.from_json import report_from_mapping

REQUESTS = {
    "received": {"total": 30, "natural_person": 20, "company": 10},
    "disclosed": {"total": 15},
    "unable_to_provide.not_held": {"total": 15},
    "disposed": {"total": 30},
}
PAST = {
    "received": {"total": 42, "natural_person": 24, "company": 18},
    "disclosed": {"total": 21},
    "unable_to_provide.not_held": {"total": 21},
    "disposed": {"total": 42},
}
PROACTIVE = {
    "rules": {"issued": 2, "repealed": 1, "in_force": 14},
    "normative_documents": {"issued": 6, "repealed": 4, "in_force": 58},
    "licences": {"decisions": 1200},
    "penalties": {"decisions": 480},
}
PAST_PROACTIVE = {
    "rules": {"in_force": 13},
    "normative_documents": {"in_force": 56},
    "licences": {"decisions": 1100},
    "penalties": {"decisions": 400},
}
REMEDIES = {
    "direct_litigation": {"total": 10, "upheld": 10},
    "litigation_after_reconsideration": {"total": 30, "upheld": 30},
}
LITIGATION = "remedies/direct_litigation/total + remedies/litigation_after_reconsideration/total"


def read(text: str) -> FactSheet:
    mapping: dict[str, Any] = {
        "year": 2023,
        "agency": {"name": "示例市商务局", "kind": "department"},
        "blank_is_zero": True,
        "tables": {"proactive": PROACTIVE, "requests": REQUESTS, "remedies": REMEDIES},
        "facts": [
            {"label": "公开信息总量", "value": 205, "unit": "条"},
            {"label": "惠农信息", "value": 74, "unit": "条"},
        ],
        "previous": {
            "year": 2022,
            "blank_is_zero": True,
            "tables": {"proactive": PAST_PROACTIVE, "requests": PAST, "remedies": {}},
        },
        "sections": {"overview": text},
    }
    return FactSheet(report_from_mapping(mapping, name="reading"))


@pytest.mark.parametrize(
    ("text", "quote", "status", "meant"),
    [
        # a change behind a list of what nobody has counted
        (
            "新收公开申请30件，窗口9件、邮寄21件，总量较上年减少12件。",
            "12件",
            "derived",
            "change_count(requests/received/total)",
        ),
        # the rate beside the count it repeats
        (
            "作出行政许可1200件，同比增加100件、9.1%。",
            "9.1%",
            "derived",
            "change_rate(proactive/licences/decisions)",
        ),
        # documents at the turn of the year
        (
            "现行规章由上年末的13件变为14件。",
            "13件",
            "bound",
            "previous/proactive/rules/in_force",
        ),
        ("现行规章由上年末的13件变为14件。", "14件", "bound", "proactive/rules/in_force"),
        (
            "行政规范性文件年初56件，新增6件、失效4件，年末58件。",
            "6件",
            "bound",
            "proactive/normative_documents/issued",
        ),
        # last year's value and the way to this year's
        (
            "收到公开申请30件，予以公开15件，较上年减少6件，占办结量的比重由50%变为50%。",
            "50%",
            "derived",
            "share(last_year:requests/disclosed/total, last_year:requests/disposed/total)",
        ),
        (
            "行政诉讼40件，半数以上为复议后起诉。",
            "半数以上",
            "derived",
            f"share(remedies/litigation_after_reconsideration/total, {LITIGATION})",
        ),
        # what remains of registered facts
        (
            "全年公开信息总量205条，惠农信息74条，余下131条为党建、安全等内容。",
            "131条",
            "derived",
            "facts/公开信息总量 - facts/惠农信息",
        ),
        # offices, and shares by whom nobody has counted
        ("收到公开申请30件，经15个科室会审后提供。", "15个", "unaccounted", None),
        ("受理公开申请30件，网络渠道占八成以上。", "八成以上", "unaccounted", None),
        ("受理公开申请30件，现场等候6分钟。", "6分钟", "unaccounted", None),
    ],
)
def test_a_number_is_taken_for(text: str, quote: str, status: str, meant: str | None) -> None:
    mention = next(m for m in read_report(read(text)).mentions if m.quote == quote)
    assert mention.status == status
    assert (mention.formula or ",".join(mention.facts) or None) == meant
