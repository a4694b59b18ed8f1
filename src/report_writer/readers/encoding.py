"""Bytes → text for files that people save: UTF-8, UTF-16 with a mark, GB18030."""

import re

from report_writer.readers.errors import ReadError

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_KNOWN = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
}
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode_text(data: bytes, name: str, *, markup: bool = False) -> str:
    """Return the text of a file; `markup` also heeds the encoding an HTML page declares.

    Raises ReadError where no encoding fits or the bytes are no text.
    """
    for encoding in _candidates(data, markup=markup):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\x00") == 0:
            return text
    raise ReadError(f"{name}：不是文本文件，或编码无法识别，请另存为 UTF-8")


def _candidates(data: bytes, *, markup: bool) -> list[str]:
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    if marked:
        return marked
    declared = _DECLARED.search(data[:4096]) if markup else None
    named = _KNOWN.get(declared[1].decode("ascii").lower()) if declared else None
    # NOTE: UTF-8 first: a page that declares GBK but is UTF-8 decodes as GB18030 without an error.
    return ["utf-8", *([named] if named and named != "utf-8" else []), "gb18030"]
