"""What lists sort a total by without saying so: the way things came in, the level of who did them."""

import re

WAYS = re.compile(
    r"(?:窗口|现场|当面|网[上络站]|线[上下]|在线|平台|信函|邮[寄件政箱]|信件|传真|来信|来访|上门|书面|电子|微信|掌上)"
)
# “64场，市级12场、部门29场、县区23场”: who they were, from the top down.
LEVELS = re.compile(
    r"(?:[省市区县镇乡村]级|本级|[县市]区|区县|市县|镇街|街镇|乡镇|[市区县省]直|街道|部门|社区|基层|机关)[^，。；、\d]{0,8}$"
)
