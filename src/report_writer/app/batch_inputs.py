"""What a batch is about: files, folders, globs and workbooks of many agencies, read once each.

An input that cannot be read, or two reports of one agency and year, become rows of the summary;
they never stop the rest.
"""

import hashlib
import os
import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from report_writer.app.inputs import expand
from report_writer.app.services import UsageError
from report_writer.domain.cells import Frozen
from report_writer.domain.report import AnnualReport
from report_writer.exporters.to_json import json_text, report_to_mapping
from report_writer.readers.dispatch import read_all
from report_writer.readers.errors import ReadError
from report_writer.readers.source import read_bytes

SUMMARY_STEM = "汇总"
# What else this program writes beside its inputs where both are one folder.
_OURS = (".report.json",)
_DRAFTED = (".docx", ".html", ".md")


class BatchItem(Frozen):
    """One report to draft; plain values, so that any process or machine can take it.

    `path` is the input file. `payload` holds the report itself where the file holds many
    (`packed`). `input_hash` is over the bytes of the file, or over the row.
    """

    key: str
    path: str
    source: str
    name: str
    agency: str
    year: int
    input_hash: str
    payload: bytes | None = None
    notes: tuple[str, ...] = ()

    def report(self) -> AnnualReport:
        """Read the report. Raises ReadError, also where the file is not what it was."""
        if self.payload is not None:
            return unpacked(self.payload)
        (report,) = read_all(self.path)
        if report.slug != self.key:
            raise ReadError(f"{self.name}：文件在处理过程中被改动，请重新运行")
        return report


class Unusable(Frozen):
    """An input that gives no report: where, and why."""

    key: str
    source: str
    message: str
    agency: str = ""
    year: int | None = None


class Inputs(Frozen):
    """All inputs of a batch."""

    items: tuple[BatchItem, ...] = ()
    unusable: tuple[Unusable, ...] = ()


class Files(Frozen):
    """The files that inputs name, each once, in order."""

    paths: tuple[str, ...] = ()
    unusable: tuple[Unusable, ...] = ()


def packed(report: AnnualReport) -> bytes:
    """Return a report as bytes for another process of this program."""
    return zlib.compress(pickle.dumps(report), 1)


def unpacked(payload: bytes) -> AnnualReport:
    """Return the report in bytes that `packed` made; never for bytes from elsewhere."""
    report: AnnualReport = pickle.loads(zlib.decompress(payload))
    return report


def find_files(inputs: Sequence[str], out: Path) -> Files:
    """Return the files that inputs name. Files this program wrote into `out` are left out."""
    found: dict[str, None] = {}
    unusable: list[Unusable] = []
    for given in inputs:
        try:
            paths = [Path(name) for name in expand([given])]
        except UsageError as error:
            unusable.append(Unusable(key=f"file:{given}", source=given, message=str(error)))
            continue
        for path in paths:
            if len(paths) == 1 or not _ours(path, out):
                found.setdefault(os.path.realpath(path), None)
    return Files(paths=tuple(found), unusable=tuple(unusable))


def _ours(path: Path, out: Path) -> bool:
    """Say whether a file in the output folder is one this program writes there."""
    if path.parent.resolve() != out.resolve():
        return False
    if path.name.endswith(_OURS) or path.stem == SUMMARY_STEM:
        return True
    return path.suffix in _DRAFTED and path.with_name(f"{path.stem}.trail.json").exists()


class ReadFile(Frozen):
    """What one file holds: the reports as items, or why there are none."""

    path: str
    items: tuple[BatchItem, ...] = ()
    names: tuple[str, ...] = ()
    error: str = ""


def read_file(path: str, out: str) -> ReadFile:
    """Read one file for the plan. Raises nothing for an unreadable one: `error` says why."""
    source = relative(path, out)
    name = Path(path).name
    try:
        digest = hashlib.sha256(read_bytes(Path(path))).hexdigest()
        reports = read_all(path)
    except ReadError as error:
        return ReadFile(path=path, error=error.message)
    many = len(reports) > 1
    items = tuple(
        BatchItem(
            key=report.slug,
            path=path,
            source=f"{source}#{report.agency.name}" if many else source,
            name=f"{name}#{report.agency.name}" if many else name,
            agency=report.agency.name,
            year=report.year,
            input_hash=_report_hash(report) if many else digest,
            payload=packed(report) if many else None,
        )
        for report in reports
    )
    short = tuple(report.agency.short_name or "" for report in reports)
    return ReadFile(path=path, items=items, names=short)


def _report_hash(report: AnnualReport) -> str:
    text = json_text(report_to_mapping(report)) + "\n".join(report.remarks)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def relative(path: str, out: str) -> str:
    """Return a path as seen from the output folder, with forward slashes."""
    try:
        return Path(os.path.relpath(path, out)).as_posix()
    except ValueError:  # another drive of Windows
        return Path(path).as_posix()


def put_together(files: Files, read: Iterable[ReadFile], out: str) -> Inputs:
    """Return all items, two reports of one agency and year taken out and named."""
    unusable = list(files.unusable)
    by_key: dict[str, list[BatchItem]] = {}
    short_names: dict[str, str] = {}
    for one in read:
        if one.error:
            source = relative(one.path, out)
            unusable.append(Unusable(key=f"file:{source}", source=source, message=one.error))
        for item, short in zip(one.items, one.names, strict=True):
            by_key.setdefault(item.key, []).append(item)
            short_names[item.key] = short
    items: list[BatchItem] = []
    for key, same in by_key.items():
        first = same[0]
        if len({item.input_hash for item in same}) > 1:
            unusable.append(
                Unusable(
                    key=key,
                    source="、".join(item.source for item in same),
                    message=f"{first.agency}{first.year}年有{len(same)}份不同的报告（"
                    f"{'、'.join(item.source for item in same)}），没有起草；请留下一份",
                    agency=first.agency,
                    year=first.year,
                )
            )
            continue
        extra = tuple(f"与 {item.source} 内容相同，只起草一份" for item in same[1:])
        items.append(first.model_copy(update={"notes": extra}))
    return Inputs(
        items=tuple(_with_aliases(items, short_names)),
        unusable=tuple(unusable),
    )


def _with_aliases(items: list[BatchItem], short: dict[str, str]) -> Iterator[BatchItem]:
    """Yield the items; two names of one year where one ends in the other get a note each."""
    known = {(item.year, item.agency) for item in items}
    alike: dict[tuple[int, str], set[str]] = {}
    for item in items:
        endings = {item.agency[start:] for start in range(1, len(item.agency) - 1)}
        for other in (endings | {short.get(item.key, "")}) - {item.agency}:
            if (item.year, other) in known:
                alike.setdefault((item.year, item.agency), set()).add(other)
                alike.setdefault((item.year, other), set()).add(item.agency)
    for item in items:
        others = sorted(alike.get((item.year, item.agency), ()))
        if not others:
            yield item
            continue
        names = "、".join(f"“{name}”" for name in others[:5])
        more = f"等{len(others)}个" if len(others) > 5 else ""
        note = f"与{names}{more}可能是同一机关的不同名称，请核对"
        yield item.model_copy(update={"notes": (*item.notes, note)})
