"""Refuse PDF files made to exhaust memory or time, before the PDF library unpacks them.

Two looks: at the bytes (how large does each stream become, do tables in it run over huge ranges),
and at the opened document (how much drawing does a page ask for once its nested forms are counted
as often as they are drawn). What a report holds stays far below every limit.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from report_writer.readers.errors import ReadError

_STREAM_LIMIT, _TOTAL_LIMIT, _IMAGE_LIMIT = 24 << 20, 120 << 20, 400 << 20
_PAGE_LIMIT = 12 << 20
_ENCRYPTED_LIMIT = 2 << 20
_WIDEST_RANGE = 70_000
_MOST_DEPTH = 12
_STREAM = re.compile(rb"stream\r?\n")
_DICT_LENGTH, _PIECE = 2_000, 1 << 16
_REPEATED = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)\b")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{1,16})>\s*<([0-9A-Fa-f]{1,16})>\s*(?=[<\[\d])")
_WIDTHS = re.compile(rb"/W2?\s*\[|\bobj\s*\[")
_ARRAY = re.compile(rb"[\[\]]|\d+")
_LONGEST_ARRAY = 200_000
_DRAWN = re.compile(rb"/([^\s/\[\]<>()]+)\s+Do\b")


def guard_bytes(data: bytes, name: str) -> None:
    """Refuse a file whose streams unpack to more than a report holds. Raises ReadError."""
    if b"/Encrypt" in data and len(data) > _ENCRYPTED_LIMIT:
        raise ReadError(f"{name}：PDF 设有权限限制且文件较大，请另存为不加限制的 PDF")
    _guard_ranges(data, name)
    total = images = 0
    for head, unpacked in _streams(data, name):
        if b"/Image" in head:
            images += len(unpacked)
        else:
            total += len(unpacked)
            _guard_ranges(unpacked, name)
        if total > _TOTAL_LIMIT or images > _IMAGE_LIMIT:
            raise _too_large(name)


def guard_pages(pages: list[Any], name: str) -> None:
    """Refuse a document in which one page draws more than a page holds. Raises ReadError."""
    known: dict[int, int] = {}
    total = 0
    for number, page in enumerate(pages, start=1):
        plain = page.page_obj
        drawn = _weight(list(plain.contents), plain.resources, known, 0)
        total += drawn
        if drawn > _PAGE_LIMIT or total > 3 * _PAGE_LIMIT:
            raise ReadError(f"{name}：第{number}页的内容过多，不像一份年度报告")


def _too_large(name: str) -> ReadError:
    return ReadError(f"{name}：解压后内容过大，不像一份年度报告")


def _streams(data: bytes, name: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield dictionary and unpacked bytes of every stream packed by zlib."""
    for match in _STREAM.finditer(data):
        if data[max(0, match.start() - 3) : match.start()] == b"end":
            continue
        start = data.rfind(b"obj", max(0, match.start() - _DICT_LENGTH), match.start())
        head = data[max(start, 0, match.start() - _DICT_LENGTH) : match.start()]
        if len(_REPEATED.findall(head)) > 1:
            raise ReadError(f"{name}：PDF 的内容经过多重压缩，不像一份年度报告")
        limit = _IMAGE_LIMIT if b"/Image" in head else _STREAM_LIMIT
        unpacked = _unpacked(data, match.end(), limit)
        if len(unpacked) > limit:
            raise _too_large(name)
        yield head, unpacked


def _unpacked(data: bytes, start: int, limit: int) -> bytes:
    """Return what the zlib stream at `start` unpacks to, a little more than `limit` at most."""
    engine, parts, size = zlib.decompressobj(), [], 0
    for at in range(start, len(data), _PIECE):
        try:
            parts.append(engine.decompress(data[at : at + _PIECE], limit + 1 - size))
        except zlib.error:
            break
        size += len(parts[-1])
        if size > limit or engine.eof:
            break
    return b"".join(parts)


def _guard_ranges(data: bytes, name: str) -> None:
    """Refuse character tables that run over more codes than any font has."""
    if b"endbfrange" in data or b"endcidrange" in data:
        for low, high in _RANGE.findall(data):
            if int(high, 16) - int(low, 16) > _WIDEST_RANGE:
                raise ReadError(f"{name}：PDF 的字符表不合理，不像一份年度报告")
    for match in _WIDTHS.finditer(data):
        depth = 1
        for token in _ARRAY.finditer(data, match.end(), match.end() + _LONGEST_ARRAY):
            text = token.group()
            depth += (text == b"[") - (text == b"]")
            if not depth:
                break
            if len(text) > 6 and text.isdigit():
                raise ReadError(f"{name}：PDF 的字宽表不合理，不像一份年度报告")


def _weight(
    contents: list[Any], resources: Mapping[str, Any], known: dict[int, int], depth: int
) -> int:
    """Return the bytes of drawing instructions, nested forms counted each time they are drawn."""
    from pdfminer.pdftypes import PDFStream, dict_value, resolve1

    if depth > _MOST_DEPTH:
        return _PAGE_LIMIT + 1
    streams = [s for s in (resolve1(content) for content in contents) if isinstance(s, PDFStream)]
    forms = resolve1(resources.get("XObject")) if isinstance(resources, Mapping) else None
    total = 0
    for stream in streams:
        data = stream.get_data()
        total += len(data)
        if not isinstance(forms, Mapping):
            continue
        for drawn in _DRAWN.findall(data):
            form = resolve1(forms.get(drawn.decode("latin-1")))
            if not isinstance(form, PDFStream) or "BBox" not in form:
                continue
            if id(form) not in known:
                # NOTE: a form that draws itself weighs too much, whatever comes of it later.
                known[id(form)] = _PAGE_LIMIT + 1
                own = dict_value(form.get("Resources")) if form.get("Resources") else resources
                known[id(form)] = _weight([form], own, known, depth + 1)
            total += known[id(form)] + 1
            if total > _PAGE_LIMIT:
                return total
    return total
