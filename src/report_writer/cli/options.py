"""What `draft` and `batch` both take on the command line, with the office's settings behind it."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from report_writer.app.drafting import DraftOptions
    from report_writer.app.settings import Settings

ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        help="rule | auto | gguf:… | hf:… | openai:模型@地址 | ollama:… | scripted:文件",
    ),
]
FormatsOption = Annotated[str, typer.Option("--to", help="格式，逗号分隔：docx,html,md,json")]
ProfileOption = Annotated[
    str | None,
    typer.Option("--profile", help="怎样提问：compact 逐条要点（小模型）、full 逐段、auto 按模型"),
]
SeedOption = Annotated[int, typer.Option("--seed", help="换一种说法")]
SteerOption = Annotated[str, typer.Option("--steer", help="给模型的补充要求")]
SendFiguresOption = Annotated[
    bool, typer.Option("--send-figures", help="让模型看到数字（缺省只给代码和工作要点）")
]
TimeoutOption = Annotated[
    float | None, typer.Option("--timeout", min=1, help="模型每次作答的时限，秒")
]
ForceOption = Annotated[bool, typer.Option("--force", help="数据有错也起草；覆盖改过的文件")]


def draft_options(
    settings: "Settings",
    *,
    model: str,
    to: str,
    profile: str | None,
    seed: int,
    steer: str,
    send_figures: bool,
    timeout: float | None,
    force: bool,
) -> "DraftOptions":
    """Return how to draft; UsageError where the profile is unknown."""
    from report_writer.app.drafting import DraftOptions
    from report_writer.app.services import UsageError
    from report_writer.app.settings import PROFILES

    chosen = profile or settings.profile
    if chosen not in PROFILES:
        raise UsageError(f"--profile 应为 {' 或 '.join(PROFILES)}，实为“{chosen}”")
    formats = dict.fromkeys(f.strip().lower() for f in to.split(",") if f.strip())
    return DraftOptions(
        model=model,
        settings_model=settings.model,
        formats=tuple(formats) or ("docx",),
        profile=chosen,
        seed=seed,
        steer=steer,
        send_figures=send_figures,
        timeout=timeout,
        constraints={at: endpoint.constraint for at, endpoint in settings.endpoints.items()},
        force=force,
        office=settings.office,
    )
