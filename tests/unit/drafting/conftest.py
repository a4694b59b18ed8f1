import pytest

from report_writer.readers.from_json import report_from_mapping


@pytest.fixture
def small():
    """A bureau with five requests, one registered fact and a note with a figure in it."""
    return report_from_mapping(
        {
            "year": 2024,
            "blank_is_zero": True,
            "agency": {
                "name": "示例市林业局",
                "self_reference": "我局",
                "kind": "department",
                "level": "county",
            },
            "tables": {
                "requests": {
                    "received": {"natural_person": 4, "company": 1, "total": 5},
                    "disclosed": {"natural_person": 3, "company": 1, "total": 4},
                    "disposed": {"natural_person": 3, "company": 1, "total": 4},
                    "carried_forward": {"natural_person": 1, "total": 1},
                }
            },
            "facts": [{"label": "门户网站发布信息", "value": 213, "unit": "条"}],
            "notes": {
                "proactive": ["更新林权登记办事指南"],
                "on_request": ["明确专人接收和登记申请"],
                "oversight": ["组织保密审查培训2次"],
                "problems": ["信息更新不够及时", "解读形式单一"],
                "improvements": ["建立定期更新机制", "增加图解内容"],
            },
            "processing_fee": {"notices": 0, "charged": 0, "collected": 0},
        },
        name="small",
    )
