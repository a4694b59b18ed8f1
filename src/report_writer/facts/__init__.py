"""Cells to facts, prose to mentions, mention to fact, and the verdict. Pure functions, no I/O.

The rooms stand on one another (import-linter holds them to it):

- `text` finds the items of a text: masks, quantities, digit-less claims, clause frames;
- `linking` says by their words which cells or registered facts they speak of, never by their value;
- `derived` names the formulas behind shares, changes, averages and sums;
- `judging` compares, words what is wrong and writes the ledger of a section.

`sheet` is the fact sheet every reader shares; `reading` is the way in.
"""
