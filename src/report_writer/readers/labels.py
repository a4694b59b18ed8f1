"""Printed labels, read with tolerance: which row, column or table does a text name?

A label is reduced to its core (compatibility forms folded, numbering, punctuation and spaces
gone) and looked up; failing that, the nearest label counts when it is near and no other is nearly
as near. Nothing else is accepted: a label that could be two things is no label.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from report_writer.forms import Form
from report_writer.readers.traditional import simplified

_NUMBERING = re.compile(
    r"^(?:第[一二三四五六]部分[、.,:]?|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,:]|\(?\d{1,2}\)?(?:[、.,:)]|(?=\D)))"
)
_HAN_NUMERAL = re.compile(r"^[一二三四五六七八九十]")
_BRACKETED = re.compile(r"\([^()]*\)")
_NOISE = re.compile(r"[\W_]+")
_LONGEST = 120
_BLOCK_TITLE = re.compile(r"^.{0,12}第二十条第?.{1,6}$")
# Above this length a label is not matched by likeness; from this distance on, two labels are unlike.
_LONGEST_DAMAGED, _FAR = 60, 14
_REMEMBERED = 20_000

# What offices print instead of the official wording (rows of the form → cores).
ROW_VARIANTS: Mapping[str, tuple[str, ...]] = {
    "normative_documents": ("规范性文件", "行政规范性文件件数"),
    "charges": ("行政事业性收费金额", "行政事业性收费万元"),
    "received": ("本年新收申请数量", "新收政府信息公开申请数量", "本年新收政府信息公开申请"),
    "carried_over": (
        "上年结转申请数量",
        "上年度结转政府信息公开申请数量",
        "上年结转政府信息公开申请",
    ),
    "disclosed_in_part": ("部分公开",),
    "withheld.security_and_stability": ("危及三安全一稳定的",),
    "unable_to_provide.not_held": ("本机关不掌握",),
    "not_processed.petition": ("信访举报投诉类",),
    "otherwise_closed.other": ("其他情形",),
    "disposed": ("总计", "合计", "本年度办理结果总计"),
    "carried_forward": ("结转下年度", "结转下年继续办理", "结转下年度办理"),
    "reconsideration": ("行政复议情况",),
    "direct_litigation": ("未经复议直接起诉的",),
    "litigation_after_reconsideration": ("经复议后起诉", "复议后起诉的"),
}
COLUMN_VARIANTS: Mapping[str, tuple[str, ...]] = {
    "issued": ("制发件数", "本年制发数量", "本年制发"),
    "repealed": ("废止件数", "本年废止数量", "本年废止"),
    "in_force": ("现行有效数量", "现行有效"),
    "decisions": ("处理决定数量", "本年处理决定数量", "本年处理决定数"),
    "amount": ("收费金额", "本年收费金额万元"),
    "company": ("商业性企业",),
    "legal_service": ("法律服务组织",),
    "upheld": ("维持",),
    "corrected": ("纠正",),
    "other_outcome": ("其他",),
    "pending": ("尚未审结的", "未审结"),
    "total": ("合计",),
}
OUTCOMES_LABEL = "outcomes"
GROUP_VARIANTS: Mapping[str, tuple[str, ...]] = {
    OUTCOMES_LABEL: ("本年度办理结果", "办理结果"),
    "withheld": ("不予公开",),
    "unable_to_provide": ("无法提供",),
    "not_processed": ("不予处理",),
    "otherwise_closed": ("其他处理",),
}
# Column headings of table three that hold no column of the form themselves.
APPLICANTS_GROUP, ORGANISATION_GROUP, SUBTOTAL = "applicants", "organisations", "subtotal"
HEAD_VARIANTS: Mapping[str, tuple[str, ...]] = {
    APPLICANTS_GROUP: ("申请人情况",),
    ORGANISATION_GROUP: ("法人或其他组织", "法人和其他组织", "法人及其他组织", "法人或者其他组织"),
    SUBTOTAL: ("小计", "法人或其他组织小计", "组织小计", "法人小计"),
}
IGNORED_COLUMNS = frozenset({"序号", "行次", "编号", "备注", "说明", "填写说明", "依据"})


def core(text: str) -> str:
    """Return a label without numbering, punctuation and spaces: （三） 不予公开 → 不予公开."""
    folded = _fold(text)
    return _NOISE.sub("", _NUMBERING.sub("", folded))


def _fold(text: str) -> str:
    """Return a label in compatibility forms and simplified characters, without white space."""
    return simplified("".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split()))


def is_block_title(text: str) -> bool:
    """Whether a text is the title of a block of table two: 第二十条第（五）项."""
    return bool(_BLOCK_TITLE.match(_fold(text)))


@lru_cache(maxsize=20_000)
def _spellings(text: str) -> tuple[str, ...]:
    """Return the cores a printed label may be looked up by, the most literal first."""
    folded = _fold(text)
    bare = _BRACKETED.sub("", _NUMBERING.sub("", folded))
    literal = core(text)
    spellings = [literal, _NOISE.sub("", bare)]
    if _HAN_NUMERAL.match(literal):
        spellings.append(literal[1:])
    return tuple(dict.fromkeys(s for s in spellings if s))


class Labels:
    """A set of labels to recognise: key → its cores."""

    def __init__(self, known: Mapping[str, Iterable[str]]) -> None:
        self._key_of: dict[str, str] = {}
        for key, texts in known.items():
            for text in texts:
                self._key_of.setdefault(core(text), key)
        self._seen: dict[str, str | None] = {}

    def exact(self, text: str) -> str | None:
        """Return the key a text names literally, or None."""
        return next((self._key_of[s] for s in _spellings(text) if s in self._key_of), None)

    def find(self, text: str) -> str | None:
        """Return the key a text names, damaged characters allowed, or None where unclear."""
        if text not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[text] = self.exact(text) or self._nearest(core(text))
        return self._seen[text]

    def _nearest(self, wanted: str) -> str | None:
        if not 4 <= len(wanted) <= _LONGEST_DAMAGED:
            return None
        characters = set(wanted)
        best: dict[str, tuple[int, int]] = {}
        for known, key in self._key_of.items():
            if len(known) < 4:
                continue
            # NOTE: every character of the label that is missing costs one edit; most need no counting.
            missing = len(set(known) - characters)
            distance = (
                _FAR
                if missing > len(known) // 4 + 3
                else Levenshtein.distance(wanted, known, score_cutoff=_FAR)
            )
            best[key] = min(best.get(key, (999, 0)), (distance, len(known)))
        ranked = sorted((d, length, key) for key, (d, length) in best.items())
        if not ranked:
            return None
        distance, length, key = ranked[0]
        clear = len(ranked) == 1 or ranked[1][0] >= distance + 2
        return key if clear and distance <= max(1, length // 4) else None


_GROUPS_BEFORE = ("本年度办理结果", "不予公开", "无法提供", "不予处理", "其他处理")


class RequestRows(Labels):
    """The rows of table three; a group's name printed before a row's is skipped, and none itself."""

    def exact(self, text: str) -> str | None:
        """Return the row a text names literally, with or without the name of its group."""
        if (key := super().exact(text)) is not None:
            return key
        literal = core(text)
        rests = (literal.removeprefix(g) for g in _GROUPS_BEFORE if literal.startswith(g))
        return next(
            (key for rest in rests if rest and (key := super(RequestRows, self).exact(rest))), None
        )

    def find(self, text: str) -> str | None:
        """Return the row a text names, damaged characters allowed; the name of a group is none."""
        return self.exact(text) or (None if _GROUPS.exact(text) else super().find(text))


_GROUPS = Labels(GROUP_VARIANTS)


class FormLabels:
    """The labels of one form: rows and columns per table, outcome groups, headings."""

    def __init__(self, form: Form) -> None:
        self.rows: dict[str, Labels] = {}
        self.columns: dict[str, Labels] = {}
        for table in form.tables:
            kind = RequestRows if table.key == "requests" else Labels
            self.rows[table.key] = kind(
                {
                    row.key: (
                        row.printed[-1],
                        row.short.split("·")[-1],
                        *ROW_VARIANTS.get(row.key, ()),
                    )
                    for row in table.rows
                }
            )
            self.columns[table.key] = Labels(
                {c.key: (c.label, *COLUMN_VARIANTS.get(c.key, ())) for c in table.columns}
            )
        self.groups = _GROUPS
        self.heads = Labels(HEAD_VARIANTS)
        self.litigation = Labels({"litigation": ("行政诉讼", "行政诉讼情况")})
