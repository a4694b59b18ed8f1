"""Office files are zip packages: open one safely, or say in Chinese why it cannot be read.

Refused before anything is parsed: renamed old formats, encrypted files, archives that unpack to
far more than an office file holds, and XML that declares entities.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from report_writer.readers.errors import ReadError
from report_writer.readers.source import read_bytes

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAX_UNPACKED = 120 * 1024 * 1024
_MAX_MEMBERS = 5_000
_CHUNK = 1 << 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class Package:
    """The members of a zip package, each read once and size-checked. `name` is the file's name."""

    def __init__(self, path: Path, *, kind: str, newer: str) -> None:
        """Open a package; `kind` and `newer` name the format in messages (Word 文件, .docx)."""
        self.name = path.name
        self.kind = kind
        self.data = read_bytes(path)
        if self.data.startswith(_OLE):
            raise ReadError(
                f"{self.name}：这是旧版格式或加密的 {kind}（只是改了扩展名也不行），请去掉密码并另存为{newer}"
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(self.data))
            members = self._archive.infolist()
        except _BROKEN as error:
            raise ReadError(f"{self.name}：不是有效的 {kind}，文件已损坏或扩展名不对") from error
        if any(member.flag_bits & 1 for member in members):
            raise ReadError(f"{self.name}：{kind}已加密，请去掉密码")
        unpacked = sum(member.file_size for member in members)
        if unpacked > MAX_UNPACKED or len(members) > _MAX_MEMBERS:
            raise ReadError(f"{self.name}：解压后有{unpacked // 1048576} MB，不像一份年度报告")
        self.names = frozenset(self._archive.namelist())

    def chunks(self, member: str) -> Iterator[bytes]:
        """Yield the bytes of a member piece by piece; ReadError where it is damaged or too large."""
        size = 0
        try:
            with self._archive.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > MAX_UNPACKED:
                        raise ReadError(f"{self.name}：{member}解压后过大，不像一份年度报告")
                    yield chunk
        except _BROKEN as error:
            raise ReadError(f"{self.name}：{member}已损坏，无法读取") from error

    def xml(self, member: str) -> ElementTree.Element:
        """Return the parsed XML of a member; ReadError where it is missing, damaged or unsafe."""
        if member not in self.names:
            raise ReadError(f"{self.name}：缺少{member}，不是完整的 {self.kind}")
        data = b"".join(self.chunks(member))
        if unsafe(data):
            raise ReadError(f"{self.name}：{member}含有不允许的声明")
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise ReadError(f"{self.name}：{member}不是有效的 XML，文件已损坏") from error


def unsafe(data: bytes) -> bool:
    """Whether XML declares a document type or entities, or hides it in another encoding."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4].count(0) >= 2
    return wide or re.search(rb"<!(?:DOCTYPE|ENTITY)", data) is not None
