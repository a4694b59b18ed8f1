"""Take invisible characters out of what a clerk registers: names, labels, notes.

Zero-width characters hide a word from the checker, direction marks turn 321 into 123 on the page.
The prose of a report stays as it is: findings point into it by offset.
"""

from report_writer.domain.characters import invisible
from report_writer.domain.report import AnnualReport, RegisteredFact

REMARK = "机关信息、工作要点或登记事实中有看不见的字符，已去除"


def without_invisible(report: AnnualReport) -> AnnualReport:
    """Return the report cleaned, with a remark where something was taken out.

    A note of several lines becomes several notes.
    """
    agency = report.agency
    names = ("name", "short_name", "self_reference", "superior")
    cleaned = agency.model_copy(
        update={key: _line(value) for key in names if (value := getattr(agency, key)) is not None}
    )
    facts = tuple(_fact(fact) for fact in report.facts)
    notes = {
        topic: tuple(
            clean for note in lines for line in note.splitlines() if (clean := _line(line))
        )
        for topic, lines in report.notes.items()
    }
    if (cleaned, facts, notes) == (agency, report.facts, dict(report.notes)):
        return report
    hidden = any(map(_hides, _texts(report)))
    remarks = (*report.remarks, REMARK) if hidden else report.remarks
    return report.model_copy(
        update={"agency": cleaned, "facts": facts, "notes": notes, "remarks": remarks}
    )


def _fact(fact: RegisteredFact) -> RegisteredFact:
    keys = ("label", "unit", "source")
    return fact.model_copy(update={key: _line(getattr(fact, key)) for key in keys})


def _texts(report: AnnualReport) -> list[str]:
    return [
        report.agency.name,
        *(text for fact in report.facts for text in (fact.label, fact.unit, fact.source)),
        *(note for lines in report.notes.values() for note in lines),
    ]


def _line(text: str) -> str:
    lines = "".join(c for c in text if not invisible(c)).splitlines()
    return " ".join(lines).strip()


def _hides(text: str) -> bool:
    return any(invisible(c) for c in text)
