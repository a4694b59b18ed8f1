"""Use cases: check, draft, export, models. They return values and yield events; they never print."""
