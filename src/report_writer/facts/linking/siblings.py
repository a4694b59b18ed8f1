"""What the other names of a 分别 list leave for one of its numbers."""

from report_writer.facts.linking.lexicon import REQUESTS
from report_writer.facts.text.frames import Item


def part_has_its_own(item: Item) -> bool:
    """“公开、部分公开、不掌握分别为4件、3件、1件”: what was disclosed in part is counted by itself."""
    others = (other for other in item.respective if other is not item)
    return any(m[2] == "disclosed_in_part" for o in others for m in REQUESTS.matches(o.label))
