"""Office files with fixed times inside, so that equal input gives equal bytes."""

import io
import re
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)
# openpyxl writes the moment of saving whatever it was told.
_SAVED_AT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def repacked(saved: bytes, *, when: str | None = None) -> bytes:
    """Return an Office package with constant times; `when` (ISO) also replaces those in its properties."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            data = source.read(name)
            if when is not None and name == "docProps/core.xml":
                data = _SAVED_AT.sub(rb"\g<1>" + when.encode() + rb"\g<3>", data)
            target.writestr(entry, data)
    return result.getvalue()
