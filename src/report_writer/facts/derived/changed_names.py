"""What has changed, where the words before a change name a count of the tables themselves: 本年新收同比增长…."""

import re

from report_writer.facts.expressions import Expression, total
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    PROACTIVE,
    REMEDIES,
    REQUESTS,
)
from report_writer.facts.sheet import remedies, requests
from report_writer.facts.text.frames import Item

# “自然人增加3件”, “企业则减少2件”
_WHO_ALONE = r"(?:\S{2,6}?等)?\S{2,6}?(?:提出|提交)?(?:的|则|也|亦|却)?(?:同比|较上年|比上年|净)?\S{1,2}[加少多长降升]?了?"


# “申请减少4件，办结增加4件”
_ANSWERED = re.compile(r"(?:也|则|而)?(?:办结|答复)(?:申请|的)?(?=[增减多少升降下上])")
# “企业问询带动申请翻番”: what has changed is what was brought about.
_LED_TO = re.compile(r"带动|推动|拉动|促使|致使|使得|引发")


def count_named(text: str) -> Expression | None:
    """Return the count that the words before a rate name themselves: 本年新收同比增长…, 许可决定…增长…."""
    if re.search(r"\d", text) and not re.search(r"20\d\d年", text):
        text = re.sub(r"[^，。；]*\d[^，。；]*$", "", text)
    text = _LED_TO.split(text)[-1]
    if OTHER_MATTERS.search(text):
        return None
    rows = REMEDIES.matches(text)
    if rows:
        return remedies(rows[-1][2])
    found = [m for m in REQUESTS.matches(text) if m[3] and m[2] not in {"handled"}]
    if found and found[-1][2] != "carried_over":
        return requests(found[-1][2])
    decisions = [
        m[2]
        for m in PROACTIVE.matches(text)
        if m[2] in {"licences", "penalties", "coercive_measures"}
    ]
    if decisions:
        return total(f"proactive/{decisions[-1]}/decisions")
    if re.search(r"(?:办结|答复)(?:总)?[量数]", text) or _ANSWERED.match(text):
        return requests("disposed")
    asked = re.search(r"(?:申请|来件|收件)", text)
    columns = [m[2] for m in APPLICANTS.matches(text)]
    if columns and (asked or re.fullmatch(_WHO_ALONE, text)):
        return requests("received", columns[-1])
    if re.search(r"(?:^|[，；])(?:公开申请)?(?:受理|收件|收到)(?:总)?(?:数量|件数|数|量)", text):
        return requests("received")
    if asked and re.search(r"(?:申请|来件|收件)(?:数|量|总量|数量|件数|件(?=同比|较|比))", text):
        return requests("received")
    return None


_IN_FORCE = re.compile(
    r"(?:现行|继续|目前)?有效(?:文件|件数|数量|总数|总量|数)+|(?:文件)?存量|现存(?:文件)?(?:件?数|数量|总数)"
)


def stock_named(text: str, row: str) -> Expression | None:
    """“新制2件，有效文件同比减少3件”: the words before a change name the documents in force; `row` is of which kind."""
    return total(f"proactive/{row}/in_force") if row and _IN_FORCE.search(text) else None


def named_before_bracket(item: Item) -> Expression | None:
    """“增量主要来自企业（多6件）”: the applicant that stands before the bracket of a change."""
    ahead, opened, _ = item.lead.rpartition("（")
    found = APPLICANTS.matches(ahead[-_NAME:]) if opened and item.bracketed else ()
    if not found or found[-1][1] < len(ahead[-_NAME:]):
        return None
    return requests("received", found[-1][2])


_NAME = 14
