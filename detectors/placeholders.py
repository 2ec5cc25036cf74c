"""What people and programs write where nothing is known: `无`, `null`, `N/A`, `-`, `test`.

As a whole value, white space around left out, these say that there is no information. Codes
(0, 9, 000) are not among them, nor `NA`, the country.
"""

from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.texts import Flags

_WORDS = (
    "无 暂无 没有 未知 不详 不明 不清楚 未填 未填写 未提供 未登记 未录入 待定 待补充 待完善 "
    "待填 空 空值 暂缺 缺失 测试 测试数据 无数据 无信息 "
    "null none nil nan undefined unknown n/a #n/a n.a. <null> (null) [null] \\n "
    "test testing - -- --- ---- ----- — —— / // \\ . .. ... …… * ** *** **** *****"
)


def placeholders(trimmed: pa.Array) -> Flags:
    """True for each text that says there is no information; white space is cut off already."""
    return np.asarray(pc.is_in(trimmed, _spelled()), dtype=np.bool_)


@lru_cache(1)
def _spelled() -> pa.Array:
    """The words as they are, in capitals and with a capital."""
    words = _WORDS.split()
    ways = {way for word in words for way in (word, word.upper(), word.capitalize())}
    return pa.array(sorted({*ways, "NaN", "n/A", "N/a"}), pa.large_string())
