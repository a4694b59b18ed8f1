"""The words that may name a number: its piece, its whole clause, the clause before; years as clerks mean them."""

import re
from functools import lru_cache

from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled


@lru_cache(maxsize=4096)
def relative(text: str, year: int) -> str:
    """Return a label with its years put as clerks mean them: 2022年结转 → 上年结转."""
    if "20" not in text:
        return text
    for shift, name in ((-1, "上年"), (0, "本年"), (1, "下年")):
        text = re.sub(rf"{year + shift}年(?:度)?", name, text)
    return text


# Words that may stand between the word for a cell and its number without narrowing what is counted.
_PLAIN_TAIL = compiled(
    r"(?:[\s的了共计有为是达约近各均也又则亦却倒反：:、（）()“”]|[两二][项者类种]|合为|合起来|批出|批准|核发|颁发|发放|办出|办妥|合计|总计|共计|总共|一共|累计|总数|总量|数量|件数|数|申请人?|事项|案件|案|情形|情况|信息|文件|材料|类别?|等|决定书?|答复书?|告知书|办理|处理|答复|提出|提交|递交|来自|方面|结果|结论|途径|渠道|全部|目前|相应|同样|实际|已经?|尚|还|仍|剩下?|余下?|依法|按[期时]|及时|本年度?|全年|年内|当年|年度|年[末底]|期末|截至|到|至|本机关|我[局委办厅镇]|本[局委办厅院所镇]|政府|公开|另|其中|仅|只|而|按|作|由|予以|给予|作出|书面|继续|下年度?|次年|需|要|总|量|新|人|件|下|主体|类型|身份|组织|机构|单位|企业|公民|群众|意见|规定|理由|原因|所致|涉及|相关|有关|内容|明确|制作|加工|分析|汇总|获取|查询|申请表|行为|决|代理|委托|视为|视同|放弃|撤回)*".replace(
        "\\", "\\"
    )
)


def qualified(label: str, end: int) -> str | None:
    """Return what stands behind the word for a cell (it ends at `end`) and narrows it: 答复“满意”, 诉讼“一审”."""
    tail = label[end:]
    return None if _PLAIN_TAIL.fullmatch(tail) else tail


_PLAIN_HEAD = compiled(
    r"(?:(?:本|我)(?:机关|单位|级|部门|街道|[局委办厅院所站馆镇乡校关])|对|对于|所[收接](?:到|的)?|前来|上门|(?<=来)申请的|提出申请的|收到|受理|接到|登记|提出|上述|以上|这些|所有|每件|来件|请求|当年度?|本年度?|年度?内|全年|截至年底|到年底)*"
)


def plain_subject(text: str) -> bool:
    """Whether the subject of a generalisation is all of the requests, narrowed by no word of its own."""
    return qualified(_PLAIN_HEAD.sub("", text, count=1), 0) is None


# “当年申请当年办结72件”: of the year's own requests, which the form does not keep apart from those carried over.
IN_ITS_YEAR = re.compile(
    r"(?:当年|本年度?|今年)(?:新?收到?|受理|申请|来件|收件)[^。；]{0,12}?(?:当年|本年度?|年内)(?:即|便|就)?(?:办|答|结)"
)


def last_number(item: Item) -> Item | None:
    """Return the number before an item; a clause without a number (“经检索不存在”) may be its reason."""
    previous = item.previous
    while previous is not None and previous.quantity is None:
        previous = previous.previous
    return previous


# A denial that is an outcome of the form: “3件，按重复申请未予处理”.
_ENDED = compiled(
    r"(?:不|未|没有|没)(?:予以?|作|能|便|宜|再)?(?:公开|提供|处理|受理)$|(?:无|没有)(?:此|该|这|相关|有关)(?:份|项|类)?(?:材料|信息|资料|档案|文件|记录)$"
)


def next_said(item: Item) -> Item | None:
    """Return the number or claim behind an item; a denial that names an outcome is said of this item."""
    following = item.following
    while following is not None and following.claim and _ENDED.search(following.claim.text):
        following = following.following
    return following


def wide_label(item: Item) -> str:
    """Return the words of a number's clause since the last number, whatever 、 divides them."""
    if item.named is not None:
        return item.named
    begin = item.start - len(item.left)
    last = last_number(item)
    return item.left[max(0, (begin if last is None else last.end) - begin) :]


def clause_before(item: Item) -> str:
    """Return the clause before a number's own, where no number stands in it: 因不掌握，无法提供2件."""
    if item.named is not None:
        return ""
    begin = item.start - len(item.lead)
    own = max(0, item.clause[0] - begin)
    last = last_number(item)
    after = max(0, (begin if last is None else last.end) - begin)
    text = item.lead[after : max(after, own - 1)]
    return text[max(text.rfind("，"), text.rfind("：")) + 1 :]
