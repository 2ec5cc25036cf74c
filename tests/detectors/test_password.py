import pytest

from detectors.base import Proof
from detectors.common.password import Password
from tests.detectors.lookalikes import rates, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param(
        "$2b$12$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0",
        "$2b$12$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0",
        CHECKED,
        id="bcrypt",
    ),
    pytest.param(
        "pbkdf2_sha256$260000$salt$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/",
        "pbkdf2_sha256$260000$salt$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/",
        CHECKED,
        id="of Django",
    ),
    pytest.param(
        "root:$6$salt$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/:19000:0:99999",
        "$6$salt$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/",
        CHECKED,
        id="in a shadow file",
    ),
    pytest.param(
        "pwd=$2y$10$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0 ok",
        "$2y$10$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0",
        CHECKED,
        id="behind a key in a log",
    ),
    pytest.param("123456", "123456", SHAPE, id="the commonest"),
    pytest.param("初始密码：Tr0ub4dor，请修改", "Tr0ub4dor", CHECKED, id="behind its word"),
    pytest.param("login password=Tr0ub4dor from page", "Tr0ub4dor", CHECKED, id="in a log"),
    pytest.param('{"password":"Tr0ub4dor"}', "Tr0ub4dor", CHECKED, id="in JSON"),
]
# In a text these would end at their first space or sign.
WHOLE = [
    pytest.param(
        "{bcrypt}$2a$10$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0",
        "{bcrypt}$2a$10$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0",
        CHECKED,
        id="of Spring Security",
    ),
    pytest.param(
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/",
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/",
        CHECKED,
        id="Argon2",
    ),
    pytest.param("Tr0ub4dor&3", "Tr0ub4dor&3", SHAPE, id="in clear"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("abc", id="too short"),
    pytest.param("correct horse", id="a space in it"),
    pytest.param("密码错误", id="a message"),
    pytest.param("密码：不能为空", id="a demand"),
    pytest.param("password=null", id="null"),
    pytest.param("password=${PWD}", id="a template"),
    pytest.param("password: ******", id="masked"),
    pytest.param("pwd=%s", id="a place holder"),
    pytest.param("password=undefined", id="undefined"),
    pytest.param("密码", id="the header"),
    pytest.param(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        id="too long",
    ),
    pytest.param("令牌错误，请重试", id="another message"),
    pytest.param("password: string", id="a type"),
    pytest.param("the password is wrong", id="a sentence"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Password(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Password(), [text]) == [[]]


def test_chance_is_what_random_words_show() -> None:
    alphabet = b"0123456789abcdefghijklmnopqrstuvwxyz"
    proven, found = rates(Password(), words(1_000_000, 8, alphabet))
    assert proven == 0 == Password.chance
    assert found == pytest.approx(Password.shape_chance, rel=0.02)
