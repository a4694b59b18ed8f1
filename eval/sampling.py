"""Balanced tables, last year's tables and a register, drawn from a seeded generator.

Most real reports are small: many bodies receive nothing at all, a few thousands of requests. Every
identity printed on the form holds, and last year's carried-forward is this year's carried-over.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from eval.truths import APPLICANTS, OUTCOMES, REMEDIES, RESULTS, Known

_PLACES = (
    "云岭",
    "沙河",
    "青原",
    "临浦",
    "石桥",
    "大安",
    "桐川",
    "望江",
    "北屏",
    "丰谷",
    "凤台",
    "南津",
)
_OFFICES = (
    "教育", "财政", "民政", "水利", "交通运输", "文化和旅游", "医疗保障", "审计", "自然资源", "生态环境",
    "农业农村", "市场监督管理", "应急管理", "统计", "司法",
)  # fmt: skip
_SIZES = (
    (0.34, 0, 0), (0.14, 1, 3), (0.24, 4, 30), (0.19, 31, 400), (0.09, 401, 6000),
)  # fmt: skip

# label in the register, how the text may call it, unit, range
POSTS = (
    ("政府网站发布信息", "条"),
    ("门户网站公开信息", "条"),
    ("主动公开政府信息", "条"),
)
OTHER_FACTS: tuple[tuple[str, str, int, int], ...] = (
    ("政务微信推送信息", "条", 20, 2600),
    ("政务微博发布信息", "条", 12, 1800),
    ("政策解读材料", "篇", 2, 60),
    ("新闻发布会", "场", 1, 40),
    ("政务公开业务培训", "期", 1, 12),
    ("参训人员", "人次", 20, 900),
    ("承办建议提案", "件", 2, 160),
    ("政府公报", "期", 4, 12),
    ("公众号粉丝", "人", 800, 90000),
    ("网站访问量", "次", 5000, 4000000),
    ("政务公开专区", "个", 1, 30),
)


@dataclass(frozen=True)
class Case:
    """The figures of one body for one year. Table values are keyed by address."""

    year: int
    agency: dict[str, str]
    self_reference: str
    cells: dict[str, Decimal]
    previous: dict[str, Decimal] | None
    register: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
    previous_register: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
    sparse: bool = False

    @property
    def known(self) -> Known:
        """The figures as the truths read them."""
        return Known(
            self.cells,
            self.previous,
            {label: value for label, (value, _) in self.register.items()},
            {label: value for label, (value, _) in self.previous_register.items()},
        )

    def mapping(self, sections: dict[str, str]) -> dict[str, Any]:
        """Return the report file (contract 1) with these sections."""
        data: dict[str, Any] = {
            "schema": "report-writer/report/1",
            "year": self.year,
            "agency": dict(self.agency),
            "scope": "own",
            "tables": _nested(self.cells, sparse=self.sparse),
            "facts": _facts(self.register),
            "sections": sections,
        }
        if self.sparse:
            data["blank_is_zero"] = True
        if self.previous is not None:
            data["previous"] = {
                "year": self.year - 1,
                "form": "ogi_2021",
                "tables": _nested(self.previous, sparse=False),
                "facts": _facts(self.previous_register),
            }
        return data


def draw_case(rng: Random) -> Case:
    """Return one balanced case."""
    kind = rng.choice(
        ("township", "township", "department", "department", "department", "government", "ministry")
    )
    size = _size(rng, kind)
    with_previous = rng.random() < 0.6
    requests = _requests(rng, size)
    cells = requests | _remedies(rng, size) | _proactive(rng, kind)
    previous = _last_year(rng, cells, size) if with_previous else None
    register, before = _register(rng, size, with_previous)
    return Case(
        year=rng.randint(2022, 2024),
        agency=_agency(rng, kind),
        self_reference=_self_reference(rng, kind),
        cells=cells,
        previous=previous,
        register=register,
        previous_register=before,
        sparse=rng.random() < 0.4,
    )


def _size(rng: Random, kind: str) -> int:
    roll, total = rng.random(), 0.0
    if kind == "township":
        roll *= 0.8
    for share, low, high in _SIZES:
        total += share
        if roll < total:
            return rng.randint(low, high)
    return rng.randint(401, 6000)


def _agency(rng: Random, kind: str) -> dict[str, str]:
    place = rng.choice(_PLACES)
    if kind == "township":
        name, level = f"{place}县{rng.choice(_PLACES)}{rng.choice('镇乡')}人民政府", "township"
    elif kind == "government":
        level = rng.choice(("city", "county"))
        name = f"{place}{'市' if level == 'city' else '区'}人民政府"
    elif kind == "ministry":
        name, level = (
            f"国家{rng.choice(('地质', '海洋', '粮食', '林草', '航道'))}管理局",
            "national",
        )
    else:
        level = rng.choice(("city", "county"))
        name = f"{place}{'市' if level == 'city' else '区'}{rng.choice(_OFFICES)}局"
    named = {"ministry": "department"}.get(kind, kind)
    return {"name": name, "kind": named, "level": level}


def _self_reference(rng: Random, kind: str) -> str:
    return rng.choice(
        {
            "township": ("镇政府", "本机关", "我镇"),
            "government": ("本机关", "本级政府"),
            "department": ("我局", "本机关", "全局"),
            "ministry": ("本机关", "我局"),
        }[kind]
    )


def _split(rng: Random, total: int, weights: list[float]) -> list[int]:
    counts = [0] * len(weights)
    for index in rng.choices(range(len(weights)), weights, k=min(total, 400)):
        counts[index] += 1
    if total > 400:
        scaled = [c * total // 400 for c in counts]
        scaled[counts.index(max(counts))] += total - sum(scaled)
        counts = scaled
    return counts


def _requests(rng: Random, size: int) -> dict[str, Decimal]:
    one_type = size and rng.random() < (0.6 if size <= 3 else 0.15)
    weights = (
        [1.0, 0, 0, 0, 0, 0]
        if one_type
        else [8, rng.uniform(0.5, 3), 0.2, 0.4, rng.uniform(0, 1), 0.2]
    )
    received = _split(rng, size, weights)
    carried = max(1, size // 20) if size and rng.random() < 0.45 else 0
    carried_over = _split(rng, carried, weights)
    pool = [a + b for a, b in zip(received, carried_over, strict=True)]
    late = rng.random() < 0.5 and size > 1
    forward = [sum(rng.random() < 0.06 for _ in range(n)) if n < 300 else n // 25 for n in pool]
    if not late:
        forward = [0] * 6
    table: dict[str, list[int]] = {row: [0] * 6 for row in OUTCOMES}
    chosen = rng.sample(OUTCOMES[2:], k=min(len(OUTCOMES) - 2, 1 + size // 5))
    names = ["disclosed", "disclosed_in_part", *chosen, "unable_to_provide.not_held"]
    likely = [6.0, 1.5, *(rng.uniform(0.2, 1.2) for _ in chosen), 3.0]
    for column in range(6):
        for row, count in zip(
            names, _split(rng, pool[column] - forward[column], likely), strict=True
        ):
            table[row][column] += count
    disposed = [p - f for p, f in zip(pool, forward, strict=True)]
    table |= {
        "received": received,
        "carried_over": carried_over,
        "disposed": disposed,
        "carried_forward": forward,
    }
    cells: dict[str, Decimal] = {}
    for key, values in table.items():
        for applicant, value in zip(APPLICANTS, values, strict=True):
            cells[f"requests/{key}/{applicant}"] = Decimal(value)
        cells[f"requests/{key}/total"] = Decimal(sum(values))
    return cells


def _remedies(rng: Random, size: int) -> dict[str, Decimal]:
    cells: dict[str, Decimal] = {}
    for row in REMEDIES:
        busy = rng.random() < (0.06 if size < 4 else 0.55)
        counts = (
            _split(rng, rng.randint(1, max(1, min(60, size // 8))), [5, 1, 2, 1])
            if busy
            else [0] * 4
        )
        for column, count in zip(RESULTS, counts, strict=True):
            cells[f"remedies/{row}/{column}"] = Decimal(count)
        cells[f"remedies/{row}/total"] = Decimal(sum(counts))
    return cells


def _proactive(rng: Random, kind: str) -> dict[str, Decimal]:
    cells: dict[str, Decimal] = {}
    maker = kind == "ministry" or (kind == "government" and rng.random() < 0.5)
    rules = (rng.randint(0, 6), rng.randint(0, 4)) if maker else (0, 0)
    norms = (0, 0) if rng.random() < 0.35 else (rng.randint(1, 24), rng.randint(0, 9))
    for row, (issued, repealed) in (("rules", rules), ("normative_documents", norms)):
        stock = issued + (rng.randint(0, 90) if issued or rng.random() < 0.5 else 0)
        if row == "rules" and not maker:
            stock = 0
        for column, value in zip(
            ("issued", "repealed", "in_force"), (issued, repealed, stock), strict=True
        ):
            cells[f"proactive/{row}/{column}"] = Decimal(value)
    for row, high in (("licences", 4000), ("penalties", 900), ("coercive_measures", 60)):
        value = 0 if rng.random() < 0.4 else max(1, int(high ** rng.random()))
        cells[f"proactive/{row}/decisions"] = Decimal(value)
    amount = Decimal(0) if rng.random() < 0.6 else Decimal(rng.randint(50, 90_000)) / 100
    cells["proactive/charges/amount"] = amount
    return cells


def _last_year(rng: Random, now: dict[str, Decimal], size: int) -> dict[str, Decimal]:
    before_size = (
        size if rng.random() < 0.12 else int(size * rng.uniform(0.4, 1.8)) + rng.randint(0, 2)
    )
    cells = _requests(rng, before_size) | _remedies(rng, before_size)
    _carry(cells, now)
    cells |= {a: (v if rng.random() < 0.2 else Decimal(int(v * Decimal(rng.uniform(0.5, 1.6))))) for a, v in now.items() if a.startswith("proactive/") and not a.endswith("amount")}  # fmt: skip
    cells["proactive/charges/amount"] = (
        now["proactive/charges/amount"] + Decimal(rng.randint(0, 500)) / 100
    )
    for row in ("rules", "normative_documents"):
        at = f"proactive/{row}/"
        cells[at + "in_force"] = now[at + "in_force"] - now[at + "issued"] + now[at + "repealed"]
    return cells


def _carry(before: dict[str, Decimal], now: dict[str, Decimal]) -> None:
    """Make last year's carried-forward this year's carried-over and keep last year balanced."""
    for column in (*APPLICANTS, "total"):
        wanted = now[f"requests/carried_over/{column}"]
        change = wanted - before[f"requests/carried_forward/{column}"]
        before[f"requests/carried_forward/{column}"] = wanted
        before[f"requests/received/{column}"] += change
    short = {
        c: -before[f"requests/received/{c}"]
        for c in APPLICANTS
        if before[f"requests/received/{c}"] < 0
    }
    for column, lack in short.items():
        before[f"requests/received/{column}"] += lack
        before[f"requests/disposed/{column}"] += lack
        before[f"requests/disclosed/{column}"] += lack
    for row in ("received", "disposed", "disclosed"):
        before[f"requests/{row}/total"] = sum(
            (before[f"requests/{row}/{c}"] for c in APPLICANTS), Decimal(0)
        )


def _register(
    rng: Random, size: int, with_previous: bool
) -> tuple[dict[str, tuple[Decimal, str]], dict[str, tuple[Decimal, str]]]:
    label, unit = rng.choice(POSTS)
    posts = rng.randint(30, 900) if size < 30 else rng.randint(400, 19_000)
    register = {label: (Decimal(posts), unit)}
    for name, measure, low, high in rng.sample(OTHER_FACTS, k=rng.randint(2, 7)):
        register[name] = (Decimal(int(low * (high / low) ** rng.random())), measure)
    if rng.random() < 0.35:
        register["信息处理费"] = (Decimal(0), "元")
    before: dict[str, tuple[Decimal, str]] = {}
    if with_previous and rng.random() < 0.5:
        before = {label: (Decimal(int(posts * rng.uniform(0.6, 1.5)) + 1), unit)}
    return register, before


def _nested(cells: dict[str, Decimal], *, sparse: bool) -> dict[str, dict[str, dict[str, Any]]]:
    tables: dict[str, dict[str, dict[str, Any]]] = {"proactive": {}, "requests": {}, "remedies": {}}
    for address, value in cells.items():
        table, row, column = address.split("/")
        if sparse and not value:
            continue
        whole = value == value.to_integral_value()
        tables[table].setdefault(row, {})[column] = int(value) if whole else str(value)
    return tables


def _facts(register: dict[str, tuple[Decimal, str]]) -> list[dict[str, Any]]:
    return [
        {"label": label, "value": int(value) if value == int(value) else str(value), "unit": unit}
        for label, (value, unit) in register.items()
    ]
