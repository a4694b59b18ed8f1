"""Formulas behind a number: shares, changes, multiples, averages, sums."""
