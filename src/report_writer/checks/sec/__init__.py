"""Rules of one family; see docs/checks."""
