"""Benchmarks (make bench): absolute figures belong to the machine they were taken on."""

import subprocess
import sys

import pytest

from report_writer.checks import check_report
from report_writer.drafting.writer import write_draft
from report_writer.readers.dispatch import read
from tests.paths import EXAMPLES

QINGHE = EXAMPLES / "qinghe-2024" / "report.json"


def command(*words):
    subprocess.run([sys.executable, "-m", "report_writer", *words], check=True, capture_output=True)


@pytest.mark.parametrize("words", [("--help",), ("check", str(QINGHE))], ids=["help", "check"])
def test_command(benchmark, words):
    benchmark(command, *words)


def test_rule_written_draft_in_memory(benchmark):
    report = read(QINGHE)
    benchmark(write_draft, report)


def test_check_in_memory(benchmark):
    drafted = write_draft(read(QINGHE)).report
    benchmark(check_report, drafted)
