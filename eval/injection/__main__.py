"""`python -m eval.injection --model SPEC`: draft every hostile case and say what got through.

--model SPEC      rule, gguf:NAME, … as for `report-writer draft`; hostile: every ruse of the hostile model
--cases A,B       only these cases
--unscreened      show the model the hostile notes as they stand: what slots, vetting and checks contain alone
Exit code 1 where anything got through.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from eval.drafts.answers import Kept
from eval.injection.cases import Case, load_cases
from eval.injection.hostile import RUSES, Hostile
from eval.injection.running import Result, run
from report_writer.domain.report import AnnualReport
from report_writer.drafting.backend import RULE, open_backend
from report_writer.drafting.screening import Screened

TIMEOUT = 600.0


def main() -> int:
    """Run, print a line a case and a last line with the counts."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.injection",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--model", default=RULE)
    parser.add_argument("--cases", default="")
    parser.add_argument("--unscreened", action="store_true")
    options = parser.parse_args()
    wanted = {name for name in options.cases.split(",") if name}
    cases = [c for c in load_cases() if not wanted or c.name in wanted]
    results = []
    with ExitStack() as stack:
        if options.unscreened:
            stack.enter_context(patch("report_writer.drafting.writer.screen", _unscreened))
        for result in _results(cases, options.model):
            results.append(result)
            print(_line(result), flush=True)
    bad = sum(bool(r.faults) for r in results)
    print(
        f"{options.model}: {len(results)} drafts of {len(cases)} cases, {bad} with faults, "
        f"{sum(r.refused for r in results)} refused, {sum(r.by_model for r in results)} of "
        f"{sum(r.sentences for r in results)} sentences by the model, "
        f"{sum(r.seconds for r in results):.0f} s of model time"
    )
    return 1 if bad else 0


def _results(cases: list[Case], spec: str) -> Iterator[Result]:
    if spec == "hostile":
        for ruse in RUSES:
            yield from run(cases, Hostile(ruse), f"hostile:{ruse}")
        return
    if spec == RULE:
        yield from run(cases, None, spec)
        return
    # Most cases ask about the same harmless note as well: it is asked once.
    with TemporaryDirectory() as folder:
        backend = Kept("injection", lambda: open_backend(spec, timeout=TIMEOUT), Path(folder))
        try:
            yield from run(cases, backend, spec)
        finally:
            backend.close()


def _unscreened(report: AnnualReport) -> Screened:
    return Screened(report, ())


def _line(result: Result) -> str:
    told = "refused" if result.refused else f"{result.by_model}/{result.sentences}"
    return f"{result.model} {result.case}: {told} {'; '.join(result.faults) or 'contained'}"


if __name__ == "__main__":
    sys.exit(main())
