"""PLACEHOLDER replaced by the reader of numerals."""
from decimal import Decimal
from dataclasses import dataclass
@dataclass(frozen=True, slots=True)
class Quantity:
    start: int
    end: int
    value: Decimal | None
    unit: str
def find_quantities(text: str, *, year: int) -> list[Quantity]:
    import re
    return [Quantity(m.start(), m.end(), Decimal(m[1]), m[2]) for m in re.finditer(r"(\d+)([件次条期场个人]?)", text)]
