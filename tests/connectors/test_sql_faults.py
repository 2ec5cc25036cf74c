import pickle

import pytest
import sqlalchemy as sa

from connectors.base import MissingDriver, UnreadableData
from connectors.sql.faults import Fault, by_words, sentences
from tests.connectors.sql_tables import no_secret

SAID = [
    ('FATAL:  password authentication failed for user "u"', Fault.LOGIN),
    ('致命错误:  用户 "u" Password 认证失败', Fault.LOGIN),
    ('FATAL:  no pg_hba.conf entry for host "h", user "u", database "d"', Fault.LOGIN),
    ('FATAL:  database "d" does not exist', Fault.DATABASE),
    ('致命错误:  数据库 "d" 不存在', Fault.DATABASE),
    ('FATAL:  permission denied for database "d"', Fault.GRANT),
    ("FATAL:  sorry, too many clients already", Fault.CROWDED),
    ("connection to server at ::1 failed: Connection refused", Fault.UNREACHABLE),
    ("[Errno -2] Name or service not known", Fault.UNREACHABLE),
    ("connection timeout expired", Fault.UNREACHABLE),
    ("server closed the connection unexpectedly", Fault.LOST),
    ("division by zero", None),
]


@pytest.mark.parametrize(("message", "fault"), SAID)
def test_what_servers_say_without_a_code(message: str, fault: Fault | None) -> None:
    assert by_words(message) is fault


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_one_sentence_that_says_what_to_do(fault: Fault) -> None:
    with (
        pytest.raises(fault.error) as caught,
        sentences(lambda _: fault, "mysql://h:3306/d", "mysql://h:3306/d/t", 60.0),
    ):
        raise sa.exc.OperationalError("SELECT 'Zhao'", None, ValueError("Zhao"))
    text = no_secret(caught, "Zhao", "{")
    assert "mysql://h:3306/d" in text
    assert str(pickle.loads(pickle.dumps(caught.value))) == text


def test_what_nobody_foresaw_is_scrubbed() -> None:
    cause = ValueError('bad value "Zhao" and 110105190001010011\nDETAIL: Zhao')
    with (
        pytest.raises(UnreadableData) as caught,
        sentences(lambda _: None, "s://h", "s://h/t", 60.0),
    ):
        raise sa.exc.DataError("SELECT 'Zhao'", {"name": "Zhao"}, cause)
    text = no_secret(caught, "Zhao", "1101", "SELECT")
    assert text == "s://h/t cannot be read: ValueError, bad value … and …"


def test_bytes_that_are_no_text() -> None:
    with (
        pytest.raises(UnreadableData, match="encoding") as caught,
        sentences(lambda _: None, "s://h", "s://h/t", 60.0),
    ):
        b"Zhao\xff".decode()
    no_secret(caught, "Zhao")


def test_an_encrypted_password_exchange_names_what_it_needs() -> None:
    with (
        pytest.raises(MissingDriver, match=r"pip install 'PyMySQL\[rsa\]'"),
        sentences(lambda _: None, "mysql://h", "mysql://h", 60.0),
    ):
        raise RuntimeError("'cryptography' package is required for caching_sha2_password")


def test_an_error_of_our_own_passes() -> None:
    with (
        pytest.raises(RuntimeError, match="ours"),
        sentences(lambda _: Fault.LOST, "s://h", "s://h", 60.0),
    ):
        raise RuntimeError("ours")
