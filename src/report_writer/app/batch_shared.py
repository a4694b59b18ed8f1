"""An output folder that is no folder of this machine: any file system that fsspec knows, by URL.

A worker drafts in a scratch folder, with what lies there already beside it, and puts down what has
changed. Files are put down under another name and renamed, so that a reader never sees half a file.
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from report_writer.app.batch_inputs import BatchItem
from report_writer.app.batch_item import USAGE, ItemResult, ItemSettings, draft_item, failed
from report_writer.app.draft_files import DraftFiles
from report_writer.app.services import UsageError

_REPORT = ".report.json"


def is_url(out: str) -> bool:
    """Say whether an output folder is given as a URL."""
    return "://" in out


class SharedFolder:
    """A folder by URL. Methods raise OSError; opening it raises UsageError."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        try:
            from fsspec.core import url_to_fs

            self._files, self._root = url_to_fs(self.url)
        except ImportError as error:
            raise UsageError(
                f"{url}：缺少读写这种地址的组件（{error.name or error}），"
                "请运行 pip install 'report-writer[ray]'；对象存储另需 s3fs、gcsfs 等"
            ) from error
        except ValueError as error:
            raise UsageError(f"{url}：不认识这种地址") from error

    def make(self) -> None:
        """Make the folder where the file system has folders."""
        self._files.makedirs(self._root, exist_ok=True)

    def names(self) -> list[str]:
        """Return the names of the files in it; none where it does not exist."""
        self._files.invalidate_cache(self._root)
        try:
            found: list[dict[str, Any]] = self._files.ls(self._root, detail=True)
        except FileNotFoundError:
            return []
        return sorted(one["name"].rsplit("/", 1)[-1] for one in found if one["type"] == "file")

    def has(self, name: str) -> bool:
        """Say whether a file is there."""
        self._files.invalidate_cache(self._root)
        return bool(self._files.exists(self._at(name)))

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, None where there is none."""
        self._files.invalidate_cache(self._root)
        try:
            data: bytes = self._files.cat_file(self._at(name))
        except FileNotFoundError:
            return None
        return data

    def put(self, name: str, data: bytes) -> None:
        """Put a file down whole."""
        part = self._at(f".{secrets.token_hex(6)}.part")
        self._files.pipe_file(part, data)
        self._files.mv(part, self._at(name))

    def remove(self, name: str) -> None:
        """Take a file away."""
        self._files.rm_file(self._at(name))

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"


def draft_shared(item: BatchItem, settings: ItemSettings) -> ItemResult:
    """Draft one item into the output folder, which may be a path or a URL; see `draft_item`."""
    if not is_url(settings.folder):
        return draft_item(item, settings)
    with TemporaryDirectory() as scratch:
        try:
            shared = SharedFolder(settings.folder)
            names = [
                path.name
                for path in DraftFiles(Path(scratch), item.key, settings.options.formats).paths()
            ]
            before = {name: data for name in names if (data := shared.read(name)) is not None}
            for name, data in before.items():
                (Path(scratch) / name).write_bytes(data)
            result = draft_item(item, settings.model_copy(update={"folder": scratch}))
            # NOTE: the trail first, as on a disk: a stop then leaves nothing that looks edited.
            for name in reversed(names):
                path = Path(scratch) / name
                if path.exists() and (now := path.read_bytes()) != before.get(name):
                    shared.put(name, now)
        except OSError as error:
            text = f"{settings.folder}：不能读写（{error.strerror or error}）"
            return failed(item, text, USAGE)
    return _without(result, scratch, settings.folder)


def _without(result: ItemResult, scratch: str, url: str) -> ItemResult:
    """Return a result whose message names the folder of the user, not the one drafted in."""
    if not result.end.error or scratch not in result.end.error:
        return result
    error = result.end.error.replace(scratch, url.rstrip("/"))
    return result.model_copy(update={"end": result.end.model_copy(update={"error": error})})


class Mirror:
    """What the engine needs to see of a shared folder, in a folder of this machine.

    That is which files there are, and the text of the drafts; other files stand empty.
    """

    def __init__(self, shared: SharedFolder, folder: Path) -> None:
        self.shared, self.folder = shared, folder

    def fill(self) -> None:
        """Bring what lies in the shared folder."""
        self.bring(self.shared.names())

    def bring(self, names: Iterable[str]) -> None:
        """Bring the named files."""
        for name in names:
            data = self.shared.read(name) if name.endswith(_REPORT) else b""
            if data is not None:
                (self.folder / name).write_bytes(data)

    def put(self, paths: Iterable[Path]) -> tuple[str, ...]:
        """Put files of the mirror into the shared folder; returns their URLs."""
        urls = []
        for path in paths:
            self.shared.put(path.name, path.read_bytes())
            urls.append(f"{self.shared.url}/{path.name}")
        return tuple(urls)


@contextmanager
def mirrored(url: str, *, make: bool) -> Iterator[Mirror]:
    """A mirror of a shared folder, which is made where asked for. Raises UsageError."""
    shared = SharedFolder(url)
    with TemporaryDirectory(prefix="report-writer-") as folder:
        mirror = Mirror(shared, Path(folder))
        try:
            if make:
                shared.make()
            mirror.fill()
        except OSError as error:
            raise UsageError(f"{url}：不能读写（{error.strerror or error}）") from error
        yield mirror
