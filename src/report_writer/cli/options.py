"""What `draft` and `batch` both take on the command line, with the office's settings behind it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from report_writer.app.drafting import DraftOptions
    from report_writer.app.settings import Settings


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
