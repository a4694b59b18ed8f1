"""What the office sets once: `settings.toml` in the platform's configuration folder.

model = "gguf:qwen2.5-coder-1.5b"     # what --model auto uses
profile = "auto"                      # auto | compact | full

[endpoints."http://10.0.0.5:8000/v1"] # a model server, by the beginning of its address
constraint = "vllm"                   # auto | llama | vllm | json | none: how it is held to a grammar
"""

import os
import tomllib
from pathlib import Path
from typing import Literal

from platformdirs import user_config_path
from pydantic import Field, ValidationError

from report_writer.domain.cells import Frozen

SETTINGS_VARIABLE = "REPORT_WRITER_SETTINGS"
PROFILES = ("auto", "compact", "full")


class SettingsError(Exception):
    """A settings file that cannot be used; the message names the file and the key."""


class Endpoint(Frozen):
    """What is known of one model server."""

    constraint: Literal["auto", "llama", "vllm", "json", "none"] = "auto"


class Settings(Frozen):
    """The office's own defaults; every one can be overridden on the command line."""

    model: str | None = None
    profile: str = "auto"
    endpoints: dict[str, Endpoint] = Field(default_factory=dict)


def settings_path() -> Path:
    """Return where the settings lie (`REPORT_WRITER_SETTINGS` overrides)."""
    override = os.environ.get(SETTINGS_VARIABLE)
    return Path(override) if override else user_config_path("report-writer") / "settings.toml"


def load_settings() -> Settings:
    """Return the settings; the defaults where there is no file. Raises SettingsError."""
    path = settings_path()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}：设置文件无法读取（{error}）") from error
    try:
        settings = Settings.model_validate(data)
    except ValidationError as error:
        keys = "、".join(".".join(str(p) for p in e["loc"]) for e in error.errors())
        raise SettingsError(f"{path}：设置项有误：{keys}") from error
    if settings.profile not in PROFILES:
        raise SettingsError(f"{path}：profile 应为 {' 或 '.join(PROFILES)}")
    return settings
