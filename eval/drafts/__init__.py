"""Measuring the drafts: `python -m eval.drafts` writes eval/DRAFTS.md.

Fixed cases × models × profiles, scored by rules alone; no model judges another. The answers of the
models are kept in `answers/`, keyed by prompt, model and options: a re-run asks only what is new.
"""
