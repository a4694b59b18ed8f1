"""Every year of a text, asked of each of the ways in which a year can be wrong."""

from collections.abc import Iterator

from report_writer.facts.judging.verdicts import Issue
from report_writer.facts.judging.years import Dated, out_of_place, years_of
from report_writer.facts.judging.years_against import not_the_year_before
from report_writer.facts.judging.years_in_pairs import ill_paired, spread_too_far
from report_writer.facts.judging.years_misplaced import is_set_against, misplaced, named
from report_writer.facts.judging.years_reread import reread
from report_writer.facts.judging.years_to_come import not_yet_come, planned_too_far, still_to_come
from report_writer.facts.text.masks import Mask


def read_years(dated: Dated) -> Iterator[Issue]:
    """Yield an issue for each year that cannot be meant."""
    for mask in dated.masks:
        if mask.kind != "date":
            continue
        years = years_of(dated.text[mask.start : mask.end])
        reason = _reason(dated, mask, years) if years else ""
        if reason:
            quote = dated.raw[mask.start : mask.end]
            yield Issue(
                "NUM103",
                dated.section,
                mask.start,
                mask.end,
                quote,
                f"“{quote}”{reason}，本报告年度为{dated.year}年",
                None,
                str(dated.year),
                str(years[0]),
            )


def _reason(dated: Dated, mask: Mask, years: list[int]) -> str:
    """Say what is wrong with the years of a date, "" where nothing is."""
    if paired := ill_paired(dated.text, mask.start, dated.year):
        return paired
    if "学年" in dated.text[mask.start : mask.end + 2]:
        return ""
    reason = out_of_place(dated, mask, years)
    if reason is not None or len(set(years)) > 1:
        return reason or ""
    place = named(dated.text, mask.start, mask.end, years[0])
    reason = (
        misplaced(place, dated.entries, dated.sheet)
        or not_yet_come(place, dated.year)
        or still_to_come(place, dated.year)
        or planned_too_far(place, dated.year)
        or not_the_year_before(place, dated.entries, dated.year)
        or spread_too_far(dated.text, mask.start, dated.year)
    )
    if reason or (years[0] == dated.year and not is_set_against(place)):
        return reason
    meant = reread(dated.text, mask.start, dated.entries, dated.sheet, dated.section)
    return f"疑为{meant.year}年之误" if meant is not None else ""
