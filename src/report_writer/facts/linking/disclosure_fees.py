"""Fees for disclosure (信息处理费, 检索复制费): they are no 行政事业性收费 of table two.

国办函〔2020〕109号 sets the 信息处理费; the report tells it under 其他需要报告的事项, in words.
"""

import re

PROCESSING_FEE = "信息处理费"
_FEE = re.compile(
    r"处理费|工本费|(?:检索|复制|复印|邮寄|依申请公开|信息公开|公开申请|公开事项)[^，]{0,8}(?:费|分文|一分钱|(?:未|没有?|不|免)(?:另|再|曾)?[收取])"
)
# “未向申请人收取费用”: a charge for a request.
_FROM_APPLICANTS = re.compile(r"(?:向|对)申请[人者方][^，]{0,8}费")
# “信息处理费，本中心分文未收”: the fee is named ahead of the clause that denies it.
_NAMED_AHEAD = re.compile(
    r"(?:处理费|工本费|(?:检索|复制|复印|邮寄)[^，。；]{0,4}费)[^，。；：]{0,8}[，：:](?:全年|本年度?|年内|当年)?\s*$"
)


# … and a clause that names nothing else: “本中心未收取”, “分文未收”, “全年没有发生”.
_NOT_CHARGED = re.compile(
    r"[^，。；\d]{0,6}?(?:均|亦|也)?(?:未|没有?|不|无|分文|一分钱|从未|免)(?:曾|予|再|有)?(?:收|取|征|发生|产生)[^，。；\d]{0,6}"
)


def is_disclosure_fee(text: str, lead: str) -> bool:
    """Whether a clause about fees speaks of those for disclosure; `lead` is its sentence so far."""
    if "事业性" in text:
        return False
    if _FEE.search(text) or _FROM_APPLICANTS.search(text):
        return True
    return bool(_NAMED_AHEAD.search(lead) and _NOT_CHARGED.fullmatch(text) and "申请" not in text)
