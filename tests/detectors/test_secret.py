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
T = "a1B2c3D4e5F6a7B8"
PLACED = [
    pytest.param(f"Authorization: Bearer {T}", T, id="bearer"),
    pytest.param(f"curl -H 'Authorization: Bearer {T}' h", T, id="bearer in a command"),
    pytest.param('{"Authorization":"Basic dTpwdw=="}', "dTpwdw==", id="basic in JSON"),
    pytest.param(f"用Bearer {T}登录", T, id="bearer amid Han"),
    pytest.param('client_secret: "q1w2 e3r4"', "q1w2 e3r4", id="words in quotes"),
    pytest.param(
        "jwt.secret=abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz", id="letters"
    ),
    pytest.param(f"<token>{T}</token>", T, id="in XML"),
    pytest.param(f"JSESSIONID={T}", T, id="session"),
    pytest.param(f"GET / PHPSESSID={T}; a", T, id="session amid others"),
    pytest.param(f"Cookie: sid={T}; theme=dark", f"sid={T}; theme=dark", id="cookie"),
    pytest.param(f"Set-Cookie: sid={T}; Path=/", f"sid={T}", id="cookie set"),
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
    pytest.param("token: getAccessTokenOfUser", id="a name in code"),
    pytest.param('"token": "expired at 12"', id="a message in quotes"),
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
    pytest.param("Authorization: Bearer ${TOKEN} x", id="a template in a header"),
    pytest.param("Authorization: Bearer <token> x", id="a sample of a header"),
    pytest.param("the bearer of good news", id="a word"),
    pytest.param("Basic information of users", id="another word"),
    pytest.param("Cookie: 请先登录", id="talk of a cookie"),
    pytest.param("本站使用cookie，详见说明", id="talk of cookies"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Secret(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize(("text", "span"), PLACED)
def test_what_stands_where_only_tokens_do_is_proven(text: str, span: str) -> None:
    assert spans(Secret(), [text]) == [[(span, CHECKED)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Secret(), [text]) == [[]]


ALPHABET = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_chance_is_what_random_codes_show() -> None:
    proven, found = rates(Secret(), words(1_000_000, 32, ALPHABET))
    assert proven <= Secret.chance
    assert found == pytest.approx(Secret.shape_chance, rel=0.02)
