"""Plain text and Markdown."""

from decimal import Decimal
from pathlib import Path

import pytest

from report_writer.domain.cells import CellKind
from report_writer.domain.report import AgencyKind, AnnualReport
from report_writer.forms import OGI_2021
from report_writer.readers.errors import ReadError
from report_writer.readers.from_text import read_text

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reports"


def pipe_tables(figures: dict[str, str] | None = None) -> dict[str, str]:
    """The three tables as Markdown, every cell 0 unless given."""
    result = {}
    for table in OGI_2021.tables:
        rows = [[""] * table.grid.columns for _ in range(table.grid.rows)]
        for cell in table.grid.cells:
            text = (figures or {}).get(cell.address, "0") if cell.address else cell.text
            rows[cell.row][cell.column] = text
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        result[table.key] = "\n".join([lines[0], "|" + "---|" * table.grid.columns, *lines[1:]])
    return result


def markdown(
    figures: dict[str, str] | None = None,
    *,
    title: str = "清河市水利局2024年政府信息公开工作年度报告",
) -> str:
    tables = pipe_tables(figures)
    return "\n\n".join(
        [
            f"# {title}",
            "本报告由水利局编写。",
            "## 一、总体情况",
            "全年工作平稳。",
            "（一）主动公开情况",
            "在门户网站公开。",
            "## 二、主动公开政府信息情况",
            tables["proactive"],
            "## 三、收到和处理政府信息公开申请情况",
            "（单位：件）",
            tables["requests"],
            "## 四、政府信息公开行政复议、行政诉讼情况",
            tables["remedies"],
            "## 五、存在的主要问题及改进情况",
            "问题是人手少，其他需要报告的事项较多。",
            "## 六、其他需要报告的事项",
            "没有收取信息处理费。",
        ]
    )


