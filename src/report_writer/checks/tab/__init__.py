"""Rules about the figures of the three tables; see docs/checks."""
