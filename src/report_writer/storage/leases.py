"""Whose process has an item in hand, and whether it still lives.

A run on this machine is known by process number and start time; one elsewhere by the beat of its
heart, which every run records.
"""

import os
import platform
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import psutil

BEAT_SECONDS = 10.0
LOST_AFTER = timedelta(seconds=120)
# The start is counted from the boot, whose own time moves a little when the clock is set.
_SAME_START = 2.0


@cache
def place() -> str:
    """Return a name for the set of processes this one can see: host, boot, container."""
    parts = [platform.node()]
    for source in (Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/pid")):
        try:
            parts.append(
                str(source.readlink()) if source.is_symlink() else source.read_text("utf-8").strip()
            )
        except OSError:
            parts.append("")
    return "/".join(parts)


def my_start() -> float:
    """Return when this process began, seconds since 1970."""
    return float(psutil.Process(os.getpid()).create_time())


def lives(where: str, pid: int, started: float, heartbeat: datetime, now: datetime) -> bool:
    """Say whether the process of a run is still there."""
    if where != place():
        return now - heartbeat < LOST_AFTER
    try:
        process = psutil.Process(pid)
        return bool(
            abs(process.create_time() - started) < _SAME_START
            and process.status() != psutil.STATUS_ZOMBIE
        )
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)
