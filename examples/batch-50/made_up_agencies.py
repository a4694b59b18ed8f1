"""Made-up agencies: a few bodies of the state, one province, its cities, counties and townships."""

from dataclasses import dataclass
from itertools import islice
from itertools import product as combinations

PROVINCE = "沧岭省"
NATIONAL = ("国家湿地保护局", "国家盐湖资源局", "国家竹藤产业局", "国家河口管理局")
CITIES = tuple(
    f"{a}{b}"
    for a, b in zip("青沅岚澄云梧霁芷汀棠溪朗榆泽", "梧宁川浦台陵阳江源岭口原州湖", strict=True)
)
COUNTY_FIRST, COUNTY_LAST = "望石柏桃砚竹鹿枫白莲", "溪桥湾坪亭塘泉山城河"
TOWNS = (
    "上坪镇", "下河镇", "东岭乡", "西塘镇", "南湾乡", "北山镇", "高桥镇", "大洲乡",
    "小溪镇", "双泉镇", "石鼓乡", "长亭镇", "柳林镇", "杨家集乡", "河口街道", "新城街道",
)  # fmt: skip
# trade → (名称, 简称, 主动公开量的倍数)：有的机关办件多，有的几乎没有。
TRADES: dict[str, tuple[str, float]] = {
    "housing": ("住房和城乡建设局", 2.0),
    "resources": ("自然资源局", 2.0),
    "education": ("教育局", 0.3),
    "health": ("卫生健康委员会", 1.0),
    "labour": ("人力资源和社会保障局", 0.8),
    "market": ("市场监督管理局", 3.0),
    "traffic": ("交通运输局", 1.5),
    "water": ("水务局", 0.4),
    "farming": ("农业农村局", 0.6),
    "commerce": ("商务局", 0.1),
    "culture": ("文化广电和旅游局", 0.3),
    "civil": ("民政局", 0.3),
    "emergency": ("应急管理局", 0.6),
    "ecology": ("生态环境局", 0.8),
    "audit": ("审计局", 0.0),
    "statistics": ("统计局", 0.0),
    "finance": ("财政局", 0.1),
    "justice": ("司法局", 0.1),
    "forestry": ("林业局", 0.4),
    "veterans": ("退役军人事务局", 0.0),
    "planning": ("发展和改革委员会", 0.3),
    "industry": ("工业和信息化局", 0.1),
    "enforcement": ("城市管理综合执法局", 2.5),
    "medical": ("医疗保障局", 0.2),
}
# share of a batch, in the order of the list; what a short list leaves over goes to the counties.
SHARES = {
    "national": 0.02,
    "province": 0.04,
    "city": 0.2,
    "city_office": 0.02,
    "county": 0.4,
    "county_office": 0.04,
    "township": 0.28,
}


@dataclass(frozen=True)
class MadeUp:
    """One agency: its fields in the report file, its trade, and how large its figures are (1 = a county)."""

    name: str
    short_name: str
    self_reference: str
    kind: str
    level: str
    superior: str
    trade: str
    size: float
    activity: float

    def fields(self) -> dict[str, str]:
        """Return `agency` of the report file."""
        keys = ("name", "short_name", "self_reference", "kind", "level", "superior")
        return {key: getattr(self, key) for key in keys}


def agencies(count: int) -> list[MadeUp]:
    """Return `count` agencies of every kind, each name once. ValueError where there are not so many."""
    pools = {key: list(islice(pool, count)) for key, pool in _pools().items()}
    wanted = {key: min(round(count * share), len(pools[key])) for key, share in SHARES.items()}
    for key in ("county", "township", "city", "national"):
        missing = count - sum(wanted.values())
        wanted[key] = max(0, min(wanted[key] + missing, len(pools[key])))
    if sum(wanted.values()) != count:
        raise ValueError(f"最多能编{sum(wanted.values())}个机关，要{count}个")
    return [agency for key, number in wanted.items() for agency in pools[key][:number]]


def _pools():
    cities = [(f"{PROVINCE}{city}市", f"{city}市") for city in CITIES]
    names = [a + b for a, b in combinations(COUNTY_FIRST, COUNTY_LAST)]
    # Twelve counties a city, each name of a county once in the province while they last.
    counties = [
        (f"{city[1]}{name}{'区' if i % 3 == 0 else '县'}", "区" if i % 3 == 0 else "县")
        for c, city in enumerate(cities)
        for i, name in enumerate(names[(c * 12 + j) % len(names)] for j in range(12))
    ]
    up = "国务院"
    return {
        "national": (
            MadeUp(n, n[2:], "我局", "department", "national", up, "national", 6.0, 1.0)
            for n in NATIONAL
        ),
        "province": (_department(PROVINCE, "省", "province", t, 4.0) for t in TRADES),
        "city": (_department(city, "市", "city", t, 2.0) for _, city in cities for t in TRADES),
        "city_office": (_office(city, "市", "city", 3.0) for _, city in cities),
        "county": (_department(name, s, "county", t, 1.0) for name, s in counties for t in TRADES),
        "county_office": (_office(name, s, "county", 1.5) for name, s in counties),
        "township": (
            MadeUp(
                f"{name}{town}{'办事处' if town.endswith('街道') else '人民政府'}",
                town, "本街道" if town.endswith("街道") else f"我{town[-1]}", "township", "township",
                f"{s}委、{s}政府", "township", 0.3, 0.1,
            )
            for name, s in counties
            for town in TOWNS
        ),
    }  # fmt: skip


def _department(place: str, s: str, level: str, trade: str, size: float) -> MadeUp:
    title, activity = TRADES[trade]
    if level == "province":
        title = title.replace("局", "厅") if trade not in {"statistics", "medical"} else title
    own = "我委" if title.endswith("委员会") else f"我{title[-1]}"
    return MadeUp(
        f"{place}{title}", f"{s}{title}", own, "department", level, f"{s}委、{s}政府", trade, size, activity,
    )  # fmt: skip


def _office(place: str, s: str, level: str, size: float) -> MadeUp:
    return MadeUp(
        f"{place}人民政府办公室", f"{s}政府办", "本办公室", "office", level, f"{s}委、{s}政府", "office", size, 0.0,
    )  # fmt: skip
