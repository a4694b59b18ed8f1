"""The words of labels and of contexts, as tokens: ways to write the same thing are one token (官网, 门户网站).

Words that say little (信息, 发布) weigh little; a single character that is part of no such way stands for itself.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import add

from report_writer.facts.text.screening import compiled

# Ways to write the same thing → one token and its weight. 0.35 says little, 0 nothing.
_SYNONYMS: tuple[tuple[str, str, float], ...] = (
    # Nothing else begins with these; the commonest go first, so that they are soon passed over.
    ("", r"[的了数量共计约有及和与、“”\s]", 0.0),
    ("Q", r"依申请公开|不予公开|部分公开|予以公开|(?:政府|政务)?信息公开|政务公开", 0.6),
    ("W", r"(?:官方)?(?:门户网站|网站|官网|门户|网上)", 1.0),
    ("X", r"(?:政务)?(?:微信公众号|公众号|微信号|官方微信|官微|微信(?!群))(?:平台)?", 1.0),
    ("B", r"(?:官方|政务)?(?:微博|博文)", 1.0),
    ("D", r"(?:官方|政务)?(?:抖音(?:号)?|快手|短视频|视频号)", 1.0),
    (
        "P",
        r"发布|公布|发稿|刊载|刊登|刊发|登载|推送|更新|发送|挂出|推出|晒出|推发|主动公开|公开|刊出|上线|披露|上网",
        0.35,
    ),
    ("I", r"(?:政府|政务)?信息|内容|消息|稿件|推文|图文|文章|作品|条目", 0.35),
    ("H", r"举办|召开|组织|开展|举行|安排|承办|办理", 0.35),
    ("T", r"培训|轮训|集训|办班|训", 1.2),
    ("G", r"粉丝|关注(?:人数|数)?|订阅", 1.2),
    ("V", r"阅读|浏览|点击|访问|观看|播放|收看", 1.2),
    ("S", r"满意", 1.2),
    ("Y", r"上(?:一)?年(?:度)?(?:同期)?|去年(?:同期)?", 1.0),
    ("C", r"累计|历年|以来", 0.8),
    ("N", r"全年|本年(?:度)?|年度|当年|今年", 0.2),
    ("", r"总数|总量|合计|类|率|[件条次篇期场个]", 0.0),
)
_SYNONYM = compiled("|".join(f"({pattern})" for _, pattern, _ in _SYNONYMS))
# Words of any text, and what stands for “how many of it”: 讲座场次, 推文数, 参加人次.
ANYWHERE = frozenset(
    "发放布出开办理业务工作年全各类次条件期场个人和等内外上下中为主新公司市县区镇乡街局共其数量额则却也亦来收到已被由向将得把及依规按据"
)
CHANNELS = frozenset("WXBD")
_VAGUE = frozenset("PIHN")
VAGUE_NOUNS = frozenset("PIH")
TIMES = frozenset("YC")
_NOTHING: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[tuple[str, float], ...]:
    """Return the tokens of a label or a context with their weights; single characters weigh 1."""
    found: list[tuple[str, float]] = []
    last = 0
    for match in _SYNONYM.finditer(text):
        found += [(char, 1.0) for char in text[last : match.start()] if char.isalnum()]
        name, _, weight = _SYNONYMS[(match.lastindex or 1) - 1]
        if name:
            found.append((name, weight))
        last = match.end()
    found += [(char, 1.0) for char in text[last:] if char.isalnum()]
    return tuple(found)


@lru_cache(maxsize=4096)
def bag(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tokens of a text, and the pairs of neighbours among them."""
    if not text:
        return _NOTHING
    names: list[str] = []
    last = 0
    for match in _SYNONYM.finditer(text):
        names += filter(str.isalnum, text[last : match.start()])
        if name := _SYNONYMS[(match.lastindex or 1) - 1][0]:
            names.append(name)
        last = match.end()
    names += filter(str.isalnum, text[last:])
    return frozenset(names), frozenset(map(add, names, islice(names, 1, None)))


def telling_words(text: str) -> frozenset[str]:
    """Return the tokens of a text that say what it is about."""
    return bag(text)[0] - _VAGUE - TIMES


@dataclass(frozen=True, slots=True)
class Label:
    """A fact's label as tokens; `telling` are those that say what it is about.

    `pairs` holds for each token what it makes with its neighbours; None where it stands for itself.
    """

    names: tuple[str, ...]
    weights: tuple[float, ...]
    pairs: tuple[tuple[str, ...] | None, ...]
    telling: frozenset[str]
    channels: frozenset[str]
    whole: float


@lru_cache(maxsize=4096)
def label_of(text: str) -> Label:
    """Return a label read into tokens."""
    found = tokens(text)
    names = tuple(name for name, _ in found)
    around = ("", *names, "")
    pairs = (
        None if len(names) == 1 or name.isupper() else (around[i] + name, name + around[i + 2])
        for i, name in enumerate(names)
    )
    return Label(
        names,
        tuple(weight for _, weight in found),
        tuple(pairs),
        frozenset(names) - _VAGUE,
        CHANNELS.intersection(names),
        max(sum(weight for _, weight in found), 0.7),
    )