def read(tmp_path: Path, text: str, name: str = "报告.md") -> AnnualReport:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_text(path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real reports is not here")
def test_a_published_report_with_shifted_rows_is_read_whole() -> None:
    report = read_text(SHARED / "laochengqu_shangwuju_2023.txt")
    assert report.tables is not None
    values = [cell.value for cell in report.tables.cells.values()]
    assert values == [Decimal(0)] * 200
    assert (report.agency.name, report.year) == ("老城区商务局", 2023)
    assert list(report.sections) == ["title", "overview", "problems", "other_matters"]
    assert report.sections["overview"].count("\n") == 5
    (shifted,) = [r for r in report.remarks if "右边对齐" in r]
    assert int(shifted.split("有")[1].split("行")[0]) == shifted.count("（第") > 4


def test_sections_are_cut_at_their_headings(tmp_path: Path) -> None:
    report = read(tmp_path, markdown())
    assert dict(report.sections) == {
        "title": "清河市水利局2024年政府信息公开工作年度报告",
        "preface": "本报告由水利局编写。",
        "overview": "全年工作平稳。\n（一）主动公开情况\n在门户网站公开。",
        "requests": "（单位：件）",
        "problems": "问题是人手少，其他需要报告的事项较多。",
        "other_matters": "没有收取信息处理费。",
    }
    assert report.agency.kind is AgencyKind.DEPARTMENT
    assert report.remarks == ()


@pytest.mark.parametrize(
    ("raw", "kind", "value", "remark"),
    [
        ("", CellKind.BLANK, None, False),
        ("〔未填〕", CellKind.BLANK, None, False),
        ("/", CellKind.NOT_APPLICABLE, None, False),
        ("／", CellKind.NOT_APPLICABLE, None, True),
        ("１２", CellKind.NUMBER, 12, True),
        ("3,456", CellKind.NUMBER, 3456, True),
        ("22（其中修订16件）", CellKind.NUMBER, 22, True),
        ("7件", CellKind.NUMBER, 7, True),
        ("—", CellKind.ILLEGAL, None, False),
        ("-", CellKind.ILLEGAL, None, False),
        ("无", CellKind.ILLEGAL, None, False),
        ("-5", CellKind.ILLEGAL, None, False),
        ("1.5", CellKind.ILLEGAL, None, False),
        ("若干", CellKind.ILLEGAL, None, False),
        ("3（5）", CellKind.ILLEGAL, None, False),
    ],
)
def test_what_a_cell_may_hold(
    tmp_path: Path, raw: str, kind: CellKind, value: int | None, remark: bool
) -> None:
    address = "requests/repeat".replace("repeat", "not_processed.repeat") + "/research"
    report = read(tmp_path, markdown({address: raw}))
    assert report.tables is not None
    cell = report.tables[address]
    assert (cell.kind, cell.value) == (kind, value)
    assert (cell.remark is not None) is remark
    assert cell.origin is not None
    assert cell.origin.raw == raw and cell.origin.file == "报告.md" and "行" in cell.origin.place


def test_charges_may_have_decimals(tmp_path: Path) -> None:
    report = read(tmp_path, markdown({"proactive/charges/amount": "59237.2449"}))
    assert report.tables is not None
    assert report.tables["proactive/charges/amount"].value == Decimal("59237.2449")


def test_a_heading_variant_and_missing_numbering_are_known(tmp_path: Path) -> None:
    text = markdown().replace("## 五、存在的主要问题及改进情况", "**五、存在问题及改进措施**")
    text = text.replace("## 六、其他需要报告的事项", "其他需要报告的事项")
    sections = read(tmp_path, text).sections
    assert sections["problems"] == "问题是人手少，其他需要报告的事项较多。"
    assert sections["other_matters"] == "没有收取信息处理费。"


def test_a_heading_that_runs_into_its_text_is_parted(tmp_path: Path) -> None:
    text = markdown().replace("## 一、总体情况\n\n全年工作平稳。", "一、总体情况。全年工作平稳。")
    assert read(tmp_path, text).sections["overview"].startswith("全年工作平稳。")


def test_numbering_inside_the_overview_stays_text(tmp_path: Path) -> None:
    text = markdown().replace("（一）主动公开情况", "一、主动公开情况")
    sections = read(tmp_path, text).sections
    assert "一、主动公开情况" in sections["overview"]
    assert "proactive" not in sections


def test_a_missing_heading_is_an_empty_part_and_said(tmp_path: Path) -> None:
    text = markdown().replace("## 六、其他需要报告的事项\n\n没有收取信息处理费。", "")
    report = read(tmp_path, text)
    assert report.sections["other_matters"] == ""
    assert "没有找到标题：“六、其他需要报告的事项”" in report.remarks


def test_a_heading_with_nothing_below_is_an_empty_section(tmp_path: Path) -> None:
    assert (
        read(tmp_path, markdown().replace("没有收取信息处理费。", "")).sections["other_matters"]
        == ""
    )


def test_text_without_tables_has_none(tmp_path: Path) -> None:
    text = "清河市水利局2024年政府信息公开工作年度报告\n一、总体情况\n平稳。"
    report = read(tmp_path, text, "报告.txt")
    assert report.tables is None
    assert report.sections["overview"] == "平稳。"


def test_a_missing_table_is_blank_and_said(tmp_path: Path) -> None:
    report = read(tmp_path, markdown().replace(pipe_tables()["remedies"], ""))
    assert report.tables is not None
    assert report.tables["remedies/reconsideration/total"].kind is CellKind.BLANK
    assert "没有读到表四，按未填处理" in report.remarks


def test_the_single_row_of_older_layouts_counts_as_other(tmp_path: Path) -> None:
    lines = pipe_tables(
        {
            f"requests/otherwise_closed.other/{c}": str(i)
            for i, c in enumerate(
                (
                    "natural_person",
                    "company",
                    "research",
                    "public_interest",
                    "legal_service",
                    "other",
                    "total",
                )
            )
        }
    )["requests"].split("\n")
    kept = [line for line in lines if "逾期" not in line]
    kept = [line.replace("|  |  | 3.其他 |", "|  | （六）其他处理 |  |") for line in kept]
    report = read(tmp_path, markdown().replace(pipe_tables()["requests"], "\n".join(kept)))
    assert report.tables is not None
    assert report.tables["requests/otherwise_closed.other/total"].value == 6
    assert report.tables["requests/otherwise_closed.fee_overdue/total"].kind is CellKind.BLANK
    assert report.tables["requests/otherwise_closed.fee_overdue/natural_person"].value == 0
    assert any("其他处理" in remark for remark in report.remarks)


def with_subtotal(subtotal: str) -> str:
    """Table three with an eighth column 小计 behind the organisations."""
    figures = {
        "requests/received/company": "2",
        "requests/received/other": "3",
        "requests/received/total": "5",
    }
    lines = []
    for line in pipe_tables(figures)["requests"].split("\n"):
        cells = line.strip("|").split("|")
        text = "---" if "---" in line else subtotal if "本年新收" in line else "0"
        text = (
            " 小计 "
            if "商业企业" in line
            else ""
            if "申请人情况" in line or "自然人" in line
            else text
        )
        lines.append("|" + "|".join([*cells[:-1], text, cells[-1]]) + "|")
    return "\n".join(lines)


def test_an_eighth_column_must_be_the_sum_of_the_organisations(tmp_path: Path) -> None:
    base = markdown()
    report = read(tmp_path, base.replace(pipe_tables()["requests"], with_subtotal("5")))
    assert report.tables is not None
    assert report.tables["requests/received/total"].value == 5
    with pytest.raises(ReadError, match="“小计”列写6，各类组织相加为5"):
        read(tmp_path, base.replace(pipe_tables()["requests"], with_subtotal("6")))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2.重复申请", "2.别的申请", "“2.别的申请”有数字，但不是本表的行名"),
        ("行政复议 |  |  |  |  | 行政诉讼", "|  |  |  |  |  ", "表四.*没有认出表头"),
        ("本年收费金额（单位：万元）", "本年收费金额（单位：元）", "单位不是万元"),
        ("本年处理决定数量", "上一年项目数量", "2019年试行格式"),
    ],
)
def test_what_is_doubtful_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = markdown()
    assert old in text
    with pytest.raises(ReadError, match=message):
        read(tmp_path, text.replace(old, new))


