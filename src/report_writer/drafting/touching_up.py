"""Small slips of a model's paragraph that code can mend without asking again.

All were seen in drafts of the 1.5B: the heading said again as a label or as the subject, a new
statement run on behind a comma, 全年 before what is counted at the end of the year.
"""

import re
from collections.abc import Iterable

from report_writer.drafting.slots import Slot

# What is counted at one moment, and the word that goes before it.
_MOMENTS = {"结转下年度": "年末", "无结转下年度": "年末", "上年结转": "另有"}
_WHOLE_YEAR = "(?:全年|本年度|年内|一年来)"


def touched_up(text: str, title: str, own: str, slots: Iterable[Slot]) -> str:
    """Return a paragraph on one line; `title` is its heading, `own` the agency's word for itself."""
    text = text.replace("\n", "")
    text = re.sub(rf"^{re.escape(title)}(?:工作|方面)?[：:]\s*(?:{re.escape(own)})?", own, text)
    text = re.sub(rf"^{re.escape(title)}(?:工作)?(?=由|按|实行)", own, text)
    text = text.replace(f"，本年度，{own}", f"。本年度，{own}")
    for slot in slots:
        for start, word in _MOMENTS.items():
            if slot.phrase.text.startswith(start):
                text = re.sub(_WHOLE_YEAR + re.escape(slot.token), word + slot.token, text)
    return text
