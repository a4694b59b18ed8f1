"""Where a figure was read, for the message about it: （2024.xlsx 表三 H12）."""

from report_writer.domain.cells import Cell, Tables


def origin_note(cell: Cell | None) -> str:
    """Return file, sheet and place of a cell in brackets; empty where the source has none to name."""
    place = str(cell.origin) if cell is not None and cell.origin is not None else ""
    return f"（{place}）" if place else ""


def origin_at(tables: Tables, address: str) -> str:
    """Return the same for the cell at an address."""
    return origin_note(tables.cells.get(address))
