"""The report file (contract 1) as frozen values."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from unicodedata import category

from pydantic import Field

from report_writer.domain.cells import Frozen, Tables

SCHEMA = "report-writer/report/1"
_UNSAFE = frozenset('\\/:*?"<>|')
# Controls, and marks that are not seen or turn the reading direction around in a file manager.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# File systems hold 255 bytes a name; the longest ending, the year and a partial file's mark fit beside this.
_MAX_STEM = 180


class AgencyKind(StrEnum):
    """What kind of body reports; decides topics and how a scope difference is judged."""

    DEPARTMENT = "department"
    OFFICE = "office"
    GOVERNMENT = "government"
    TOWNSHIP = "township"


class AgencyLevel(StrEnum):
    """Administrative level."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class Scope(StrEnum):
    """Whose figures these are: the body's own, or summed over all bodies below it."""

    OWN = "own"
    AGGREGATE = "aggregate"


class Topic(StrEnum):
    """What the clerk's notes are about; the first five are the topics of 总体情况 (30号)."""

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    INFORMATION_MANAGEMENT = "information_management"
    PLATFORM = "platform"
    OVERSIGHT = "oversight"
    PROBLEMS = "problems"
    IMPROVEMENTS = "improvements"
    OTHER_MATTERS = "other_matters"


class Agency(Frozen):
    """The reporting body."""

    name: str = Field(min_length=1)
    short_name: str | None = None
    self_reference: str | None = None
    kind: AgencyKind | None = None
    level: AgencyLevel | None = None
    superior: str | None = None

    @property
    def names(self) -> str:
        """Every name it goes by, a line each."""
        names = (self.name, self.short_name, self.self_reference)
        return "\n".join(name for name in names if name)


class RegisteredFact(Frozen):
    """A figure the clerk vouches for that stands in no table. `value` is a count or an amount in `unit`."""

    label: str = Field(min_length=1)
    value: Decimal
    unit: str = ""
    source: str = ""
    scope: Scope | None = None


class ProcessingFee(Frozen):
    """信息处理费: notices issued, amount charged, amount collected. Never the same as `charges`."""

    notices: Decimal | None = None
    charged: Decimal | None = None
    collected: Decimal | None = None
    unit: str = "元"


class Acceptance(Frozen):
    """A finding the office has looked at and explains instead of fixing."""

    code: str
    at: str
    reason: str = Field(min_length=1)


class PreviousYear(Frozen):
    """Last year's figures and text; `tables` is None where the file gives none."""

    year: int
    form: str
    tables: Tables | None = None
    facts: tuple[RegisteredFact, ...] = ()
    sections: Mapping[str, str] = Field(default_factory=dict)


class AnnualReport(Frozen):
    """One agency's report for one year.

    `tables` is None where the source had no tables at all. `sections` holds the prose; an absent
    key is not assessed, an empty string is a missing section. One line is one paragraph.
    """

    form: str
    year: int
    agency: Agency
    scope: Scope | None = None
    tables: Tables | None = None
    facts: tuple[RegisteredFact, ...] = ()
    notes: Mapping[Topic, tuple[str, ...]] = Field(default_factory=dict)
    previous: PreviousYear | None = None
    sections: Mapping[str, str] = Field(default_factory=dict)
    processing_fee: ProcessingFee | None = None
    accepted: tuple[Acceptance, ...] = ()
    # What a reader wants to say about the source as a whole (修订已按接受读取 …): shown as advice.
    remarks: tuple[str, ...] = ()
    # The three tables as printed in a source whose `tables` come from elsewhere (check --figures).
    printed: Tables | None = None

    @property
    def self_reference(self) -> str:
        """How the body calls itself in its report."""
        return self.agency.self_reference or "本机关"

    @property
    def slug(self) -> str:
        """The file name stem `<agency>-<year>`, safe on every platform and at most 180 bytes long.

        A longer name is cut and gets a mark of its whole, so that two long names stay apart.
        """
        name = self.agency.name
        safe = "".join("_" if c in _UNSAFE or category(c) in _INVISIBLE else c for c in name)
        safe = safe.strip(" .") or "报告"
        data = safe.encode()
        if len(data) > _MAX_STEM:
            mark = hashlib.sha256(name.encode()).hexdigest()[:8]
            safe = f"{data[: _MAX_STEM - 9].decode(errors='ignore')}_{mark}"
        return f"{safe}-{self.year}"
