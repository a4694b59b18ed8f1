import pytest

from report_writer.app.services import UsageError, check_input, convert, new_form
from report_writer.app.settings import SettingsError, load_settings
from report_writer.domain.report import Topic
from report_writer.readers.dispatch import read
from report_writer.readers.errors import ReadError
from tests.paths import EXAMPLES

QINGHE = EXAMPLES / "qinghe-2024" / "report.json"


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md", ".json", ".yaml", ".xlsx"])
def test_every_writable_format_reads_back_cell_for_cell(tmp_path, suffix):
    target = tmp_path / f"a{suffix}"
    report = convert(QINGHE, target)
    back = read(target)
    assert {a: c.text for a, c in back.tables.cells.items()} == {
        a: c.text for a, c in report.tables.cells.items()
    }
    assert (back.year, back.agency.name) == (2024, "清河市住房和城乡建设局")


def test_convert_refuses_unknown_formats_and_its_own_input(tmp_path):
    with pytest.raises(UsageError, match="可写的格式"):
        convert(QINGHE, tmp_path / "a.pptx")
    copy = tmp_path / "a.json"
    copy.write_bytes(QINGHE.read_bytes())
    with pytest.raises(UsageError, match="同一个文件"):
        convert(copy, copy)


def test_the_new_form_is_prefilled_from_last_year(tmp_path):
    target = tmp_path / "2025.xlsx"
    new_form(target, agencies=["清河市住房和城乡建设局"], year=2025, previous=QINGHE)
    form = read(target)
    assert form.previous.year == 2024
    assert form.tables.value("requests/carried_over/total") == 12
    assert form.tables["requests/received/natural_person"].kind == "blank"
    assert form.previous.tables.value("requests/received/total") == 168
    with pytest.raises(UsageError, match="未覆盖"):
        new_form(target, agencies=["清河市住房和城乡建设局"], year=2025)


def test_a_form_for_the_wrong_year_is_refused(tmp_path):
    with pytest.raises(ReadError, match="2022"):
        new_form(tmp_path / "a.xlsx", agencies=["甲局"], year=2023, previous=QINGHE)
    with pytest.raises(UsageError, match="xlsx"):
        new_form(tmp_path / "a.docx", agencies=["甲局"], year=2023)


def test_figures_of_another_file_judge_the_text_and_the_printed_table(tmp_path):
    text = tmp_path / "正文.md"
    source = read(QINGHE)
    from report_writer.app.services import write_report

    write_report(source.model_copy(update={"sections": {"overview": "全年收到申请168件。"}}), text)
    mapping = QINGHE.read_text(encoding="utf-8")
    other = tmp_path / "新.json"
    other.write_text(
        mapping.replace(
            '"legal_service": 5, "other": 5, "total": 168',
            '"legal_service": 5, "other": 5, "total": 169',
        ),
        encoding="utf-8",
    )
    (result,) = check_input(text, figures=other)
    codes = {f.code for f in result.findings if f.severity == "error"}
    assert {"TAB405", "NUM101"} <= codes
    (same,) = check_input(text, figures=QINGHE)
    assert not [f for f in same.findings if f.code[:3] in {"TAB", "NUM"}]


def test_the_previous_report_must_be_of_the_year_before(tmp_path):
    with pytest.raises(ReadError, match="上年报告应为2023年"):
        check_input(QINGHE, previous=QINGHE)


def test_settings_are_read_strictly(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("REPORT_WRITER_SETTINGS", str(path))
    assert load_settings().model is None
    path.write_text('model = "rule"\nprofile = "full"\n', encoding="utf-8")
    assert (load_settings().model, load_settings().profile) == ("rule", "full")
    for content in ('modle = "x"', "profile = 'tiny'", "model = "):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(SettingsError, match=r"settings\.toml"):
            load_settings()


def test_notes_of_the_example_cover_every_topic():
    assert set(read(QINGHE).notes) == set(Topic)


def test_one_workbook_serves_many_agencies(tmp_path):
    target = tmp_path / "many.xlsx"
    new_form(target, agencies=["甲县民政局", "乙县民政局"], year=2024)
    results = check_input(target)
    assert [(r.agency, r.input) for r in results] == [
        ("甲县民政局", "many.xlsx#甲县民政局"),
        ("乙县民政局", "many.xlsx#乙县民政局"),
    ]
    assert {r.cells_blank for r in results} == {200}
    with pytest.raises(UsageError, match="有2个机关"):
        check_input(target, previous=QINGHE)
    with pytest.raises(UsageError, match="写了两次"):
        new_form(tmp_path / "b.xlsx", agencies=["甲局", "甲局"], year=2024)
