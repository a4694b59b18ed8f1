"""Turns of phrase that deny a cell of the form without its words: 登记簿上空空如也, 查封扣押一次未用.

They are data (`facts/data/turns.toml`); here they are found in a clause. Which cell they deny is for
`facts.linking.turns` to say.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from report_writer.facts.text.wordlists import wordlist

_PARTS = {
    "applicant": r"(?:企业|公司|商家|律师(?:事务)?所?|律所|高校|科研(?:机构|院所|单位)|社会组织|社会团体|公益组织|法律服务机构)",
    "cases": r"(?:行政)?(?:复议|诉讼|应诉|官司)(?:[、和与及或]?(?:行政)?(?:复议|诉讼|应诉))?",
    "seizure": r"(?:查封|扣押|冻结|强拆)(?:[、和与及或]?(?:查封|扣押|冻结|强拆))*",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One cell and the ways to deny it: must the text speak of requests, may the denial accuse."""

    says: str
    pattern: re.Pattern[str]
    about: bool
    sure: bool


def _body(entry: dict[str, Any]) -> str:
    body = "|".join(entry["words"])
    for name, part in _PARTS.items():
        body = body.replace(f"{{{name}}}", f"(?:{part})")
    return body


def any_turn() -> re.Pattern[str]:
    """Return a pattern that matches every turn, without what may stand before it."""
    return re.compile("|".join(map(_body, wordlist("turns")["turns"])))


@cache
def _turns() -> tuple[Turn, ...]:
    opening = wordlist("turns")["opening"]
    return tuple(
        Turn(
            entry["says"],
            re.compile(f"{opening}(?:{_body(entry)})"),
            entry.get("about", False),
            entry.get("sure", True),
        )
        for entry in wordlist("turns")["turns"]
    )


@lru_cache(maxsize=256)
def turns_in(clause: str) -> tuple[Turn, ...]:
    """Return the turns a whole clause is."""
    return tuple(turn for turn in _turns() if turn.pattern.fullmatch(clause))


# A time or a reason in front of a turn stands outside the claim.
_CUT = re.compile(
    r"(?:于是|因此|因而|故|岁末|年[末底终]|全年|整年|终年|年内|本年度?|当年(?!的|件|申请|清|即))+"
)


def without_time(clause: str) -> int:
    """Return how many characters of a turn's clause say only when or why."""
    lead = _CUT.match(clause)
    return lead.end() if lead and turns_in(clause[lead.end() :]) else 0
