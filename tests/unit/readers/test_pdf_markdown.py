"""Markdown as programs take it out of a PDF: damaged headings, wrapped prose, rows in pieces."""

import itertools
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from report_writer.domain.report import AnnualReport
from report_writer.forms import OGI_2021
from report_writer.forms._form import Section
from report_writer.readers.from_text import read_text

VALUES = {address: (i * 7) % 31 for i, address in enumerate(OGI_2021.addresses)}
PROSE = {
    "overview": [
        "2024年，我局认真做好政府信息公开工作，坚持以公开为常态、不公开为例外，现将一年来的有关情况报告如下。",
        "（一）主动公开。全年通过门户网站公开信息12条，其中动态类信息8条，通知公告类信息4条，解读材料稳步增加。",
    ],
    "problems": [
        "一是人手少。",
        "二是更新慢。下一步加强培训，完善制度，进一步提高政府信息公开工作的规范化水平和服务群众的能力。",
    ],
    "other_matters": ["本年度未收取信息处理费。"],
}
TITLE = "# 清河市水利局2024年政府信息公开工作年度报告"
Rows = list[list[str]]


def pipe_table(key: str, change: Callable[[Rows], Rows] = lambda rows: rows) -> str:
    grid = OGI_2021.table_by_key[key].grid
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = str(VALUES[cell.address]) if cell.address else cell.text
    lines = ["| " + " | ".join(row) + " |" for row in change(rows)]
    return "\n".join([lines[0], "|" + "---|" * grid.columns, *lines[1:]])


def whole(
    *,
    heading: Callable[[Section], str] = lambda section: "## " + section.heading,
    prose: Callable[[str], str] = lambda text: text,
    table: Callable[[str], str] = pipe_table,
) -> str:
    parts = [TITLE]
    for section in OGI_2021.sections:
        parts.append(heading(section))
        parts += [table(section.table)] if section.table else [prose(t) for t in PROSE[section.key]]
    return "\n\n".join(parts)


def check(tmp_path: Path, text: str) -> AnnualReport:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    report = read_text(path)
    assert report.tables is not None
    assert {a: c.value for a, c in report.tables.cells.items()} == VALUES
    found = {k: v.split("\n") for k, v in report.sections.items() if k != "title"}
    assert found == PROSE
    assert (report.agency.name, report.year) == ("清河市水利局", 2024)
    return report


def half(text: str) -> int:
    return len(text) // 2


NUMBER = {s.key: i for i, s in enumerate(OGI_2021.sections, start=1)}
HEADINGS: dict[str, Callable[[Section], str]] = {
    "a space in the words": lambda s: f"##{s.heading[:-2]} {s.heading[-2:]}",
    "a space on either side of the mark": lambda s: s.heading.replace("、", " 、 ", 1),
    "every character apart": lambda s: " ".join(s.heading),
    "the number lost": lambda s: s.heading[2:],
    "the number on a line of its own": lambda s: f"{s.heading[:2]}\n\n{s.heading[2:]}",
    "the bare number on a line of its own": lambda s: f"{s.heading[0]}\n{s.heading[1:]}",
    "two lines": lambda s: f"{s.heading[: half(s.heading)]}\n{s.heading[half(s.heading) :]}",
    "two lines, a page number between": lambda s: (
        f"## {s.heading[: half(s.heading)]}\n\n— 3 —\n\n## {s.heading[half(s.heading) :]}"
    ),
    "a narrow column": lambda s: "\n".join(
        s.heading[i : i + 4] for i in range(0, len(s.heading), 4)
    ),
    "a dash for the first number": lambda s: "## " + s.heading.replace("一、", "—、"),
    "numbered by a program": lambda s: f"{NUMBER[s.key]}. {s.heading[2:]}",
    "numbered in brackets": lambda s: f"（{s.heading[0]}）{s.heading[2:]}",
    "called a part": lambda s: f"第{s.heading[0]}部分 {s.heading[2:]}",
    "bold in pieces": lambda s: f"### **{s.heading[:2]}** **{s.heading[2:]}**",
    "entities for spaces": lambda s: f"&nbsp;&emsp;{s.heading}",
    "wrong characters": lambda s: s.heading.replace("况", "凊").replace("府", "俯"),
    "wrong characters, the number lost": lambda s: s.heading.replace("府", "俯")[
        0 if s.key == "overview" else 2 :
    ],
    "the end lost": lambda s: s.heading[:-1],
    "a page number before it": lambda s: f"— 2 —{s.heading}",
    "worded freely": lambda s: {
        "proactive": "二、主动公开情况",
        "requests": "三、依申请公开情况",
        "remedies": "四、行政复议和行政诉讼情况",
        "problems": "五、存在不足及下一步打算",
        "other_matters": "六、其他",
    }.get(s.key, s.heading),
}


@pytest.mark.parametrize("damage", HEADINGS)
def test_damaged_headings_are_found(tmp_path: Path, damage: str) -> None:
    check(tmp_path, whole(heading=HEADINGS[damage]))


def test_headings_stuck_to_the_text_around_them_are_parted(tmp_path: Path) -> None:
    text = whole(heading=lambda s: s.heading)
    behind = re.sub(r"\n\n(?=2024年，我局|一是人手少|本年度未收取)", "", text)
    check(tmp_path, behind)
    check(tmp_path, re.sub(r"(?<=。)\n\n(?=[二六]、)", "", behind))


