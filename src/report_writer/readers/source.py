"""The bytes of an input file, within a limit."""

from pathlib import Path

from report_writer.readers.errors import ReadError

MAX_BYTES = 50 * 1024 * 1024


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; ReadError where it is missing, empty, a folder or over the limit."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ReadError(f"{path.name}：是文件夹，不是文件")
        if size > MAX_BYTES:
            raise ReadError(
                f"{path.name}：文件过大（{size // 1048576} MB），上限 {MAX_BYTES // 1048576} MB"
            )
        if size == 0:
            raise ReadError(f"{path.name}：文件是空的")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"{path}：找不到文件") from error
    except OSError as error:
        raise ReadError(f"{path}：无法读取（{error.strerror or error}）") from error


def decode(data: bytes, name: str) -> str:
    """Return text from UTF-8 (with or without BOM); ReadError naming the offset otherwise."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}：不是 UTF-8 编码（第{error.start}字节处），请另存为 UTF-8"
        ) from error
