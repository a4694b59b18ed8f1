"""All operators: 15 that make an error, 6 that do not (codes as in the design of the benchmark)."""

from random import Random

from eval import harmless, mutations_numbers, mutations_wording
from eval.mutating import Mutant, Operator
from eval.synthetic import Document

ERRORS: dict[str, tuple[str, Operator]] = {
    "M1": ("slip of the pen", mutations_numbers.m1_digits),
    "M2": ("two figures swapped", mutations_numbers.m2_swapped),
    "M3": ("wrong share or base", mutations_numbers.m3_share),
    "M4": ("direction turned", mutations_wording.m4_direction),
    "M5": ("zero and not zero", mutations_wording.m5_zero),
    "M6": ("unit or 万", mutations_numbers.m6_unit),
    "M7": ("last year's number, wrong year", mutations_numbers.m7_stale),
    "M8": ("sum", mutations_numbers.m8_sum),
    "M9": ("negation", mutations_wording.m9_negation),
    "M10": ("universal claim", mutations_wording.m10_universal),
    "M11": ("分别为 permuted", mutations_numbers.m11_order),
    "M12": ("approximation", mutations_numbers.m12_approximation),
    "M13": ("wrong party or outcome", mutations_wording.m13_party),
    "M14": ("table changed", mutations_wording.m14_table),
    "M15": ("wrong in another script", mutations_numbers.m15_rewritten),
}
HARMLESS: dict[str, tuple[str, Operator]] = {
    "N1": ("3件 → 三件, ３件", harmless.n1_small),
    "N2": ("120 → 一百二十", harmless.n2_chinese),
    "N3": ("1.2万 ↔ 12,000", harmless.n3_scale),
    "N4": ("honest approximation", harmless.n4_approximate),
    "N5": ("sentences reordered", harmless.n5_order),
    "N6": ("未收到 ↔ 0件, honest 其中", harmless.n6_zero),
}


def mutate(code: str, document: Document, *, seed: int = 0) -> Mutant | None:
    """Return the mutant an operator makes of a document, or None where it cannot make one.

    A mutant whose text and tables say the same as before is none either.
    """
    operator = (ERRORS | HARMLESS)[code][1]
    mutant = operator(document, Random(f"{seed}/{code}/{document.name}"))
    if mutant is None or mutant.document == document:
        return None
    if mutant.document.mapping() == document.mapping():
        return None
    return mutant
