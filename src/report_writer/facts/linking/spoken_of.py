"""Counts of what was asked or posted about decisions: they are not the decisions of table two."""

import re

from report_writer.facts.linking.lexicon import REQUEST_HINT
from report_writer.facts.text.frames import Item


def part_of_requests(item: Item) -> bool:
    """“收到申请10件，其中涉及规划许可3件”: what the requests were about."""
    parts = re.search(r"其中|涉及|包括", item.lead)
    return bool(
        parts and "决定" not in item.label and REQUEST_HINT.search(item.lead, 0, parts.start())
    )


_POSTS = re.compile(
    r"信息(?!公开申请)|发布|推送|网站|公众号|公示|刊发|稿|动态|(?<!信息)公开(?!申请)"
)
_SORTED = re.compile(r"其中|包括|包含|涵盖|分为|[（(：]")


def part_of_posts(item: Item) -> bool:
    """“门户信息876条，其中许可办理结果247条”: what was posted about decisions, not the decisions."""
    opens = [m.start() for m in _SORTED.finditer(item.lead)]
    if not opens or "决定" in item.label:
        return False
    heads = (re.split(r"[，；：（(]", item.lead[:at].rstrip("，；："))[-1] for at in opens)
    return any(
        re.search(r"\d", head) and _POSTS.search(head) and not REQUEST_HINT.search(head)
        for head in heads
    )
