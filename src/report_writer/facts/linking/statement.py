"""What a digit-less claim says of the cells, as formulas."""

from dataclasses import dataclass, replace

from report_writer.facts.expressions import Expression, a_year_before


@dataclass(slots=True)
class Statement:
    """A claim understood: alternatives of which one must be 0 (`sign` 0), above 0 or below 0.

    No expressions: about a statutory matter, but not decidable from the tables. A weak one confirms
    and never accuses.
    """

    expressions: tuple[Expression, ...]
    sign: int = 0
    registered_label: str = ""
    # Must be 0 as well where it is known: “无依申请公开事项” leaves no room for last year's either.
    also: tuple[Expression, ...] = ()
    strong: bool = True
    of_last: bool = False  # weak only as long as the count just before is no confirmed total


def of_last_year(statement: Statement) -> Statement:
    """Return a statement about the same cells of the year before."""
    past = tuple(map(a_year_before, statement.expressions))
    # NOTE: what must be 0 as well, or stands in the register, is of this year.
    return replace(statement, expressions=past, also=(), registered_label="")
