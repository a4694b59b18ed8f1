"""Files appear whole or not at all; a failure says why in Chinese."""

import errno
import os
from pathlib import Path

import pytest

from report_writer.exporters.atomic import WriteError, write_whole


def test_writes_and_overwrites(tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    write_whole(target, b"one")
    write_whole(str(target), b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("place", "why"),
    [("missing/a.docx", "文件夹不存在"), ("file/a.docx", "不是文件夹"), ("folder", "这是文件夹")],
)
def test_bad_target(tmp_path: Path, place: str, why: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(WriteError, match=why) as caught:
        write_whole(tmp_path / place, b"x")
    assert caught.value.path == tmp_path / place
    assert str(tmp_path / place) in str(caught.value)


@pytest.mark.parametrize(
    ("number", "why"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "正被其他程序"), (errno.EIO, "error")],
)
def test_failure_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, why: str
) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def fail(self: Path, target: object) -> Path:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(WriteError, match=why):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_interruption_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.docx", b"new")
    assert list(tmp_path.iterdir()) == []
