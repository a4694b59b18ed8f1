"""Which reader reads which file: by suffix, loaded only when needed."""

import sys
from importlib import import_module
from pathlib import Path

from report_writer.domain.report import AnnualReport
from report_writer.readers.errors import ReadError
from report_writer.readers.from_json import load_json, report_from_mapping
from report_writer.readers.invisible import without_invisible

# suffix → (module, function); modules are imported on first use so that `check` of JSON loads no
# document library.
READERS: dict[str, tuple[str, str]] = {
    ".json": ("from_json", "read_json"),
    ".yaml": ("from_json", "read_yaml"),
    ".yml": ("from_json", "read_yaml"),
    ".xlsx": ("from_xlsx", "read_xlsx"),
    ".docx": ("from_docx", "read_docx"),
    ".html": ("from_html", "read_html"),
    ".htm": ("from_html", "read_html"),
    ".md": ("from_text", "read_text"),
    ".txt": ("from_text", "read_text"),
    ".pdf": ("from_pdf", "read_pdf"),
}
_HINTS = {
    ".xls": "请在 Excel 或 WPS 中另存为 .xlsx",
    ".et": "请在 WPS 中另存为 .xlsx",
    ".doc": "请在 Word 或 WPS 中另存为 .docx",
    ".wps": "请在 WPS 中另存为 .docx",
}
# Known to be reports, but of programs nobody here can read; each has a hint.
UNREADABLE = frozenset(_HINTS)


def read(path: str | Path) -> AnnualReport:
    """Return the report in any readable file; `-` is JSON on standard input.

    Raises ReadError with a Chinese message naming the file and the place in it.
    """
    if str(path) == "-":
        data = load_json(sys.stdin.buffer.read(), "标准输入")
        return without_invisible(report_from_mapping(data, name="标准输入"))
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in READERS:
        hint = _HINTS.get(suffix, f"可读的格式：{' '.join(sorted(READERS))}")
        raise ReadError(f"{path.name}：不支持的文件类型“{suffix}”；{hint}")
    module, function = READERS[suffix]
    reader = getattr(import_module(f"report_writer.readers.{module}"), function)
    report: AnnualReport = reader(path)
    return without_invisible(report)


def read_all(path: str | Path) -> tuple[AnnualReport, ...]:
    """Return every report in a file: one, or one a row for a workbook of many agencies.

    Raises ReadError.
    """
    if Path(path).suffix.lower() == ".xlsx":
        from report_writer.readers.from_xlsx_many import read_workbook

        return tuple(without_invisible(report) for report in read_workbook(Path(path)))
    return (read(path),)
