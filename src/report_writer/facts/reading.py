"""Read the prose of a report: every mention, linked and judged, once for all rules."""

from dataclasses import dataclass

from report_writer.domain.findings import Mention
from report_writer.facts.sheet import FactSheet


@dataclass(frozen=True, slots=True)
class Reading:
    """The ledger of a report: mentions in text order, without overlap, and what is wrong with them."""

    mentions: tuple[Mention, ...] = ()


def read_report(sheet: FactSheet) -> Reading:
    """Return the ledger of all sections of the sheet's report."""
    return Reading()
