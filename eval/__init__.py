"""Measuring the number checker: `python -m eval` writes REPORT.md.

Nothing in here may import `report_writer.facts` or the insides of `report_writer.checks`: a generator
that shared word lists or arithmetic with the checker would only measure agreement with itself.
"""
