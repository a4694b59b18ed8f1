"""Traditional characters in labels: 行政強制, 規範性文件. Only the characters that labels are made of.

Prose is never rewritten; a label is only compared in simplified characters.
"""

# The traditional and variant forms of every character in the labels, headings and titles of the forms.
_TRADITIONAL = (
    "萬業爲舉鄉於會體關內寫決況減辦務動區單廳發號後員國處備復學審對屬廢開強當總執護報換據數無機權條構沒現確祕穩類糾納組織"
    "經結繼續維編繳罰範獲補規計認議許訟訪訴詢說請購費轉過這進採鎮問隊項題額為説侷係複製註閤隻髮齣繫"
)
_SIMPLIFIED = (
    "万业为举乡于会体关内写决况减办务动区单厅发号后员国处备复学审对属废开强当总执护报换据数无机权条构没现确秘稳类纠纳组织"
    "经结继续维编缴罚范获补规计认议许讼访诉询说请购费转过这进采镇问队项题额为说局系复制注合只发出系"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return a label with its traditional characters replaced; its length stays the same."""
    return text.translate(_TABLE)
