"""Health (健康与医疗信息): diagnoses, their codes, blood types and measures.

Sources:
    ICD-10 and its Chinese clinical edition: the form of the codes. The words that names of
    diseases end with.

Caught:
    Whole values: codes (J45.9, I10.x00, E11.900x001), several of them too, blood types and
    pressures, figures with a medical unit, states of health, of the form only; names of diseases,
    proven by their last word (2型糖尿病, 慢性胃炎). In a text behind a word that names it
    (`诊断：胃炎`), or that says who has it (诊断为高血压, 确诊2型糖尿病, 患有冠心病).

Not caught:
    Sentences of complaints. Bare figures. Diseases without a telling end.

Mistaken for it:
    Dictionaries of diseases and of drugs: a disease is personal only where it is a person's, so
    that values never name a column without its header. Codes of goods (A12.5): 94 in 100 random
    ones of that form.
"""

import re
from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pyarrow.compute as pc

from detectors.base import Matches, Proof
from detectors.keyed import WordedDetector, listed
from detectors.texts import Texts

_CODE = r"(?:[A-TV-Z]\d\d|U0[47]|U8\d)(?:\.[0-9xX][0-9xX]{0,2}(?:[xX]\d{3})?)?[*+]?"
_DISEASE = (
    "病|症|炎|癌|瘤|综合征|高血压|糖尿病|冠心病|哮喘|骨折|结石|感染|感冒|发热|咳嗽|腹泻|溃疡|囊肿|"
    "增生|肥大|硬化|梗死|梗塞|衰竭|贫血|中毒|突出|脱位|扭伤|挫伤|损伤|裂伤|烧伤|烫伤|出血|肝硬化|"
    "白血病|脑卒中|中风|癫痫|抑郁|失眠|眩晕|头痛|腹痛|痛风|疼痛|湿疹|荨麻疹|皮疹|痔疮|静脉曲张|"
    "心律失常|早搏|房颤|近视|远视|散光|弱视|白内障|青光眼|耳鸣|便秘|流产|早孕|妊娠|不孕|高血脂|"
    "高脂血|脂肪肝|痛经|鼻窦炎|龋齿|过敏|残疾|瘫痪|畸形|狭窄|缺损|功能不全|功能亢进|功能减退|"
    "关闭不全|异常|障碍|术后"
)
_STAGE = (
    r"(?:\(?(?:[1-4一二三四IVⅠⅡⅢⅣ]+[级期型度]|[左右双][侧眼]?|极?高危|中危|低危|急性期|恢复期"
    r"|待查|\?)\)?)*"
)
_FIGURE = r"\d{1,4}(?:\.\d+)?"
# Before what somebody has; and endings that machines have too: not looked for in sentences.
_HAS = "诊断为|诊断是|诊为|确诊为?|患有|罹患"
_OTHERS_TOO = frozenset({"异常", "障碍", "突出", "损伤", "缺损", "出血", "狭窄", "过敏", "中毒"})
_ILLNESS = "|".join(word for word in _DISEASE.split("|") if word not in _OTHERS_TOO)
_SAID = re.compile(
    rf"(?:{_HAS})[了过:：]?\s?(?:感染)?(?![病症])([\u3400-\u9fffA-Za-z0-9()（）+-]{{0,12}}?(?:{_ILLNESS})+)"
)
_UNIT = "(?i:℃|°c|mmhg|mmol/l|mg/dl|g/l|kg|cm|bpm|次/分钟?|次|度|公斤|厘米|kpa)"


class Health(WordedDetector):
    """Finds diagnoses, blood types and measures of the body."""

    kind: ClassVar[str] = "health"
    chance: ClassVar[float] = 1.4e-3
    shape_chance: ClassVar[float] = 0.97
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.97
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.6
    longest: ClassVar[int] = 120
    terms: ClassVar[frozenset[str]] = listed(
        "A型 B型 O型 AB型 A型血 B型血 O型血 AB型血 健康或良好 一般或较弱 有慢性病 有生理缺陷 "
        "健康良好 身体健康 亚健康 确诊 疑似 视力残疾 听力残疾 言语残疾 肢体残疾 智力残疾 精神残疾 "
        "多重残疾 青霉素过敏 头孢过敏 海鲜过敏 花粉过敏 无过敏史 否认过敏史"
    )
    codes: ClassVar[frozenset[str]] = listed(
        "A B O AB 健康 良好 一般 较弱 较差 正常 异常 偏高 偏低 阴性 阳性 无 有 否认 未见异常 不详 "
        "未知 其他 0 1 2 3 4 5 9 10 20 30 绿码 黄码 红码 positive negative normal healthy none "
        "青霉素 头孢 磺胺 阿司匹林 海鲜 花粉 牛奶 花生"
    )
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = (
        (Proof.SHAPE, rf"{_CODE}(?:[ ,;/|、+]+{_CODE})*"),
        (Proof.SHAPE, r"(?i)(?:(?:ab|a|b|o)型?血?[ ,/(]*(?:rh)?|rh)(?:\(?[+-]\)?|[阴阳]性)\)?"),
        (Proof.SHAPE, rf"\d{{2,3}}/\d{{2,3}}(?: ?mm[Hh][Gg])?|{_FIGURE} ?{_UNIT}"),
        (
            Proof.CHECKED,
            rf"[\p{{Han}}A-Za-z0-9()、,;·/+ -]*(?:{_DISEASE}){_STAGE}[。.;]?",
        ),
    )

    def find(self, texts: Texts) -> Matches:
        """Whole texts, values behind a word that names them, and what somebody is said to have."""
        found = super().find(texts)
        spans = np.array(list(_said(texts)), np.int64).reshape(-1, 2)
        if not len(spans):
            return found
        # What is said of it ends with the illness: the sentence as a whole is none.
        found = found.take(~np.isin(found.rows, texts.row_of(spans[:, 0])))
        starts = np.concatenate((found.starts, spans[:, 0]))
        ends = np.concatenate((found.ends, spans[:, 1]))
        proven = np.concatenate((found.proofs == Proof.CHECKED, np.ones(len(spans), np.bool_)))
        return Matches.at(texts, starts, ends, proven)


def _said(texts: Texts) -> Iterator[tuple[int, int]]:
    """Spans of illnesses behind a word for having one."""
    told = np.asarray(pc.match_substring_regex(texts.array, _HAS), dtype=np.bool_)
    for row in np.flatnonzero(told).tolist():
        text = texts.row_text(row)
        yield from texts.byte_spans(row, text, (match.span(1) for match in _SAID.finditer(text)))
