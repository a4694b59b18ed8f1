"""Two checkers anyone would write first, measured in the same run.

B0 calls a number right when its value stands anywhere in the tables or the register.
B1 takes, for a few well-known labels, the first number a pattern finds and compares it with the cell.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from eval.running import Alarm, Answer

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_DATE = re.compile(r"\d{4}年|\d+月|\d+日|\d{3,4}-\d+|第\d+|〔\d+〕\d+号|\d+个工作日")
_FIRST: tuple[tuple[str, str], ...] = (
    (
        r"(?:新收|收到|受理)[^，。；\d]{0,18}?(\d+)(?:件|条|宗|起|例|份|项)",
        "requests/received/total",
    ),
    (r"上年(?:度)?结转[^，。；\d]{0,8}?(\d+)", "requests/carried_over/total"),
    (r"结转下年(?:度)?[^，。；\d]{0,8}?(\d+)", "requests/carried_forward/total"),
    (r"办结[^，。；\d]{0,8}?(\d+)(?:件|条|宗|起|例|份|项)", "requests/disposed/total"),
    (r"(?:予以|全部)公开[^，。；\d]{0,4}?(\d+)", "requests/disclosed/total"),
    (r"部分公开[^，。；\d]{0,4}?(\d+)", "requests/disclosed_in_part/total"),
    (r"自然人[^，。；\d]{0,6}?(\d+)", "requests/received/natural_person"),
    (r"企业[^，。；\d]{0,6}?(\d+)", "requests/received/company"),
    (r"行政复议[^，。；\d]{0,8}?(\d+)", "remedies/reconsideration/total"),
    (r"行政许可[^，。；\d]{0,8}?(\d+)", "proactive/licences/decisions"),
    (r"行政处罚[^，。；\d]{0,8}?(\d+)", "proactive/penalties/decisions"),
    (r"规范性文件[^，。；\d]{0,8}?(\d+)", "proactive/normative_documents/issued"),
    (r"现行有效[^，。；\d]{0,12}?(\d+)", "proactive/normative_documents/in_force"),
    (r"(?:未收到|没有收到)[^，。；]{0,12}申请()", "requests/received/total"),
)


def value_anywhere(mapping: Mapping[str, Any]) -> Answer:
    """B0: every number whose value is in no cell and no registered fact is an alarm."""
    values = set(_cells(mapping).values()) | {_decimal(f["value"]) for f in mapping["facts"]}
    alarms = []
    for section, text in mapping["sections"].items():
        masked = [m.span() for m in _DATE.finditer(text)]
        for match in _NUMBER.finditer(text):
            if any(a <= match.start() < b for a, b in masked):
                continue
            if _decimal(match[0].replace(",", "")) not in values:
                alarms.append(_alarm(section, match.start(), match.end() + 1, "B0"))
    return Answer(tuple(alarms), ())


def first_match(mapping: Mapping[str, Any]) -> Answer:
    """B1: first match of each pattern against its cell."""
    cells = _cells(mapping)
    alarms = []
    for section, text in mapping["sections"].items():
        for pattern, address in _FIRST:
            match = re.search(pattern, text)
            if match is None:
                continue
            written = _decimal(match[1] or "0")
            if address in cells and written != cells[address]:
                start = match.start(1) if match[1] else match.start()
                alarms.append(_alarm(section, start, match.end(), "B1", address))
    return Answer(tuple(alarms), ())


def _alarm(section: str, start: int, end: int, code: str, *cells: str) -> Alarm:
    return Alarm(section, start, end, code, "", frozenset(cells))


def _decimal(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _cells(mapping: Mapping[str, Any]) -> dict[str, Decimal | None]:
    return {
        f"{table}/{row}/{column}": _decimal(value)
        for table, rows in mapping["tables"].items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }
