import pytest

from detectors.base import Proof
from detectors.common.secret import Secret
from tests.detectors.lookalikes import rates, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"
HITS = [
    pytest.param("AKIAEXAMPLE0EXAMPLE0", "AKIAEXAMPLE0EXAMPLE0", CHECKED, id="AWS"),
    pytest.param("密钥AKIAEXAMPLE0EXAMPLE0。", "AKIAEXAMPLE0EXAMPLE0", CHECKED, id="next to Han"),
    pytest.param("LTAI5tEXAMPLEexample00", "LTAI5tEXAMPLEexample00", CHECKED, id="Alibaba Cloud"),
    pytest.param(
        "token=ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8 x",
        "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        CHECKED,
        id="GitHub, in a log",
    ),
    pytest.param(
        "Use sk-a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8.",
        "sk-a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        CHECKED,
        id="at the end of a sentence",
    ),
    pytest.param("glpat-EXAMPLE-0123456789ab", "glpat-EXAMPLE-0123456789ab", CHECKED, id="GitLab"),
    pytest.param(
        TOKEN,
        TOKEN,
        CHECKED,
        id="a JSON Web Token",
    ),
    pytest.param(
        f"Authorization: Bearer {TOKEN}, x",
        TOKEN,
        CHECKED,
        id="a bearer",
    ),
    pytest.param(
        "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        SHAPE,
        id="no mark",
    ),
    pytest.param(
        "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef", SHAPE, id="hex"
    ),
    pytest.param("123456", "123456", SHAPE, id="a code by SMS"),
    pytest.param(
        "令牌：a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8，",
        "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        CHECKED,
        id="behind its word",
    ),
]
# In a text these would end at their first space or sign.
WHOLE = [
    pytest.param(
        "key -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
        CHECKED,
        id="PEM",
    ),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("AKIAEXAMPLE", id="too short"),
    pytest.param("XAKIAEXAMPLE0EXAMPLE0 is", id="letters before"),
    pytest.param("token=null", id="null"),
    pytest.param("token: undefined", id="undefined"),
    pytest.param("token=${TOKEN}", id="a template"),
    pytest.param("hello world", id="words"),
    pytest.param("abcdefghijklmnopqrstuvwxyz", id="letters alone"),
    pytest.param("1234567890123", id="digits alone"),
    pytest.param("https://example.com/a1b2c3d4e5f6a7b8", id="a URL"),
    pytest.param("-----BEGIN PUBLIC KEY----- x", id="a public key"),
    pytest.param("-----BEGIN CERTIFICATE----- x", id="a certificate"),
    pytest.param("task-1 ask-2 risk-3", id="words that end in sk"),
    pytest.param("eyJhbGciOiJub25lIn0 x", id="half a token"),
    pytest.param("密钥不能为空", id="a message"),
    pytest.param("AKIA 开头的密钥", id="talk of a mark"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Secret(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Secret(), [text]) == [[]]


ALPHABET = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_chance_is_what_random_codes_show() -> None:
    proven, found = rates(Secret(), words(1_000_000, 32, ALPHABET))
    assert proven <= Secret.chance
    assert found == pytest.approx(Secret.shape_chance, rel=0.02)
