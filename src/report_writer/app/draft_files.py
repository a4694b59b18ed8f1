"""The files of a draft: written whole, named with their hashes in the trail, never lost.

The trail holds the hash of every file written, so that an edited one is known and kept.
"""

import hashlib
import json
import tempfile
from pathlib import Path

from report_writer.app.services import UsageError, write_report
from report_writer.domain.generation import Trail
from report_writer.domain.report import AnnualReport
from report_writer.drafting.writer import Draft
from report_writer.exporters.atomic import WriteError, write_whole
from report_writer.exporters.checklist import checklist_bytes
from report_writer.exporters.to_json import json_text, report_to_mapping
from report_writer.forms import FORMS


class DraftFiles:
    """The output files of one report in one folder. `force`: edited ones may be overwritten."""

    def __init__(
        self, folder: Path, slug: str, formats: tuple[str, ...], *, force: bool = False
    ) -> None:
        self.folder, self.force = folder, force
        self.documents = tuple(f"{slug}.{suffix}" for suffix in formats if suffix != "json")
        self.checklist = f"{slug}.核对单.docx"
        self.report = f"{slug}.report.json"
        self.findings = f"{slug}.findings.json"
        self.trail = f"{slug}.trail.json"

    @property
    def names(self) -> tuple[str, ...]:
        """Every file of a draft but its trail."""
        return (*self.documents, self.checklist, self.report, self.findings)

    def paths(self) -> tuple[Path, ...]:
        """Every file of a draft, the trail last."""
        return tuple(self.folder / name for name in (*self.names, self.trail))

    def old_trail(self) -> Trail | None:
        """Return the trail that lies there; None where there is none, or none that can be read."""
        try:
            data = json.loads((self.folder / self.trail).read_text(encoding="utf-8"))
            data.pop("schema", None)
            return Trail.model_validate(data)
        except (OSError, ValueError):
            return None

    def kept_sections(self) -> dict[str, str]:
        """Return the prose of the draft that lies there."""
        data = json.loads((self.folder / self.report).read_text(encoding="utf-8"))
        sections: dict[str, str] = data["sections"]
        return sections

    def intact(self, trail: Trail) -> bool:
        """Whether every file this job would write is there as the trail left it."""
        return all(
            name in trail.files and file_hash(self.folder / name) == trail.files[name]
            for name in self.names
        )

    def refuse_edited(self, trail: Trail | None) -> None:
        """Raise UsageError where a file in the way was edited, or is not ours at all."""
        if self.force:
            return
        for name in self.names:
            digest = file_hash(self.folder / name)
            ours = {trail.files.get(name), trail.previous_files.get(name)} if trail else set()
            if digest is not None and digest not in ours:
                raise UsageError(
                    f"{self.folder / name}：文件已被修改过（或不是本程序写的），未覆盖；"
                    "请换一个输出文件夹，确需覆盖请加 --force"
                )

    def write(self, draft: Draft, key: str, old: Trail | None) -> Trail:
        """Render everything first, then put all files in place, the trail foremost.

        The trail names the hashes of the new files, of those they replace and of those written
        before in other formats, so that a stop at any point leaves nothing that looks edited.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(self.folder, f"不能建立文件夹（{error.strerror}）") from error
        content = self._render(draft)
        new = {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}
        before = {**_known(old), **self._on_disk()}
        # NOTE: equal files are no history; a draft taken up after a stop ends as one made at once.
        before = {name: digest for name, digest in before.items() if new.get(name) != digest}
        trail = draft.trail.model_copy(
            update={
                "key": key,
                "data": data_hash(draft.report),
                "files": new,
                "previous_files": before,
            }
        )
        write_whole(self.folder / self.trail, json_text(trail.wire()).encode())
        for name, data in content.items():
            write_whole(self.folder / name, data)
        return trail

    def _on_disk(self) -> dict[str, str]:
        """What the new files replace; `refuse_edited` has let it pass."""
        hashes = {name: file_hash(self.folder / name) for name in self.names}
        return {name: digest for name, digest in hashes.items() if digest is not None}

    def _render(self, draft: Draft) -> dict[str, bytes]:
        figures = {s.section: s.figures for s in draft.trail.sections}
        content: dict[str, bytes] = {}
        with tempfile.TemporaryDirectory() as scratch:
            for name in self.documents:
                path = Path(scratch) / f"document{Path(name).suffix}"
                write_report(draft.report, path, figures=figures)
                content[name] = path.read_bytes()
        content[self.checklist] = checklist_bytes(draft.result, draft.report)
        content[self.report] = json_text(report_to_mapping(draft.report)).encode()
        content[self.findings] = json_text(draft.result.wire()).encode()
        return content


def _known(trail: Trail | None) -> dict[str, str]:
    """Return the hash of every file a trail knows as ours."""
    return {**trail.previous_files, **trail.files} if trail else {}


def file_hash(path: Path) -> str | None:
    """Return the sha256 of a file, None where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def data_hash(report: AnnualReport) -> str:
    """Return the hash of what a draft is about: everything of the report but its prose."""
    if report.tables is None:
        report = report.model_copy(update={"tables": FORMS[report.form].complete({})})
    mapping = {k: v for k, v in report_to_mapping(report).items() if k != "sections"}
    text = json.dumps(mapping, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