@pytest.mark.parametrize("dots", ["", "……3"])
def test_a_table_of_contents_is_no_heading(tmp_path: Path, dots: str) -> None:
    contents = "\n\n".join(section.heading + dots for section in OGI_2021.sections)
    text = whole().replace("## 一", f"目录\n\n{contents}\n\n## 一", 1)
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    sections = read_text(path).sections
    assert {k: sections[k].split("\n") for k in PROSE} == PROSE


def test_page_numbers_without_dashes_are_no_text(tmp_path: Path) -> None:
    pages = itertools.count(1)
    check(tmp_path, re.sub(r"(?=## [二四六])", lambda _: f"{next(pages)}\n\n", whole()))


@pytest.mark.parametrize("mark", ["— {} —", "{}", "第 {} 页 共 9 页", "{} / 9"])
def test_a_sentence_goes_on_behind_the_page_number(tmp_path: Path, mark: str) -> None:
    pages = itertools.count(1)

    def broken(text: str) -> str:
        return (
            text if len(text) < 40 else f"{text[:30]}\n\n{mark.format(next(pages))}\n\n{text[30:]}"
        )

    check(tmp_path, whole(prose=broken))


@pytest.mark.parametrize("width", [24, 32, 38])
def test_prose_broken_at_a_fixed_width_is_joined(tmp_path: Path, width: int) -> None:
    check(tmp_path, whole(prose=lambda t: "\n".join(_pieces(t, width))))


def _pieces(text: str, width: int) -> Iterator[str]:
    return (text[i : i + width] for i in range(0, len(text), width))


def test_short_lines_without_a_full_stop_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    lines = "联系电话：0000-1234567\n联系地址：清河市人民路一号\n办公时间：上午九时至下午五时"
    path.write_text(whole().replace("## 一", f"{lines}\n\n## 一", 1), encoding="utf-8")
    assert read_text(path).sections["preface"] == lines


def torn(rows: Rows, rnd: random.Random, mode: str) -> Rows:
    """Half of the rows in two: the name cut, the figures above, below, or shared out."""
    result: Rows = []
    for row in rows:
        figures = [i for i, text in enumerate(row) if text.isdigit()]
        names = [i for i, text in enumerate(row) if text and not text.isdigit()]
        if not figures or not names or len(row[names[-1]]) < 4 or rnd.random() < 0.5:
            result.append(row)
            continue
        at, name = names[-1], row[names[-1]]
        cut = rnd.randrange(2 if len(name) < 8 else 6, len(name) - 1)
        above, below = list(row), [""] * len(row)
        above[at], below[at] = name[:cut], name[cut:]
        moved = {"above": [], "below": figures, "shared": figures[3:]}[mode]
        for i in moved:
            below[i], above[i] = above[i], ""
        result += [above, below]
    return result


@pytest.mark.parametrize("mode", ["above", "below", "shared"])
@pytest.mark.parametrize("key", ["proactive", "requests"])
@pytest.mark.parametrize("seed", range(3))
def test_rows_in_two_pieces_are_one(tmp_path: Path, key: str, mode: str, seed: int) -> None:
    rnd = random.Random(seed)

    def table(own: str) -> str:
        return pipe_table(own, lambda rows: torn(rows, rnd, mode) if own == key else rows)

    check(tmp_path, whole(table=table))


def test_figures_that_slid_into_the_row_below_are_taken_up(tmp_path: Path) -> None:
    def slid(rows: Rows) -> Rows:
        row = rows[10]
        below = [text if text.isdigit() and i > 5 else "" for i, text in enumerate(row)]
        above = ["" if below[i] else text for i, text in enumerate(row)]
        return [*rows[:10], above, below, *rows[11:]]

    check(tmp_path, whole(table=lambda k: pipe_table(k, slid if k == "requests" else list)))


CELLS: dict[str, Callable[[str], str]] = {
    "bold": lambda text: f"**{text}**" if text else "",
    "a break in the label": lambda text: f"{text[:3]}<br>{text[3:]}" if len(text) > 5 else text,
    "every character apart": lambda text: text if text.isdigit() else " ".join(text),
    "escaped": lambda text: text.replace(".", "\\.").replace("（", "\\(").replace("）", "\\)"),
    "entities for spaces": lambda text: f"{text}&nbsp;" if text else "",
}


@pytest.mark.parametrize("how", CELLS)
def test_cells_however_they_are_written(tmp_path: Path, how: str) -> None:
    def change(rows: Rows) -> Rows:
        return [[CELLS[how](text) for text in row] for row in rows]

    check(tmp_path, whole(table=lambda key: pipe_table(key, change)))


def test_a_table_on_two_pages_with_its_headings_again(tmp_path: Path) -> None:
    def table(key: str) -> str:
        lines = pipe_table(key).split("\n")
        again = lines[:4] if key == "requests" else []
        return "\n".join([*lines[:8], "", "— 2 —", "", *again, *lines[8:]])

    check(tmp_path, whole(table=table))


def test_columns_held_by_spaces_with_labels_broken_and_damaged(tmp_path: Path) -> None:
    def table(key: str) -> str:
        rows = [line.strip("| ").split("|") for line in pipe_table(key).split("\n")]
        text = "\n".join(
            "   ".join(part.strip() for part in row if part.strip())
            for row in rows
            if "---" not in row
        )
        text = text.replace("其他法律行政法规禁止", "其他法律行政止").replace("危及", "危 及")
        return text.replace("逾期未按收费通知", "逾期未按收\n费通知")

    check(tmp_path, whole(table=table))
