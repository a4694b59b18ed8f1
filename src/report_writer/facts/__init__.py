"""Cells to facts, prose to mentions, mention to fact, and the verdict. Pure functions, no I/O."""
