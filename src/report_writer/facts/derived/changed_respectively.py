"""Changes that a list gives one for each of several things: “许可、处罚分别较上年下降20%、上升25%”."""

import re

from report_writer.facts.derived.changed_names import count_named
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.text.frames import Item, split_names

RESPECTIVE = re.compile(r"分别|依次|各自")
# “由5126件升至5317件”: right before where a change has led.
LED_TO = re.compile(r"(?:至|到|(?<!幅)(?:[增降减升涨跌]|增加|减少|降低|下降|上升|提高)[为成])\s*$")


def changed_in_its_place(item: Item, context: Context) -> Link | None:
    """“许可、处罚分别较上年下降20%、上升25%”: the name, or the count, in the place of the change."""
    said = list(RESPECTIVE.finditer(item.lead))[-1]
    begin = item.start - len(item.lead)
    place = 0
    counts: list[Item] = []
    for previous in item.earlier():
        if previous.start >= begin + said.start():
            place += 1
        elif previous.quantity is not None:
            counts.insert(0, previous)
    moved = [c for c in counts if LED_TO.search(c.before)]
    if len(moved) > 1:
        # NOTE: “许可由5126件升至5317件，处罚由452件降至408件，同比分别…”: each is of where a change has led.
        counts = moved
    head = re.split(r"[，；：]", item.lead[: said.start()])[-1]
    head = re.sub(r"(?:同比|环比|(?:较|比|与|和|同)(?:上|去|20).*)$", "", head)
    names = [name for name in split_names(head) if name.strip()]
    if len(names) >= 2:
        named = count_named(names[place]) if place < len(names) else None
        return Link((named,)) if named is not None else None
    run = next((i.respective for i in reversed(counts) if i.respective), [])
    if not run and RESPECTIVE.search(item.left) and item.clause[0] <= begin + said.start():
        run = _as_many(item, place, counts)
    return context.links.get(id(run[place])) if place < len(run) else None


def _as_many(item: Item, place: int, counts: list[Item]) -> list[Item]:
    """“许可118件，处罚46件，分别增长18%和15%”: the last counts, as many as there are changes."""
    wanted, following = place + 1, item.following
    while following is not None and following.start < item.clause[1]:
        wanted += following.quantity is not None
        following = following.following
    return counts[-wanted:] if wanted > 1 and len(counts) >= wanted else []
