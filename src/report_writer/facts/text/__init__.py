"""Prose to items: normalising, masks, quantities, digit-less claims, clause frames. Knows no report."""
