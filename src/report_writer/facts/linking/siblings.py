"""What the other names of a list leave for one of its numbers: 公开 beside 部分公开, 撤回等."""

import re

from report_writer.facts.linking.lexicon import REQUESTS
from report_writer.facts.text.frames import Item

# “主动撤回等4件”, “撤回等其他处理5件”: the reason is but an example of its group.
AND_SUCH = re.compile(
    r"等(?:其[他它])?(?:情形|原因|缘由|缘故|理由|事由|情况|方式)?(?:而|被|依法)*(?:不予公开|无法提供|不予处理|处理|办理|办结)?(?:的)?\s*$"
)


# “能公开的12件，含部分公开3件”
TAKEN_IN = re.compile(r"[，（(]\s?(?:其中)?(?:含|包括|包含|内含)")


def part_has_its_own(item: Item) -> bool:
    """“公开、部分公开、不掌握分别为4件、3件、1件”: what was disclosed in part is counted by itself."""
    others = [other for other in item.respective if other is not item]
    following = item.following
    if (
        following is not None
        and following.start < item.sentence[1]
        and not TAKEN_IN.match(item.rest)
    ):
        # NOTE: “公开3件、区分处理后公开1件”
        others.append(following)
    return any(m[2] == "disclosed_in_part" for o in others for m in REQUESTS.matches(o.label))
