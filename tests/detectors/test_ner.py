"""The tagger with its real weights: reading them, cutting texts, tagging, what is admitted."""

import subprocess
import sys
import time

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.ner import chunks, weights
from detectors.ner.persons import installed
from detectors.ner.tagger import UNTAGGED, Tagger
from detectors.texts import Texts

SENTENCES = (
    "今天张伟和李小红一起去开会了",
    "这个单子是王建国负责的",
    "质量很好,物流很快",
    "发",
    "昨天给陈美玲打电话没人接,赵志强接的,他说周五再来一次,到时候请大家都在",
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(weights.load())


def points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def names_in(texts: list[str]) -> list[list[str]]:
    batch = Texts(pa.array(texts, pa.large_string()))
    out: list[list[str]] = [[] for _ in texts]
    starts, ends = installed().find(batch, np.arange(len(batch)))
    for row, start, end in zip(batch.row_of(starts), starts, ends, strict=True):
        out[row].append(batch.text(int(start), int(end)))
    return out


def test_weights_have_the_shapes_of_the_model() -> None:
    model = weights.load()
    tags = len(model.tags)
    assert {"PER-B", "PER-I", "nr-B", "O"} <= set(model.tags)
    assert model.embedding.shape[1] == weights.HIDDEN
    assert model.ids.max() < len(model.embedding)
    assert model.out.shape == (2 * weights.HIDDEN, tags)
    assert model.following.shape == (tags, tags)
    assert [way.inputs.shape[0] for way in model.layers[1]] == [2 * weights.HIDDEN] * 2


def test_dots_of_names_are_one_character_to_the_model() -> None:
    ids = weights.load().ids
    assert {int(ids[ord(dot)]) for dot in "·•‧∙・"} == {int(ids[ord("·")])}


def test_jieba_is_never_imported() -> None:
    code = "import sys; from detectors.ner.persons import installed; installed();"
    code += "sys.exit('jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_chunks_of_any_lengths_together_give_what_each_gives_alone(tagger: Tagger) -> None:
    ends = np.cumsum([len(s) for s in SENTENCES])
    starts = ends - [len(s) for s in SENTENCES]
    together = tagger.tag(points("".join(SENTENCES)), starts, ends)
    alone = [tagger.tag(points(s), np.array([0]), np.array([len(s)])) for s in SENTENCES]
    assert together.tolist() == np.concatenate(alone).tolist()


def test_what_lies_in_no_chunk_is_untagged(tagger: Tagger) -> None:
    tags = tagger.tag(points(SENTENCES[0]), np.array([4]), np.array([6]))
    assert (tags[:4] == UNTAGGED).all()
    assert (tags[6:] == UNTAGGED).all()
    assert (tags[4:6] != UNTAGGED).all()


@settings(deadline=None)  # the name tables are read on first use
@given(st.lists(st.text("张三,。!? ab、\n", max_size=300), min_size=1, max_size=5))
def test_chunks_cover_every_text_once_and_are_short(texts: list[str]) -> None:
    batch = Texts(pa.array(texts, pa.large_string()))
    chars, begins = chunks.code_points(batch)
    starts, ends = chunks.cut(chars, begins)
    covered = [at for start, end in zip(starts, ends, strict=True) for at in range(start, end)]
    assert covered == list(range(len(chars)))
    assert ((ends - starts) <= chunks.MOST).all()
    assert set(begins.tolist()) - {len(chars)} <= set(starts.tolist())


def test_a_long_sentence_is_cut_at_its_last_comma() -> None:
    batch = Texts(pa.array(["甲" * 100 + "，" + "乙" * 100], pa.large_string()))
    starts, ends = chunks.cut(*chunks.code_points(batch))
    assert (starts.tolist(), ends.tolist()) == ([0, 101], [101, 201])


@pytest.mark.parametrize(
    ("text", "promising"),
    [
        ("今天张伟来了", True),
        ("我在买买提·吐尔逊家", True),
        ("质量很好", False),
        ("order 12345 shipped", False),
        ("", False),
    ],
)
def test_only_chunks_that_may_hold_a_name_are_read(text: str, promising: bool) -> None:
    flags = chunks.promising(points(text), np.array([0]), np.array([len(text)]))
    assert flags.tolist() == [promising]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SENTENCES[0], ["张伟", "李小红"]),
        ("昨天给陈美玲打电话没人接，赵志强接的", ["陈美玲", "赵志强"]),
        ("王建国主任同意了", ["王建国"]),
        ("我和阿凡提·买买提聊过", ["阿凡提·买买提"]),
        ("今天𠮷𠮷张伟来了", ["张伟"]),
        ("王某已经离开", []),
        ("马上安排，张数不够再补", []),
        ("质量很好，物流很快", []),
    ],
)
def test_names_in_a_sentence(text: str, found: list[str]) -> None:
    assert names_in([text]) == [found]


def test_names_lie_in_their_own_text_among_others() -> None:
    texts = ["", "无", "😀质量", *SENTENCES, "ａｂ（ｃ）"] * 3
    expected = [names_in([text])[0] for text in texts]
    assert names_in(texts) == expected
    assert sum(map(len, expected)) == 15


def test_time_grows_with_the_text() -> None:
    names_in(["今天张伟来了" * 10])  # the weights are read once
    took = []
    for times in (400, 1600):
        begun = time.process_time()
        names_in(["今天张伟来了又走了" * times])
        took.append(time.process_time() - begun)
    assert took[1] < 0.3 + 16 * took[0]
