"""Who a clause speaks of: our own office, or another body whose numbers are not in our tables."""

import re
from functools import lru_cache

from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled

_KIND = r"(?:政府办公室|政府办|人民政府|政府|办公室|办公厅|机关|单位|部门|系统|支队|大队|总队|局|委|厅|院|中心|所|站|馆|公司|学校|镇|乡|街道)"
_ACTS = (
    r"(?:收到|新收|受理|接到|接收|收取|收件|登记|办结|办理|答复|作出|制发|印发|出台|处罚|核发|汇总)"
)
_SUBJECT = re.compile(
    rf"(?:^|[，；：。]|年(?:度)?|全年|年内|其中|而|由)(?P<body>[^，。；：、\d（）()]{{1,14}}?{_KIND})(?:本级|自身|机关|合计|统一|另|共|全年|年内|累计|本年度?|当年|20\d\d年(?:度)?|代为|依法|还|又|的|所){{0,4}}{_ACTS}"
)
_OWN = re.compile(r"^(?:[我本该]|机关|单位|全[局委办厅院站所馆]|各?科室|[局委办厅院]机关)")
_CHANNEL = re.compile(r"(?:平台|申请|办理|公开|管理|信息|登记|办公|网络|在线|业务|受理)系统$")
# Everything in front of “收到” that says who received, how reckoned, in which year; not what or by which way.
_RECEIPT = re.compile(
    rf"(?:^|(?<=[，；：。]))[^，。；：、\d（）()]{{0,14}}?{_KIND}(?:本级|自身|机关)?(?=全|共|本|当|今|年|累|总|合|依|新|收|受|接|登|办|[一\d])"
)
_SAID_OF_ALL = compiled(
    r"(?:政府|政务)?信息|代表|[省市县区州旗乡镇街村]+[两三四]级|[两三四]级|上下|政府|政务|依法?|公开|其中|包[括含]|含|来自|二者|两者|后者|申请(?:人|者)?|事项|业务|来件|收件|件|情况|方面|工作|收到?|受理|接[到收获]|登记|办理|处理|提[出交]|递交|承办|新增?|要求|获取|渠道|各类|多种|有效|书面|正式"
    r"|全[年部]|年[内度底末]|当年|今年|本年|上?半年|一年来|截[至止]|期间|数量|总[量数计]|[共总合]计?|累计|汇总|统计|经|通过|方式|形式|途径|自|由|向|对|因|在|中|内|本|我|各|类|等|和|与|及|、|为|是|有|了|的|到|达|约|近|超过?|逾|仅|只|应|需|须|则|也|亦|均|并|又|其|年|月|日|量|数|群众|公民|居民|村民|市民|农牧民|公众|法人|(?<=[众民人][和及与、])企业|企业(?=[和及与、](?:群众|个人|居民|公民))|其[他它]组织|社会|公众|单位|机关|街道|[局委办厅府镇乡院所站馆街校区市县省]|\d|[\s：:（）()“”]"
)
# “线上平台收到4件，窗口收到6件”: by one way, where the sentence goes on to another.
_WAYS = r"(?:网[上络站页]|线[上下]|平台|窗口|现场|当面|信函|邮[寄件政箱]|传真|书面|电子|电话|系统|微信|来访)+(?:平台|渠道|方式|形式|途径)?"
_WAY = compiled(_WAYS)
_ROOM = 1
# “网上申请的25件，递书面申请的2件”: those that came one way, the last of them too.
_BY_ONE_WAY = re.compile(rf"{_WAYS}(?:提出|提交|递交)?申请的\s*$")


def plainly_received(text: str, rest: str) -> bool:
    """Whether nothing in front of a number of received requests narrows it: “涉及征地的”, “线上收到”."""
    if _BY_ONE_WAY.search(text):
        return False
    ways = list(_WAY.finditer(text))
    if ways and not any(re.match(r"等|、|[和与及]", text[way.end() :]) for way in ways):
        other = _WAY.search(rest.partition("其中")[0])
        if other and re.match(r"[^，。；、\d]{0,10}\d", rest[other.end() :]):
            return False
    said = _WAY.sub("", _RECEIPT.sub("", text))
    return len(_SAID_OF_ALL.sub("", said)) <= _ROOM


def plain_part(text: str, room: int = _ROOM) -> bool:
    """Whether words name nothing of their own: “其中网络申请” (占75%) and “外地”(企业) do."""
    return not _WAY.search(text) and len(_SAID_OF_ALL.sub("", text)) <= room


