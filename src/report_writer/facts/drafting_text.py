"""What a draft may not contain outside its slots (design 5.4): figures and figure-like claims.

Two doors: the grammar (quantities, claims, masks of the wrong kind) and a dumber test beside it – any
numeral character left outside the list of ordinary words – so that one blind spot cannot open both.
"""

import re
from dataclasses import dataclass

from report_writer.facts.text.claims import ClaimKind, find_claims
from report_writer.facts.text.masks import NUMERAL
from report_writer.facts.text.normalise import normalise
from report_writer.facts.text.quantities import read_numerals


@dataclass(frozen=True, slots=True)
class Violation:
    """Something a draft must not say by itself: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str
    kind: str
    message: str


_KINDS = {
    "url": "网址",
    "email": "电子邮箱",
    "phone": "电话号码",
    "hotline": "热线号码",
    "postcode": "邮政编码",
    "address": "门牌或楼层",
    "clock": "时刻",
    "date": "日期或年份",
    "edition": "版本年份",
    "named day": "日期",
    "duration": "时长或期限",
    "threshold": "数量界限",
    "document number": "文号",
    "rank": "名次",
}
_ALLOWED_MASKS = frozenset(
    {
        "word",
        "list marker",
        "slogan",
        "system",
        "structure",
        "article",
        "decree",
        "ordinal",
        "place name",
    }
)
# 国办公开办函〔2021〕30号 and 第711号 are named by the prompt itself; other numbers of documents are not.
_KNOWN_DOCUMENT = re.compile(r"〔2021〕\s?30\s?号|第?\s?711\s?号")
_DEADLINE = re.compile(r"20个?工作日")
_BOAST = re.compile(
    r"首次|首个|首创|首家|第一名|排名第一|位居[^，。；]{0,6}第一|领先|名列前茅|居于?前列|走在前列|率先"
)
_COUNTED = re.compile(
    r"未(?:收到|接到|收取|发生|产生|出现|制发|作出|受理|新收|接获|结转)|[无零](?:件|申请|结转|逾期|超期|收费)|没有(?:收到|发生|产生|出现)|空白|为零|持平"
)


def forbidden_in_draft(text: str, *, year: int) -> list[Violation]:
    """Return what a model wrote that only a slot may say, in order of the text.

    `text` is the draft with its slots replaced by a neutral character; `year` the report's year, the
    only one a draft may name.
    """
    plain = normalise(text)
    masks, quantities = read_numerals(text, year)
    found: list[Violation] = []

    def add(start: int, end: int, kind: str, message: str) -> None:
        if not any(v.start < end and start < v.end for v in found):
            found.append(
                Violation(start, end, text[start:end], kind, message.format(text[start:end]))
            )

    for quantity in quantities:
        add(
            quantity.start, quantity.end, "quantity", "槽位以外不得出现数量“{}”，数字只能由槽位给出"
        )
    for mask in masks:
        quote = plain[mask.start : mask.end]
        if mask.kind in _ALLOWED_MASKS or _is_allowed(mask.kind, quote, year):
            continue
        name = _KINDS.get(mask.kind, "数字")
        add(mask.start, mask.end, mask.kind, f"槽位以外不得出现{name}“{{}}”")
    for claim in find_claims(text, year=year):
        if claim.kind is ClaimKind.TREND:
            add(claim.start, claim.end, "trend", "槽位以外不得作增减比较“{}”")
        elif claim.kind is ClaimKind.ZERO and (_COUNTED.search(claim.text) or _denies(claim.text)):
            add(claim.start, claim.end, "zero", "槽位以外不得作零值断言“{}”，改用给定的槽位")
        elif claim.kind is ClaimKind.UNIVERSAL and _generalises(claim.text):
            add(claim.start, claim.end, "universal", "槽位以外不得作全称断言“{}”")
    for boast in _BOAST.finditer(plain):
        add(*boast.span(), "boast", "没有依据，不得写“{}”")
    taken = [(m.start, m.end) for m in masks] + [(q.start, q.end) for q in quantities]
    for char in NUMERAL.finditer(plain):
        if not any(start <= char.start() < end for start, end in taken):
            add(char.start(), char.end(), "numeral", "槽位以外出现数字字符“{}”")
    for digit in re.finditer(r"\d+", plain):
        if not _digit_allowed(plain, digit, masks, year):
            add(*digit.span(), "numeral", "槽位以外出现数字“{}”")
    return sorted(found, key=lambda v: v.start)


def _is_allowed(kind: str, quote: str, year: int) -> bool:
    if kind in {"date", "edition"}:
        years = re.findall(r"(?:19|20)\d{2}", quote)
        return bool(re.fullmatch(r"(?:19|20)\d{2}\s?年(?:度)?", quote)) and years == [str(year)]
    if kind == "document number":
        return bool(_KNOWN_DOCUMENT.search(quote))
    return kind == "duration" and bool(_DEADLINE.search(quote))


_DENIAL = re.compile(
    r"(?:未(?!公开的|经)|无(?!论)|没有|不存在|零)[^，。]{0,8}(?:申请|复议|诉讼|争议|结转|逾期|超期|收费|案件|投诉|规范性文件|处罚|强制)"
    r"|(?:未|不|没有|无)(?:收取|收费|收取任何)|(?:复议|诉讼|申请|结转|处罚|强制)[^，。]{0,6}(?:零|空白|未(?:发生|出现)|没有)"
)
_GENERAL = re.compile(
    r"(?:全部|全都|均|都|皆|悉数|全数|件件)[^，。；]{0,12}"
    r"(?:办结|办理完毕|公开完毕|为自然人|自然人提出|完成答复|按期|按时|予以公开|(?:作出|予以|得到|进行)?(?:答复|回复|反馈))"
)
_WISH = re.compile(r"应当|必须|要求|确保|力求|做到|争取|力争|努力")


def _denies(clause: str) -> bool:
    return bool(_DENIAL.search(clause))


def _generalises(clause: str) -> bool:
    return bool(_GENERAL.search(clause) and not _WISH.search(clause))


def _digit_allowed(text: str, digit: re.Match[str], masks: tuple[object, ...], year: int) -> bool:
    """The dumb door: a run of digits passes only as the report year, a list number, an article or 30号."""
    run, before, after = (
        digit[0],
        text[max(0, digit.start() - 8) : digit.start()],
        text[digit.end() : digit.end() + 4],
    )
    if run == str(year) and after.lstrip().startswith("年"):
        return True
    if (run == "2021" and after.startswith("〕")) or (
        run in {"30", "711"} and after.lstrip().startswith("号")
    ):
        return True
    if run == "20" and after.lstrip("个").startswith("工作日"):
        return True
    if (
        len(run) <= 2
        and (not before.strip() or before[-1] in "。；：:\n（(")
        and after[:1] in tuple(".、)）")
    ):
        return True
    return before.rstrip().endswith(("第", "第（", "第(")) and after[:1] in tuple("条款项号）)")
