"""Where shipped data files lie: the checkout while developing, the wheel once installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """Return the folder `prompts`, `templates` or `examples` of this installation.

    Raises FileNotFoundError where the installation is damaged.
    """
    for root in (_PACKAGE / "_shipped", _PACKAGE.parents[1]):
        candidate = root / folder
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"安装不完整：缺少文件夹 {folder}")
