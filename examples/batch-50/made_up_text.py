"""Finished text for a report (`--finished`): plain sentences whose numbers are those of its tables."""

from random import Random
from typing import Any

from made_up_words import paragraph

Report = dict[str, Any]


def sections(report: Report, rng: Random) -> dict[str, str]:
    """Return preface, overview, problems and other matters."""
    year, own = report["year"], report["agency"]["self_reference"]
    topics = [
        _proactive(report, own),
        _on_request(report, own),
        f"{own}加强政府信息管理，{_joined(report, 'information_management', '严格发布前审查')}。",
        f"{own}推进公开平台建设，{_joined(report, 'platform', '维护好网站栏目')}。",
        f"{own}做好监督保障，{_joined(report, 'oversight', '落实专人负责')}。",
    ]
    return {
        "preface": f"本报告所列数据的统计期限为{year}年1月1日至12月31日。",
        "overview": "\n".join(topics),
        "problems": paragraph(own, report["notes"]),
        "other_matters": _fee(report),
    }


def wrong_number(report: Report, rng: Random) -> list[list[str]]:
    """Tell another number of new requests than the table; returns what a check owes."""
    told = report["tables"]["requests"]["received"]["total"]
    text = report["sections"]["overview"]
    wrong = text.replace(f"新收政府信息公开申请{told}件", f"新收政府信息公开申请{told + 4}件")
    if wrong == text:
        return []
    report["sections"]["overview"] = wrong
    return [["NUM101", "error", "overview"]]


def _joined(report: Report, topic: str, otherwise: str) -> str:
    return "，".join(report["notes"].get(topic, [])) or otherwise


def _proactive(report: Report, own: str) -> str:
    table = report["tables"]["proactive"]
    parts = [f"{fact['label']}{fact['value']}{fact['unit']}" for fact in report["facts"]]
    documents = table["normative_documents"]["issued"]
    text = f"{own}依法做好主动公开，{_joined(report, 'proactive', '及时更新公开目录')}。全年{'，'.join(parts)}。"
    if isinstance(documents, int) and documents:
        text += f"制发行政规范性文件{documents}件。"
    done = [
        f"作出{name}决定{table[row]['decisions']}件"
        for row, name in (("licences", "行政许可"), ("penalties", "行政处罚"))
        if isinstance(table[row]["decisions"], int) and table[row]["decisions"]
    ]
    return text + (f"全年{'，'.join(done)}。" if done else "")


def _on_request(report: Report, own: str) -> str:
    rows = report["tables"]["requests"]
    received, over = rows["received"]["total"], rows["carried_over"]["total"]
    disposed, forward = rows["disposed"]["total"], rows["carried_forward"]["total"]
    if not received and not over:
        return f"{own}依申请公开渠道畅通，全年未收到政府信息公开申请。"
    text = f"{own}规范办理依申请公开，{_joined(report, 'on_request', '按时答复')}。"
    text += f"全年新收政府信息公开申请{received}件，上年结转{over}件，"
    text += f"本年度办理结果总计{disposed}件，结转下年度继续办理{forward}件。"
    if disposed:
        text += f"其中，予以公开{rows['disclosed']['total']}件，部分公开{rows['disclosed_in_part']['total']}件。"
    return text


def _fee(report: Report) -> str:
    fee = report.get("processing_fee")
    if fee is None:
        return "本年度未收取信息处理费。"
    if not fee["notices"]:
        return "本年度未发出信息处理费收费通知，未收取信息处理费。"
    return (
        f"本年度发出信息处理费收费通知{fee['notices']}件，通知金额{fee['charged']}元，"
        f"实际收取{fee['collected']}元。"
    )
