"""Sentences every report has to have, or all reports rightly have alike: no copies.

Source: the preface and statements that 国办公开办函〔2021〕30号, 条例 and 国办函〔2020〕109号 ask for, in
the wordings of published reports. Matched anywhere in a sentence.
"""

import re

FIXED = re.compile(
    r"根据[^。；]*《[^》]+》[^。；]*(?:编制|制作|公布|发布)|按照[^。；]*《[^》]+》[^。；]*编制"
    r"|(?:统计)?(?:时限|期限|时间)[^。；]{0,6}(?:为|是|自|从)?[^。；]*1月1日[^。；]*12月31日"
    r"|信息处理费"
    r"|(?:没有|无|暂无)(?:其他|其它)?需要(?:报告|说明)的(?:其他)?(?:事项|情况)"
    r"|(?:没有|未|无)(?:收到|发生|受理|产生|新收)?[^。；]{0,10}(?:申请|行政复议|行政诉讼)(?:$|[。；，、])"
    r"|电子版|联系电话|邮政编码|(?:如有|若有|如对)[^。；]{0,10}疑问"
)
