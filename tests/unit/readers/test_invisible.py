import json

from report_writer.domain.report import Topic
from report_writer.readers.dispatch import read
from report_writer.readers.invisible import REMARK

HIDDEN = {
    "year": 2023,
    "agency": {"name": "示例\u200b局\u202e"},
    "tables": {},
    "facts": [{"label": "发布\u2066信息", "value": 3, "unit": "条\ufeff"}],
    "notes": {"proactive": ["更新目录\u200d\n编制指南"]},
    "sections": {"overview": "正文\u200b不动。"},
}


def test_invisible_characters_are_taken_out_of_what_is_registered(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(HIDDEN), encoding="utf-8")
    report = read(path)
    assert report.agency.name == "示例局"
    assert (report.facts[0].label, report.facts[0].unit) == ("发布信息", "条")
    assert report.notes[Topic.PROACTIVE] == ("更新目录", "编制指南")
    assert REMARK in report.remarks


def test_prose_keeps_its_offsets_and_a_clean_file_gets_no_remark(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(HIDDEN), encoding="utf-8")
    assert read(path).sections["overview"] == "正文\u200b不动。"
    path.write_text(
        json.dumps({**HIDDEN, "agency": {"name": "局"}, "facts": [], "notes": {}}), "utf-8"
    )
    assert read(path).remarks == ()
