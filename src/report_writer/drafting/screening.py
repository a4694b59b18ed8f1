"""What of the clerk's words is fit to be printed or shown to a model; the rest is set aside and named.

The rules print a note as it stands, so a note has to be a statement: no address to turn to (网址、
电话、邮箱), no markup or code, no foreign text, no instruction to a program. What is set aside stays
in the report file; a warning says which and why. Instructions are found by words and by structure
(who is spoken to, what is taken back, what is said of the text itself): the usual ones, not every
one, and what is missed is still held by slots, vetting and checks.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from report_writer.domain.characters import invisible
from report_writer.domain.report import Agency, AnnualReport, Topic

_FILE = Path(__file__).with_name("data") / "instructions.toml"
NOTE_LIMIT, LABEL_LIMIT, UNIT_LIMIT, NAME_LIMIT = 800, 80, 12, 40
_SHOWN = 30
_DIGITS = "〇零一二三四五六七八九"
_REASONS = {
    "网址": re.compile(
        r"(?:https?|ftp):|www\.|//|(?<![a-z0-9])[a-z0-9-]+"
        r"\.(?:com|cn|net|org|gov|edu|top|xyz|io|info|cc|vip|example)(?![a-z0-9])",
        re.IGNORECASE,
    ),
    "电子邮箱": re.compile(r"[\w.+-]@[\w-]"),
    "电话号码": re.compile(
        r"(?<!\d)1[3-9]\d{9}(?!\d|[万亿]?元)|(?<!\d)\(?0\d{2,3}\)?[-—~ ]*\d{7,8}(?!\d)"
        r"|(?<!\d)400-?\d{3}-?\d{4}(?!\d)|(?:\d[ -]+){6,}\d"
        r"|(?:电话|手机|联系方式|微信|QQ|传真|拨打?)[^,。;]{0,8}?\d[\d -]{4,}\d(?![\d\s]*[条篇次人个名户份件万余多元])"
        rf"|[{_DIGITS}]{{7,}}"
    ),
    "排版符号或程序代码": re.compile(
        r"<\s*[/!?|a-z]|[{}`\\$]|\|.*\||\*\*|\A[#=+@]|\]\(|%\(|==", re.IGNORECASE
    ),
    "外文段落或编码": re.compile(r"(?:[A-Za-z]{2,}[\s,.'-]+){2,}[A-Za-z]{2,}|[A-Za-z0-9+/=_]{16,}"),
}


# A figure in a remark: digits, several Chinese numerals, or one that counts what a report counts. 短一点 and 分两句 stay.
_NUMERALS = _DIGITS + "两十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_FIGURE = re.compile(
    rf"\d[\d.,]*%?|百分之[{_NUMERALS}]+|[{_NUMERALS}]{{2,}}|[{_NUMERALS}](?=[件次元倍名期场成]|人次|万|亿)"
)
_MARKS = "，：；！？（）"
_QUOTED = re.compile(r"[“\"'‘「][^”\"'’」]{1,10}[”\"'’」]")
_NO_REMARK = re.compile(r"[{}<>`$\\]")


@dataclass(frozen=True, slots=True)
class Screened:
    """A report without what is unfit, and a warning for each thing left out.

    A note set aside becomes an empty one, so that the others keep their numbers.
    """

    report: AnnualReport
    warnings: tuple[str, ...]


def screen(report: AnnualReport) -> Screened:
    """Return what of a report may be written about."""
    warnings: list[str] = []

    def fit(text: str, what: str, limit: int, digits: bool = True) -> bool:
        reason = unfit(text, limit) or ("数字" if not digits and re.search(r"\d", text) else "")
        if reason:
            shown = text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")
            warnings.append(f"{what}“{shown}”含有{reason}，没有写进草稿，请改写后重新起草")
        return not reason

    notes: dict[Topic, tuple[str, ...]] = {
        topic: tuple(note if fit(note, "工作要点", NOTE_LIMIT) else "" for note in lines)
        for topic, lines in report.notes.items()
    }
    facts = tuple(
        fact
        for fact in report.facts
        if fit(fact.label, "登记事实的名称", LABEL_LIMIT)
        and fit(fact.unit, "登记事实的单位", UNIT_LIMIT)
    )
    agency: Agency = report.agency
    for key, what in (
        ("self_reference", "自称"),
        ("superior", "上级名称"),
        ("short_name", "简称"),
    ):
        value = getattr(agency, key)
        if value and not fit(value, what, NAME_LIMIT, digits=False):
            agency = agency.model_copy(update={key: None})
    if not warnings:
        return Screened(report, ())
    update = {"notes": notes, "facts": facts, "agency": agency}
    return Screened(report.model_copy(update=update), tuple(warnings))


def steering(text: str) -> tuple[str, str]:
    """Return the user's remark as a model may see it, and a warning where figures went; both may be empty.

    A remark is the user's own word and no note: it is not searched for instructions. But it brings
    no number into a draft, no slot, and nothing that is not seen.
    """
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or not invisible(c))
    wide = "".join(c if c in _MARKS else unicodedata.normalize("NFKC", c) for c in seen)
    plain = _NO_REMARK.sub("", wide).strip()[:NOTE_LIMIT]
    kept = _FIGURE.sub("", plain)
    gone = "、".join(dict.fromkeys(match[0] for match in _FIGURE.finditer(plain)))
    warning = f"补充要求里的“{gone}”没有交给模型：草稿里的数字只由数据填入" if gone else ""
    return re.sub(r"\s+", " ", kept).strip(), warning


def unfit(text: str, limit: int) -> str:
    """Return why a text may not be printed, in a word; empty where it may."""
    if len(text) > limit:
        return f"超过{limit}字的内容"
    plain = unicodedata.normalize("NFKC", text).strip()
    for reason, pattern in _REASONS.items():
        if pattern.search(plain):
            return reason
    words = _instructions()
    compact = re.sub(r"\s+", "", plain)
    told = _QUOTED.sub("", compact)
    if (
        any(pattern.search(compact) for pattern in words.patterns)
        or any(pattern.search(told) for pattern in words.structures)
        or words.english.search(plain)
        or words.weight(told) >= words.limit
    ):
        return "给程序的指令"
    return ""


@dataclass(frozen=True, slots=True)
class _Instructions:
    """What speaks to a program: by its words, by its structure, in English, by cues together."""

    patterns: tuple[re.Pattern[str], ...]
    structures: tuple[re.Pattern[str], ...]
    english: re.Pattern[str]
    cues: tuple[tuple[re.Pattern[str], int], ...]
    limit: int

    def weight(self, text: str) -> int:
        """Return the points of all cues of a text that it is about the writing of a text."""
        return sum(points for cue, points in self.cues if cue.search(text))


@cache
def _instructions() -> _Instructions:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, group in data["groups"].items():
            pattern = pattern.replace(f"{{{name}}}", group)
        return re.compile(pattern, re.IGNORECASE)

    return _Instructions(
        tuple(map(compiled, data["patterns"])),
        tuple(map(compiled, data["structures"])),
        compiled(data["english"]),
        tuple(
            (compiled(cue), points)
            for name, points in (("two", 2), ("one", 1))
            for cue in data["cues"][name]
        ),
        data["cues"]["limit"],
    )
