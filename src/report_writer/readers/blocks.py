"""What a source is made of, whatever its format: paragraphs and tables in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from report_writer.readers.errors import ReadError
from report_writer.readers.grid import TableGrid

# A report whose every cell stands on a line of its own has some five hundred.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text.

    `marked` where the source marks it as a heading; `line` is its line in a file of lines, else 0.
    """

    text: str
    marked: bool = False
    line: int = 0

    @property
    def place(self) -> str:
        """Where it stands, for a message; empty where the source has no lines."""
        return f"第{self.line}行" if self.line else ""


Block = Paragraph | TableGrid


def refuse_too_many(blocks: Sequence[Block], name: str) -> None:
    """Refuse a source of more paragraphs than a report has. Raises ReadError."""
    if len(blocks) > _MOST:
        raise ReadError(f"{name}：内容过多（{len(blocks)}段），不像一份年度报告")
