"""Units of count, money and ratio, and which of them may speak of the same thing.

The counting unit of a request or a post is free (件 条 例 起 宗 项 份 次 stand side by side in
published reports), so units only rule a link out; they never make one.
"""

import re
from decimal import Decimal
from functools import lru_cache

from report_writer.domain.numerals import SCALES

# Counting units that stand for one another: what is counted decides, not the measure word.
ITEMS = frozenset(
    {
        "件",
        "条",
        "例",
        "起",
        "宗",
        "项",
        "份",
        "次",
        "件次",
        "条次",
        "篇",
        "篇次",
        "则",
        "个",
        "期",
        "部",
        "封",
        "桩",
        "单",
        "批",
        "批次",
        "场",
        "场次",
        "本",
        "册",
        "幅",
        "张",
        "户次",
        "轮",
        "号",
        "卷",
        "笔",
        "款",
        "份次",
        "",
    }
)
PEOPLE = frozenset({"人", "人次", "名", "位", "户", "家", "户次"})
MONEY = frozenset({"元"})
RATIO = frozenset({"%", "成", "分之", "‰"})
OTHER = frozenset(
    {
        "处",
        "所",
        "块",
        "台",
        "套",
        "间",
        "辆",
        "辆次",
        "页",
        "字",
        "分",
        "倍",
        "个百分点",
        "个工作日",
        "工作日",
        "百分点",
        "平方米",
        "公里",
        "公顷",
        "亩",
        "吨",
        "米",
        "只",
        "座",
        "支",
        "门",
        "种",
        "类",
        "班",
        "届",
        "站",
        "点",
        "组",
        "队",
        "遍",
        "堂",
        "节",
        "课时",
        "学时",
        "分钟",
        "天",
        "小时",
        "周",
        "人天",
        "面",
        "栏",
        "版",
        "期次",
        "路",
        "村",
        "镇",
        "字次",
        "通",
        "道",
        "盏",
        "棵",
        "头",
        "株",
        "回",
        "趟",
        "栋",
        "幢",
        "箱",
        "袋",
        "副",
        "讲",
        "桌",
        "艘",
        "席",
        "平方公里",
        "立方米",
        "公斤",
        "点位",
        "卷册",
        "家次",
        "站次",
        "层",
        "级",
        "步",
        "项次",
        "集",
        "章",
        "岁",
        "万",
        "卷次",
        "头次",
    }
)
_NAMES = sorted(
    (ITEMS | PEOPLE | MONEY | RATIO | OTHER) - {"", "分之", "成", "%", "‰", "万"},
    key=len,
    reverse=True,
)
UNIT = "(?:" + "|".join(map(re.escape, _NAMES)) + ")"


@lru_cache(maxsize=1024)
def base_unit(unit: str) -> tuple[str, Decimal]:
    """Return a unit without 万 and 亿, and what they multiply by: 万人次 → (人次, 10000)."""
    factor = Decimal(1)
    while unit and unit[0] in SCALES:
        factor *= SCALES[unit[0]]
        unit = unit[1:]
    return unit, factor


@lru_cache(maxsize=4096)
def compatible(one: str, other: str) -> bool:
    """Whether two units may measure the same thing."""
    left, right = base_unit(one)[0], base_unit(other)[0]
    if left == right or (
        left and right and left.removesuffix("次") == right.removesuffix("次") != ""
    ):
        return True
    for group in (MONEY, RATIO):
        if left in group or right in group:
            return left in group and right in group
    if not left or not right:
        return True
    return any(left in group and right in group for group in (ITEMS, PEOPLE)) or {left, right} <= (
        {"处", "个", "家", "所", "块"}
    )
