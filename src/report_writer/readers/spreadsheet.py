"""The sheets of an `.xlsx` file as rows of plain cells, with guards before anything is parsed."""

import io
import re
import struct
import unicodedata
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from report_writer.domain.cells import plain
from report_writer.readers.errors import ReadError
from report_writer.readers.package import Package, unsafe

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MAX_ROWS, MAX_COLUMNS = 100_000, 300
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW = re.compile(rb"<(?:\w{1,8}:)?row[\s/>]")
_REFERENCE = re.compile(
    rb'<(?:\w{1,8}:)?(?:c|row|dimension)\s[^>]{0,200}?\br(?:ef)?="(?:[A-Z]{1,3}\d+:)?([A-Z]{0,3})(\d+)"'
)
# What openpyxl raises on files that are no workbooks inside; it has no error class of its own, and
# the XML parsers beneath it report bad XML as SyntaxError.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, SyntaxError, EOFError, OSError, KeyError,
    IndexError, ValueError, TypeError, AttributeError, AssertionError, NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A worksheet cell as text: numbers without exponent, formulas as written with the flag set."""

    text: str
    place: str
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name and its rows of cells; a row may be shorter than the sheet is wide."""

    name: str
    rows: tuple[tuple[SheetCell, ...], ...]


def read_sheets(path: Path) -> dict[str, Sheet]:
    """Return sheet name → sheet. Raises ReadError naming file, sheet, row and column."""
    package = Package(path, kind="Excel 文件", newer=" .xlsx")
    _guard_names(package)
    for member in sorted(package.names):
        if member.startswith("xl/") and member.endswith((".xml", ".rels")):
            _guard_member(package, member)
    with warnings.catch_warnings():
        # NOTE: openpyxl warns of extensions it leaves out (styles, validation); no figure is among them.
        warnings.simplefilter("ignore")
        workbook = _open(package)
        try:
            return _sheets(workbook, package.name)
        except _BROKEN as error:
            raise ReadError(f"{package.name}：工作表内容已损坏，无法读取") from error
        finally:
            workbook.close()


def _sheets(workbook: "Workbook", file: str) -> dict[str, Sheet]:
    sheets: dict[str, Sheet] = {}
    for name in workbook.sheetnames:
        sheet = workbook[name]
        if hasattr(sheet, "iter_rows"):
            sheets[name.strip()] = Sheet(name.strip(), _rows(sheet, file, name))
    return sheets


def _guard_names(package: Package) -> None:
    root = package.xml("xl/workbook.xml")
    seen: dict[str, str] = {}
    for sheet in root.iter(f"{_MAIN}sheet"):
        name = sheet.get("name", "")
        folded = unicodedata.normalize("NFKC", name).strip().casefold()
        if folded in seen:
            raise ReadError(
                f"{package.name}：有两个工作表同名（“{seen[folded]}”和“{name}”），不能判断读哪一个"
            )
        seen[folded] = name


def _guard_member(package: Package, member: str) -> None:
    """Refuse XML that declares entities, and sheets with more rows or columns than a report has."""
    rows, tail = 0, b""
    for chunk in package.chunks(member):
        window = tail + chunk
        if unsafe(window):
            raise ReadError(f"{package.name}：{member}含有不允许的声明")
        if "worksheets/" in member:
            rows += len(_ROW.findall(chunk)) + len(_ROW.findall(tail + chunk[:16]))
            for letters, number in _REFERENCE.findall(window):
                if int(number) > MAX_ROWS or _column(letters) > 16384:
                    raise ReadError(
                        f"{package.name}：工作表写到了第{number.decode()[:9]}行，上限{MAX_ROWS}行；请删除多余的行"
                    )
        tail = window[-256:]
    if rows > 2 * MAX_ROWS:
        raise ReadError(f"{package.name}：工作表超过{MAX_ROWS}行，不像一份年度报告")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _open(package: Package) -> "Workbook":
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(package.data), read_only=True, data_only=False)
    except _BROKEN as error:
        raise ReadError(f"{package.name}：不是有效的 Excel 文件，内容已损坏") from error


def _rows(sheet: object, file: str, name: str) -> tuple[tuple[SheetCell, ...], ...]:
    from openpyxl.utils import get_column_letter

    sheet.reset_dimensions()  # type: ignore[attr-defined]
    rows: list[tuple[SheetCell, ...]] = []
    for i, values in enumerate(sheet.iter_rows(), start=1):  # type: ignore[attr-defined]
        if i > MAX_ROWS:
            raise ReadError(f"{file}：工作表“{name}”超过{MAX_ROWS}行，不像一份年度报告")
        last = max(
            (j for j, cell in enumerate(values, start=1) if cell.value is not None), default=0
        )
        if last > MAX_COLUMNS:
            raise ReadError(f"{file}：工作表“{name}”第{i}行超过{MAX_COLUMNS}列，不像一份年度报告")
        rows.append(
            tuple(
                SheetCell(_text(cell.value), f"{get_column_letter(j)}{i}", cell.data_type == "f")
                for j, cell in enumerate(values[:last], start=1)
            )
        )
    return tuple(rows)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return plain(Decimal(repr(value))) if abs(value) < 1e300 else str(value)
    return str(value)