# Words for more bodies than one: what they received is not ours alone.
WIDER_BODY = re.compile(
    r"全(?:市|区|县|省|州|盟|旗|国)|[省市县区州旗乡镇街]、?[省市县区州旗乡镇街村]、?[省市县区州旗乡镇街村]?[两三]级|全系统|系统(?:内|共|各)|各级|各(?:县|市|区|镇|乡|街|部门|单位|地)|(?:区|市|县|省)直(?:各)?(?:部门|单位)"
)
_LEVELS = "省市县区州旗镇乡"
_SHORTER = (
    ("人民政府", "政府"),
    ("办公室", "办"),
    ("办公厅", "办"),
    ("委员会", "委"),
    ("分局", "局"),
)
_NOT_COUNTED = compiled(
    r"(?:均|都|也|亦|但|并)?(?:不属(?:于)?|不计入|不计|不列(?:入|为|作)?|不纳入|未纳入|不作为|不算|不在|未计入|未列入|不进入|非)[^，。；]{0,10}(?:来件|公开申请|依申请|信息公开(?:类|案件|范围|事项)|申请(?:统计|范围|数|之列)|统计|口径|本表|申请表|本年数|之列|其内|之内)|不(?:列入|计入|纳入)(?=[，。；]|$)|单列|另计|另[行作](?:统计|计算)|分开统计|不在[此其](?:列|数)|不含在内|单独统计|与(?:政府)?信息公开(?:申请|工作)?(?:无关|没有关系)|(?:不列(?:入|为)?|不计入|不进|不填入?|未列入)[^，。；]{0,4}[本此该上]表"
)


def counted_elsewhere(item: Item) -> bool:
    """Whether the rest of the clause chain says that the number is not part of our requests."""
    before = item.left
    return bool(_NOT_COUNTED.search(item.rest[:48]) and not re.search(r"公开申请|依申请", before))


def set_apart(item: Item) -> bool:
    """Whether the text says of a number, before it gives another, that it is not in the tables."""
    end = item.following.start if item.following is not None else item.end + 48
    return bool(_NOT_COUNTED.search(item.rest[: max(0, min(48, end - item.end))]))


# What is sorted here are documents by their openness, not requests by their outcome.
_DOCUMENTS_SORTED = compiled(
    r"主动公开(?:类|的|文件)?(?:共|为|计|有)?\d+|属性|公文|发文|业务文件|制发[^，。；]{0,8}文件|复文|提案|议案"
)


def about_documents(item: Item) -> bool:
    """Whether documents are sorted by their openness here, not requests by their outcome."""
    sorted_documents = [m.end() for m in _DOCUMENTS_SORTED.finditer(item.lead)]
    if not sorted_documents:
        return False
    asked = [m.end() for m in re.finditer(r"申请(?!公开)", item.lead)]
    return not asked or max(asked) < max(sorted_documents)


# “执法队以区城管局名义处罚147件”
_IN_THE_NAME = re.compile(r"以(?P<body>[^，。；：、\d与和及]{2,14}?)(?:的)?名义")


def in_the_name_of_others(item: Item, own: str) -> bool:
    """Whether what is counted was done in the name of an office that is not ours (`own`: all our names)."""
    named = _IN_THE_NAME.search(item.left)
    return named is not None and _foreign(named["body"], own)


def another_body(item: Item, own: str) -> bool:
    """Whether the subject of a number's clause is an office that is not ours (`own`: all our names)."""
    found = list(_SUBJECT.finditer(item.left))
    if not found:
        return False
    body = re.sub(
        r"^(?:其中|而|由|因|对|不服|全年|年内|本年度?|当年|另|此外)+", "", found[-1]["body"]
    )
    return _foreign(body, own)


@lru_cache(maxsize=1024)
def _foreign(body: str, own: str) -> bool:
    if _OWN.search(body) or _CHANNEL.search(body):
        return False
    if body.endswith("系统"):
        return True
    core = _short(body.removesuffix("本级").removesuffix("机关"))
    core = re.sub(r"^.*?(?:通过|经|向|在|由|对|为|代)", "", core)
    if len(core) < 2 or core in {"单位", "部门", "机关", "办公"}:
        return False
    names = [_short(name) for name in own.split("\n")]
    if not any(_within(core, name) for name in names):
        return True
    level = next((c for c in reversed(names[0]) if c in _LEVELS[:6]), "")
    return len(core) == 2 and core[0] in _LEVELS[:6] and level not in {"", core[0]}


def _short(name: str) -> str:
    for long, short in _SHORTER:
        name = name.replace(long, short)
    return name


def _within(core: str, name: str) -> bool:
    """Whether the characters of a short name stand in the long one, in order: 县交通局, 某县交通运输局."""
    at = -1
    for char in core:
        at = name.find(char, at + 1)
        if at < 0:
            return False
    return True


_KIND_ASKED = re.compile(
    r"(?:收到|受理|接到|接收|登记|办理)(?:了)?(?P<kind>[^，。；、\d]{2,10}?)申请"
)
_OURS = re.compile(
    r"公开|信息|政府|依|群众|公民|法人|企业|个人|自然人|社会|公众|提|交|各|书面|[网线]上|有效|的|类|新|本|上年|组织|机构|公司|律|所|单位|人|民|户|外|渠道|当面|信函|邮"
)


def another_kind(label: str) -> bool:
    """Whether another sort of application is meant: 受理公积金提取申请."""
    asked = _KIND_ASKED.search(label)
    return asked is not None and not _OURS.search(asked["kind"])