def test_a_row_short_of_a_figure_is_refused_with_its_place(tmp_path: Path) -> None:
    text = markdown().replace(
        "| 一、本年新收政府信息公开申请数量 |  |  | 0 |",
        "| 一、本年新收政府信息公开申请数量 |  |  |",
    )
    with pytest.raises(
        ReadError,
        match=r"表三 第\d+行第1格：“一、本年新收政府信息公开申请数量”应有7个数字，读到6个",
    ):
        read(tmp_path, text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(markdown().encode(encoding))
    assert read_text(path).sections["preface"] == "本报告由水利局编写。"


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("清河市水利局2024年政府信息公开工作年度报告", "清河市水利局", 2024),
        ("清河市水利局 2024 年度政府信息公开年度报告", "清河市水利局", 2024),
        ("2024年清河市水利局政府信息公开工作年度报告", "清河市水利局", 2024),
        ("清河市水利局二〇二四年政府信息公开工作的年度报告", "清河市水利局", 2024),
        ("清河市水利局\n2024年政府信息公开工作年度报告", "清河市水利局", 2024),
        ("2024年政府信息公开工作年度报告", "未写明机关", 2024),
    ],
)
def test_titles(tmp_path: Path, title: str, agency: str, year: int) -> None:
    report = read(tmp_path, f"{title}\n\n一、总体情况\n平稳。", "报告.txt")
    assert (report.agency.name, report.year) == (agency, year)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b"\x00\x01\x02\xff\xfe", "不是文本文件"),
        ("一张便条".encode(), "不像政府信息公开工作年度报告"),
        ("一、总体情况\n平稳。".encode(), "标题里没有年度"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "便条.txt"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=message):
        read_text(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="找不到文件"):
        read_text(tmp_path / "没有.txt")


