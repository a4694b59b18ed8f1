"""Denials of the reasons not named before: 余下的拒绝理由未曾援用, 不予公开的其余法定情形没有出现."""

import re

from report_writer.facts.expressions import Expression
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import REQUESTS
from report_writer.facts.linking.statement import Statement
from report_writer.facts.sheet import requests
from report_writer.facts.text.frames import Item
from report_writer.forms.ogi_2021 import OUTCOME_GROUPS

OTHER_REASONS = re.compile(
    r"(?:其[余他它]|余下|剩[余下])(?:的)?(?:各?[项类种])?(?:的)?(?:拒绝|不予公开|不公开|不予处理|无法提供|豁免|法定)?(?:的)?(?:理由|缘由|事由|依据|原因|条款|情形)"
)
_LIST = 120


def of_other_reasons(item: Item, bare: str, context: Context) -> Statement:
    """Nothing for other reasons than those counted before: sure only where the group is named."""
    named = [m[2] for m in REQUESTS.matches(bare) if m[2] in OUTCOME_GROUPS]
    groups = named or [group for group in _groups_before(item, context) if group in OUTCOME_GROUPS]
    if not groups:
        return Statement(())
    stated = tuple((-s, f) for s, f in stated_parts(item, context, groups[0]))
    return Statement((Expression(requests(groups[0]).terms + stated),), strong=bool(named))


def _groups_before(item: Item, context: Context) -> list[str]:
    """Return the groups of the reasons the sentence has counted, the last first."""
    links = (context.links.get(id(previous)) for previous in item.earlier())
    return [link.row.split(".")[0] for link in links if link is not None and "." in link.row]


def stated_parts(item: Item, context: Context, group: str) -> tuple[tuple[int, str], ...]:
    """Return the cells of a group that were counted shortly before."""
    previous, found = item.previous, []
    while previous is not None and previous.start >= item.start - _LIST:
        link = context.links.get(id(previous))
        if link and all(f"/{group}." in fact for fact in link.expression.operands):
            found += list(link.expression.terms)
        previous = previous.previous
    return tuple(found)
