"""What a source is made of, whatever its format: paragraphs and tables in order."""

from dataclasses import dataclass

from report_writer.readers.grid import TableGrid


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