def test_html_tables_inside_markdown_are_read(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{label}</td>" + "".join(f"<td>{i}</td>" for i in range(5)) + "</tr>"
        for label in ("行政复议", "未经复议直接起诉", "复议后起诉")
    )
    heads = "".join(
        f"<th>{t}</th>" for t in ("", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    )
    text = markdown().replace(pipe_tables()["remedies"], f"<table><tr>{heads}</tr>{rows}</table>")
    report = read(tmp_path, text)
    assert report.tables is not None
    assert report.tables["remedies/direct_litigation/pending"].value == 3


def test_converters_that_repeat_merged_cells_are_understood(tmp_path: Path) -> None:
    text = markdown()
    for table in OGI_2021.tables:
        rows = [[""] * table.grid.columns for _ in range(table.grid.rows)]
        for cell in table.grid.cells:
            for i in range(cell.row, cell.row + cell.rowspan):
                for j in range(cell.column, cell.column + cell.colspan):
                    rows[i][j] = str(len(cell.address)) if cell.address else cell.text
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|" + "---|" * table.grid.columns)
        text = text.replace(pipe_tables()[table.key], "\n".join(lines))
    report = read(tmp_path, text)
    assert report.tables is not None
    assert {a: c.value for a, c in report.tables.cells.items()} == {
        a: len(a) for a in OGI_2021.addresses
    }


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_table_that_fell_apart_into_lines_is_refused(tmp_path: Path, gap: str) -> None:
    loose = "\n".join(
        gap.join([row.printed[-1], *"0000000"]) for row in OGI_2021.table_by_key["requests"].rows
    )
    text = markdown().replace(pipe_tables()["requests"], loose)
    with pytest.raises(ReadError, match="表三散成了一行行文字"):
        read(tmp_path, text)


def fallen_apart(gap: str) -> str:
    """The report with every table as bare words and figures in reading order, all different."""
    text = markdown()
    for table in OGI_2021.tables:
        lines: dict[int, list[str]] = {}
        for cell in sorted(table.grid.cells, key=lambda c: (c.row, c.column)):
            word = str(list(OGI_2021.addresses).index(cell.address)) if cell.address else cell.text
            lines.setdefault(cell.row, []).append(word)
        text = text.replace(
            pipe_tables()[table.key],
            "\n".join(gap.join(words) for _, words in sorted(lines.items())),
        )
    return text


@pytest.mark.parametrize("gap", [" ", "\n", "\u3000"])
def test_lines_of_words_and_figures_are_put_together_where_nothing_is_doubtful(
    tmp_path: Path, gap: str
) -> None:
    report = read(tmp_path, fallen_apart(gap), "报告.txt")
    assert report.tables is not None
    assert [cell.value for cell in report.tables.cells.values()] == list(range(200))
    assert "requests" not in report.sections


@pytest.mark.parametrize("lost", ["商业企业", "37", "2.重复申请"])
def test_lines_that_lost_something_are_refused(tmp_path: Path, lost: str) -> None:
    lines = fallen_apart("\n").split("\n")
    lines.remove(lost)
    with pytest.raises(ReadError, match="表三散成了一行行文字"):
        read(tmp_path, "\n".join(lines), "报告.txt")


def test_prose_around_loose_lines_is_kept_and_between_them_refused(tmp_path: Path) -> None:
    text = fallen_apart("\n").replace("（单位：件）", "注：数字含下属单位。")
    report = read(tmp_path, text, "报告.txt")
    assert report.tables is not None
    assert [cell.value for cell in report.tables.cells.values()] == list(range(200))
    assert report.sections["requests"] == "注：数字含下属单位。"
    lines = fallen_apart("\n").split("\n")
    lines.insert(lines.index("2.重复申请"), "注：数字含下属单位。")
    with pytest.raises(ReadError, match=r"表三散成.*第\d+行.*“注：数字含下属单位。”不是表里的文字"):
        read(tmp_path, "\n".join(lines), "报告.txt")


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_figure_of_a_loose_table_keeps_its_line(tmp_path: Path, gap: str) -> None:
    text = fallen_apart(gap)
    tables = read(tmp_path, text, "报告.txt").tables
    assert tables is not None
    origin = tables["requests/not_processed.repeat/company"].origin
    assert origin is not None
    line = text.split("\n")[int(origin.place.strip("第行")) - 1]
    assert origin.raw in line.split(gap if gap == " " else None)


def test_a_loose_row_short_of_a_figure_is_named_with_its_line(tmp_path: Path) -> None:
    lines = fallen_apart(" ").split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("2.重复申请"))
    lines[at] = lines[at].rsplit(" ", 1)[0]
    message = rf"第{at + 1}行“2.重复申请”应有7个数字，读到6个"
    with pytest.raises(ReadError, match=message):
        read(tmp_path, "\n".join(lines), "报告.txt")
