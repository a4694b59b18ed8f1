"""A spoiled file is read right, or refused with the place named, or leaves blanks; never a wrong number."""

from collections import Counter
from pathlib import Path

import pytest
from unit.readers.mutilations import FORMATS, HARMLESS, VALUES, fresh, spoil, verdict, written

from report_writer.readers.dispatch import read
from report_writer.readers.errors import ReadError

# Each way of spoiling at least twice in every format; `eval.import_mutilations` runs a hundred.
SEEDS = range(24)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_unspoiled_file_is_read_right(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(written(fresh(), suffix))
    assert verdict(read(path)) == ("right", [])


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_loses_nothing_is_read_right(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        name, data = spoil(suffix, seed, harmless=True)
        path.write_bytes(data)
        assert verdict(read(path)) == ("right", []), (name, seed)
        seen[name] += 1
    assert set(seen) == {n for n, (_, formats) in HARMLESS.items() if suffix in formats}


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_loses_something_is_never_a_wrong_number(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    for seed in SEEDS:
        name, data = spoil(suffix, seed, harmless=False)
        path.write_bytes(data)
        try:
            report = read(path)
        except ReadError as error:
            assert error.message.startswith(("a.", "a" + suffix)), (name, seed)
        else:
            assert verdict(report)[0] != "wrong", (name, seed, verdict(report)[1][:5])


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html"])
def test_a_file_that_ends_inside_a_number_is_refused(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    text = written(fresh(), suffix).decode()
    last = str(VALUES["requests/carried_forward/total"])
    path.write_text(text[: text.index(last) + len(last) - 1], encoding="utf-8")
    with pytest.raises(ReadError, match="文件可能不完整"):
        read(path)
