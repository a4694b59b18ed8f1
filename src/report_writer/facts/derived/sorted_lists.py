"""What lists sort a total by without saying so: the way things came in, the level of who did them."""

import re

WAYS = re.compile(
    r"(?:窗口|现场|当面|网[上络站]|线[上下]|在线|平台|信函|邮[寄件政箱]|信件|传真|电话(?!回访|调查)|来信|来访|上门|书面|电子|微信|掌上)"
)
# “64场，市级12场、部门29场、县区23场”: who they were, from the top down.
LEVELS = re.compile(
    r"(?:[省市区县镇乡村]级|本级|[县市]区|区县|市县|镇街|街镇|乡镇|[市区县省]直|街道|部门|社区|基层|机关)[^，。；、\d]{0,8}$"
)
# “，另有音频2份”, “，其余为…”: the list says that there is more.
MORE = re.compile(
    r"[^。；\d]{0,6}(?:另|还|其余|其[他它]|余下|余者|此外|外加|加上|再加|剩|以及|等|和|与|及)"
)
# “171条，按宪法宣传52条、人民调解45条归类”: the verb behind the list says that it is all of them.
SORTED_BY = re.compile(r"[，,]按(?!照?期|时)")
SORTED_SO = re.compile(r"[^，。；、]{0,2}(?:归类|归集|归口|分类|划分|统计|排列|梳理)")
BY_WAY = re.compile(rf"[，：,](?:其中)?(?:通过|经|由)?{WAYS.pattern}")
# What is in force at the end is no part of what was looked through.
STOCK = re.compile(r"有效|现行|存量|留存|年初|保留")
