"""A Word file after GB/T 9704: page, styles, page numbers, runs, and the same bytes every time.

What it looks like is data (`templates/word_styles.toml`); all text goes in as text nodes.
"""

import io
import tomllib
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from pydantic import ValidationError

from report_writer._resources import shipped
from report_writer.domain.cells import Frozen
from report_writer.exporters.document import clean
from report_writer.exporters.repack import repacked

STYLES_FILE = "word_styles.toml"
LATIN = "Times New Roman"
TITLE, HEADING, BODY = "Title", "Heading 1", "Body Text"
TABLE, TABLE_WIDE, TABLE_SMALL = "Report Table", "Report Table Wide", "Report Table Small"
# The first moment a zip file can name: no clock reaches the bytes.


class PageStyle(Frozen):
    """Paper and margins in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    footer: float


class TextStyle(Frozen):
    """Font, size in points, exact line pitch in points (None: as the font needs), indent in characters."""

    east_asia: str
    latin: str = LATIN
    size: float
    line: float | None = None
    indent_chars: int = 0
    align: Literal["left", "center", "right", "justify"] = "justify"
    after: float = 0


class WordStyles(Frozen):
    """The whole look of a Word file."""

    page: PageStyle
    title: TextStyle
    heading: TextStyle
    body: TextStyle
    run_in: TextStyle
    table: TextStyle
    table_wide: TextStyle
    table_small: TextStyle
    page_number: TextStyle


@cache
def styles() -> WordStyles:
    """Return the shipped look. ValueError naming the file where it cannot be read."""
    text = (shipped("templates") / STYLES_FILE).read_text(encoding="utf-8")
    try:
        return WordStyles.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ValueError(f"{STYLES_FILE} 有误：{error}") from error


def new_word(*, title: str, author: str, year: int) -> Any:
    """Return an empty python-docx document with page, styles, page numbers and properties set.

    The date in its properties is the first day after the reporting year, so that the same report
    gives the same file on any day.
    """
    word = docx.Document()
    _drop_thumbnail(word)
    _defaults(word)
    look = styles()
    for name, style in (
        (TITLE, look.title),
        (HEADING, look.heading),
        (BODY, look.body),
        (TABLE, look.table),
        (TABLE_WIDE, look.table_wide),
        (TABLE_SMALL, look.table_small),
    ):
        _style(word, name, style)
    for name in (TITLE, HEADING):
        word.styles[name].next_paragraph_style = word.styles[BODY]
    _page(word, look)
    moment = datetime(year + 1, 1, 1, tzinfo=UTC)
    properties = word.core_properties
    properties.title, properties.author = clean(title)[:255], clean(author)[:255]
    properties.last_modified_by, properties.comments = properties.author, ""
    properties.created = properties.modified = moment
    properties.language = "zh-CN"
    return word


def add_paragraph(word: Any, style: str, *pieces: tuple[str, TextStyle]) -> Any:
    """Add a paragraph of runs, each with its own font; returns it."""
    paragraph = word.add_paragraph(style=style)
    for text, look in pieces:
        run = paragraph.add_run(clean(text))
        fonts(run._r.get_or_add_rPr(), look)
    return paragraph


def fonts(properties: Any, look: TextStyle) -> None:
    """Set fonts and size on run properties, for Chinese and for Latin letters and digits.

    The hint makes Word draw “ ” … and ― with the Chinese font.
    """
    element = properties.get_or_add_rFonts()
    for name in list(element.attrib):
        del element.attrib[name]
    element.set(qn("w:hint"), "eastAsia")
    for script in ("ascii", "hAnsi", "cs"):
        element.set(qn(f"w:{script}"), look.latin)
    element.set(qn("w:eastAsia"), look.east_asia)
    properties.sz_val = Pt(look.size)
    half_points = str(round(look.size * 2))
    size = properties.find(qn("w:szCs"))
    if size is None:
        size = OxmlElement("w:szCs")
        properties.find(qn("w:sz")).addnext(size)
    size.set(qn("w:val"), half_points)


def word_bytes(word: Any) -> bytes:
    """Return the file's bytes; equal documents give equal bytes."""
    saved = io.BytesIO()
    word.save(saved)
    return repacked(saved.getvalue())


def _drop_thumbnail(word: Any) -> None:
    """Remove the preview picture of the library's own template."""
    relations = word.part.package.rels
    for key in [k for k, r in relations.items() if r.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def _defaults(word: Any) -> None:
    """Chinese as the language of the text, and no theme fonts behind the named ones."""
    root = word.styles.element
    for element in root.iter(qn("w:rFonts")):
        for name in [n for n in element.attrib if n.lower().endswith("theme")]:
            del element.attrib[name]
    for language in root.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    fonts(word.styles["Normal"].element.get_or_add_rPr(), styles().body)


def _style(word: Any, name: str, look: TextStyle) -> None:
    if name in word.styles:
        style = word.styles[name]
    else:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
    for tag in ("w:pPr", "w:rPr"):
        for element in style.element.findall(qn(tag)):
            style.element.remove(element)
    fonts(style.element.get_or_add_rPr(), look)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(look.after)
    form.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align.upper())
    if look.line is not None:
        form.line_spacing = Pt(look.line)
    else:
        form.line_spacing = 1.0
    if look.indent_chars:
        form.first_line_indent = Pt(look.size * look.indent_chars)
        indent = style.element.pPr.find(qn("w:ind"))
        indent.set(qn("w:firstLineChars"), str(100 * look.indent_chars))
    if name == HEADING:
        form.keep_with_next = True
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "0")
        style.element.pPr.append(level)


def _page(word: Any, look: WordStyles) -> None:
    page, section = look.page, word.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.footer_distance = Mm(page.footer)
    word.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, look.page_number, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, look.page_number, WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(footer: Any, look: TextStyle, align: Any) -> None:
    """Write “— 1 —” on the outer side, one character in."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    form = paragraph.paragraph_format
    form.alignment = align
    if align == WD_ALIGN_PARAGRAPH.RIGHT:
        form.right_indent = Pt(look.size)
    else:
        form.left_indent = Pt(look.size)
    # NOTE: half-width 宋体 is asked for, so the digits take the Chinese font too.
    digits = look.model_copy(update={"latin": look.east_asia})
    fonts(paragraph.add_run("— ")._r.get_or_add_rPr(), digits)
    for kind in ("begin", "instruction", "separate", "text", "end"):
        run = paragraph.add_run("1" if kind == "text" else "")
        fonts(run._r.get_or_add_rPr(), digits)
        if kind == "instruction":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = " PAGE "
            run._r.append(instruction)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
    fonts(paragraph.add_run(" —")._r.get_or_add_rPr(), digits)
