"""What the office sets once: `settings.toml` in the platform's configuration folder.

model = "gguf:qwen2.5-coder-1.5b"     # what --model auto uses
profile = "auto"                      # auto | compact | full

[office]                              # what this office prefers; all of it may be left out
self_reference = "我局"                # 自称, where a report names none
superior = "市委、市政府"               # 上级, where a report names none
prompts = "prompts"                   # a folder with prompt files of its own, beside this file
[office.wording.overview]             # fixed phrases: replaces the shipped wordings of that point
opening = ["{year}，{self}在{superior}领导下做好政府信息公开工作。"]

[endpoints."http://10.0.0.5:8000/v1"] # a model server, by the beginning of its address
constraint = "vllm"                   # auto | llama | vllm | json | none: how it is held to a grammar
"""

import hashlib
import os
import tomllib
from pathlib import Path
from typing import Literal

from platformdirs import user_config_path
from pydantic import Field, ValidationError

from report_writer.domain.cells import Frozen
from report_writer.domain.report import AnnualReport
from report_writer.drafting.office import Office

SETTINGS_VARIABLE = "REPORT_WRITER_SETTINGS"
PROFILES = ("auto", "compact", "full")


class SettingsError(Exception):
    """A settings file that cannot be used; the message names the file and the key."""


class Endpoint(Frozen):
    """What is known of one model server."""

    constraint: Literal["auto", "llama", "vllm", "json", "none"] = "auto"


class OfficeSettings(Frozen):
    """What the office prefers; `wording` is topic → point → sentences, as in `templates/wording`."""

    self_reference: str | None = None
    superior: str | None = None
    prompts: str | None = None
    wording: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)

    def apply(self, report: AnnualReport) -> AnnualReport:
        """Return the report with the office's 自称 and 上级 where it names none."""
        mine = {"self_reference": self.self_reference, "superior": self.superior}
        missing = {k: v for k, v in mine.items() if v and not getattr(report.agency, k)}
        if not missing:
            return report
        return report.model_copy(update={"agency": report.agency.model_copy(update=missing)})

    def preferences(self) -> Office:
        """Return them as drafting takes them; a prompt folder is meant beside the settings file."""
        folder = settings_path().parent / self.prompts if self.prompts else None
        if folder is not None and not folder.is_dir():
            raise SettingsError(f"{settings_path()}：prompts 所指的文件夹不存在（{folder}）")
        return Office(folder, self.wording)

    def prompt_hashes(self) -> dict[str, str]:
        """Return the hash of each prompt file of the office's own."""
        folder = self.preferences().prompts
        files = sorted(folder.glob("ogi_annual/*.j2")) if folder else []
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Settings(Frozen):
    """The office's own defaults; every one can be overridden on the command line."""

    model: str | None = None
    profile: str = "auto"
    endpoints: dict[str, Endpoint] = Field(default_factory=dict)
    office: OfficeSettings = OfficeSettings()


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
