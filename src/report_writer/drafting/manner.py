"""How a draft is to be written: model, profile, seed, what the office prefers."""

from dataclasses import dataclass

from report_writer.domain.report import AgencyKind
from report_writer.drafting.office import PLAIN_OFFICE, Office
from report_writer.drafting.revising import Revision

# What prompts call the body a clerk writes for.
BODIES = {
    AgencyKind.DEPARTMENT: "政府部门",
    AgencyKind.OFFICE: "政府办公室",
    AgencyKind.GOVERNMENT: "人民政府",
    AgencyKind.TOWNSHIP: "乡镇人民政府（街道办事处）",
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a draft is to be written; see `write_draft`."""

    model: str
    reason: str
    profile: str
    seed: int
    steer: str
    send_figures: bool
    name: str
    revision: Revision | None = None
    office: Office = PLAIN_OFFICE

    @property
    def turn(self) -> int:
        """How often a part was done again; 0 for a first draft."""
        return self.revision.number if self.revision else 0
