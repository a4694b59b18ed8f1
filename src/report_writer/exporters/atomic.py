"""Write a file whole or not at all: temporary file in the same folder, then rename."""

import errno
import os
import re
import secrets
from pathlib import Path

_REASONS = {
    errno.EACCES: "没有写入权限，或文件正被其他程序（如 Word、WPS）打开，请关闭后重试",
    errno.EPERM: "没有写入权限，或文件正被其他程序（如 Word、WPS）打开，请关闭后重试",
    errno.EBUSY: "文件正被其他程序打开，请关闭后重试",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENAMETOOLONG: "文件名过长",
}


class WriteError(OSError):
    """A file that could not be written. `path` is the target, `why` the reason in Chinese.

    `full` says that there is no room: no other file can be written either.
    """

    def __init__(self, path: Path, why: str, *, full: bool = False) -> None:
        super().__init__(f"{path}：无法写入，{why}")
        self.path = path
        self.why = why
        self.full = full


def write_whole(path: str | Path, data: bytes) -> None:
    """Write bytes to a file so that a reader sees the old content or the new, never a part.

    Raises WriteError; what was there before is then untouched.
    """
    path = Path(path)
    # NOTE: not `tempfile`, whose files are readable by their owner alone; this one follows umask.
    temporary = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        try:
            with temporary.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        why = _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise WriteError(path, why, full=full) from error


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed program left; none may be writing there now."""
    for path in folder.glob(".*.part"):
        if re.fullmatch(r"\.[0-9a-f]{12}\.part", path.name):
            path.unlink(missing_ok=True)
