"""Paragraphs that are nearly the same in several reports."""

from typing import Any

from report_writer.domain.cells import Frozen
from report_writer.domain.findings import Span

SCHEMA = "report-writer/copies/1"


class CopyMember(Frozen):
    """A paragraph of one report; `likeness` to the first of its cluster, 0 to 1."""

    agency: str
    year: int
    source: str
    at: Span
    likeness: float


class CopyCluster(Frozen):
    """Paragraphs that are alike, the one the others are compared with first."""

    members: tuple[CopyMember, ...]

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies of the cluster, each once, in order."""
        return tuple(dict.fromkeys(member.agency for member in self.members))


class Copies(Frozen):
    """All clusters of a batch, largest first; `method` says in Chinese how they were found."""

    clusters: tuple[CopyCluster, ...]
    paragraphs: int
    method: str

    def of(self, source: str) -> tuple["Copy", ...]:
        """Return what a check of one report is told: its paragraphs that others have too."""
        found = []
        for cluster in self.clusters:
            for member in cluster.members:
                if member.source != source:
                    continue
                others = tuple(a for a in cluster.agencies if a != member.agency)
                if others:
                    least = min(m.likeness for m in cluster.members)
                    found.append(Copy(at=member.at, others=others, likeness=least))
        return tuple(found)

    def wire(self) -> dict[str, Any]:
        """Return the JSON object `report-writer/copies/1`."""
        return {"schema": SCHEMA, **self.model_dump(mode="json")}


class Copy(Frozen):
    """A paragraph of a report that other agencies have too; `likeness` is the least in the cluster."""

    at: Span
    others: tuple[str, ...]
    likeness: float
