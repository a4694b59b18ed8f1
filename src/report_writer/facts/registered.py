"""Registered facts (website posts, trainings …) and the numbers that speak of them.

The score says how much of a fact's label stands near a number: before it counts more than behind it,
its own clause more than the sentence. Words that say little (信息, 公开) weigh little; channels
(网站, 微信) exclude one another. Each fact goes to the number that names it best.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from report_writer.domain.facts import Fact
from report_writer.domain.units import compatible
from report_writer.facts.expressions import PREVIOUS, total
from report_writer.facts.frames import Item
from report_writer.facts.linking import Link

# Ways to write the same thing → one token. Weight 0.35: says little; 1: a channel.
_SYNONYMS: tuple[tuple[str, str, float], ...] = (
    (
        "W",
        r"(?:政府|门户|官方|局|单位|部门)*(?:门户网站|政府网站|官方网站|网站|官网|门户|网上)",
        1.0,
    ),
    ("X", r"(?:政务)?(?:微信公众号|公众号|微信号|官方微信|官微|微信)(?:平台)?", 1.0),
    ("B", r"(?:政务)?(?:微博|博文)", 1.0),
    ("D", r"抖音(?:号)?|快手|短视频|视频号", 1.0),
    (
        "P",
        r"发布|公布|发稿|刊载|刊登|刊发|登载|推送|更新|发送|挂出|推出|晒出|推发|主动公开|公开|刊出|上线|披露",
        0.35,
    ),
    ("I", r"(?:政府|政务)?信息|内容|消息|稿件|推文|图文|文章|作品|条目|总量|数量|类", 0.35),
    ("H", r"举办|召开|组织|开展|举行|安排|承办|办理", 0.35),
    ("T", r"培训|轮训|集训|训", 1.2),
    ("G", r"粉丝|关注(?:人数|数)?|订阅", 1.2),
    ("V", r"阅读|浏览|点击|访问|观看|播放|收看", 1.2),
    ("S", r"满意", 1.2),
    ("Y", r"上(?:一)?年(?:度)?(?:同期)?|去年(?:同期)?", 1.0),
    (
        "",
        r"[的了数量共计约有及和与、“”\s]|全年|本年(?:度)?|年度|当年|累计|合计|率|[件条次篇期场个]",
        0.0,
    ),
)
_TOKEN = re.compile(
    "|".join(f"(?P<t{i}>{p})" for i, (_, p, _) in enumerate(_SYNONYMS)) + r"|(?P<char>.)", re.S
)
_CHANNELS = frozenset("WXBD")
_ZONES = ((1.0, "before"), (0.8, "after"), (0.75, "left"), (0.55, "lead"))
THRESHOLD = 0.5
STRONG = 0.72


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[tuple[str, float], ...]:
    """Return the tokens of a label or a context with their weights; single characters weigh 1."""
    found: list[tuple[str, float]] = []
    for match in _TOKEN.finditer(text):
        if match["char"]:
            if match["char"].isalnum():
                found.append((match["char"], 1.0))
        else:
            name, _, weight = _SYNONYMS[int(str(match.lastgroup)[1:])]
            if name:
                found.append((name, weight))
    return tuple(found)


@lru_cache(maxsize=8192)
def _context(text: str) -> tuple[frozenset[str], frozenset[str]]:
    names = [name for name, _ in tokens(text)]
    return frozenset(names), frozenset(a + b for a, b in zip(names, names[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Match:
    """A number, a fact and how well the words around the number name the fact."""

    score: float
    item: Item
    fact: Fact


def score(item: Item, fact: Fact) -> float:
    """Return 0…1: how much of the fact's label stands near the number."""
    label = tokens(fact.label)
    whole = sum(weight for _, weight in label)
    if not whole:
        return 0.0
    names = [name for name, _ in label]
    own = _context(item.label)[0] & _CHANNELS
    wanted = set(names) & _CHANNELS
    if own and (not wanted or not own & wanted) and not (wanted == set() and len(names) > 3):
        return 0.0
    if (
        "Y" in names
        and "Y" not in _context(item.left)[0]
        and not re.search(r"20\d\d年|[０-９]{4}年", item.left)
    ):
        return 0.0
    zones = (
        (1.0, item.label),
        (0.8, item.after),
        (0.75, item.left if item.named is None else item.label),
        (0.5, item.lead),
    )
    best = [0.0] * len(label)
    for factor, text in zones:
        singles, pairs = _context(text)
        for index, (name, weight) in enumerate(label):
            if name not in singles:
                continue
            long = len(name) > 1 or name.isupper()
            paired = (
                long
                or (index and names[index - 1] + name in pairs)
                or (index + 1 < len(names) and name + names[index + 1] in pairs)
                or len(names) == 1
            )
            best[index] = max(best[index], weight * factor * (1.0 if paired else 0.6))
    return sum(best) / whole


def assign(items: list[Item], facts: tuple[Fact, ...]) -> dict[int, Link]:
    """Return id(item) → link for the numbers that name a registered fact."""
    matches: list[Match] = []
    for fact in facts:
        if fact.id.startswith(PREVIOUS):
            continue
        for item in items:
            quantity = item.quantity
            if (
                quantity is None
                or quantity.value is None
                or not compatible(quantity.unit, fact.unit)
            ):
                continue
            value = score(item, fact)
            if value >= THRESHOLD:
                bonus = 0.03 if quantity.unit == fact.unit else 0.0
                matches.append(Match(value + bonus, item, fact))
    matches.sort(key=lambda m: (-m.score, m.item.start))
    links: dict[int, Link] = {}
    taken: dict[str, float] = {}
    for match in matches:
        if id(match.item) in links or match.score < taken.get(match.fact.id, 0.0) * 0.97:
            continue
        taken.setdefault(match.fact.id, match.score)
        links[id(match.item)] = Link(
            (total(match.fact.id),), match.score >= STRONG, True, f"{match.score:.2f}"
        )
    return links
