import pytest

from report_writer.drafting.slots import Phrase, Slot
from report_writer.drafting.touching_up import touched_up

SLOTS = (
    Slot("F1", Phrase(("结转下年度继续办理×件",))),
    Slot("F2", Phrase(("上年结转×件",))),
    Slot("F3", Phrase(("全年办结×件",))),
)


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("依申请公开由法规科登记和送达。", "我局由法规科登记和送达。"),
        ("依申请公开：我局专人登记。", "我局专人登记。"),
        ("依申请公开工作：专人登记。", "我局专人登记。"),
        ("依申请公开渠道保持畅通。", "依申请公开渠道保持畅通。"),
        ("合计{F3}，全年{F1}。", "合计{F3}，年末{F1}。"),
        ("本年度{F2}。", "另有{F2}。"),
        ("全年{F3}。", "全年{F3}。"),
        ("第一行\n第二行。", "第一行第二行。"),
        ("我局专人登记，本年度，我局{F3}。", "我局专人登记。本年度，我局{F3}。"),
    ],
)
def test_small_slips_are_mended(written, mended):
    assert touched_up(written, "依申请公开", "我局", SLOTS) == mended
