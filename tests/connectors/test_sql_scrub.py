import pytest

from connectors.scrub import LONGEST, scrub

CASES = [
    ('invalid input syntax for type integer: "Zhao San"', "Zhao"),
    ("Incorrect string value: '\\xE8\\xB5\\xB5' for column `db`.`name`", "xB5"),
    ("Duplicate entry 'O''Brien Zhao' for key 'x'", "Zhao"),
    ("Duplicate entry 'O\\'Brien Zhao' for key 'x'", "Zhao"),
    ("near 'Zhao and never closed", "Zhao"),
    ("Key (phone)=(Zhao) already exists.", "Zhao"),
    ("out of range: 110105190001010011", "1101"),
    ("card 6222 0200 0000 0000 refused", "0000"),
    ("no mail for zhao@example.com here", "zhao"),
    ("cannot connect to postgresql://me:Zhao@h/db", "Zhao"),
    ("bad dsn: host=h password=Zhao user=x", "Zhao"),
    ("bad dsn: PWD: Zhao", "Zhao"),
    ("error\nDETAIL:  Zhao was here", "Zhao"),
    ("error DETAIL: Zhao was here", "Zhao"),
    ("boom [SQL: SELECT Zhao]", "Zhao"),
    ("列“Zhao”不存在", "Zhao"),
]


@pytest.mark.parametrize(("message", "value"), CASES)
def test_values_and_credentials_go(message: str, value: str) -> None:
    assert value not in scrub(message)


def test_what_is_left_still_says_what_happened() -> None:
    assert scrub('relation "orders" does not exist\nLINE 1: SELECT') == "relation … does not exist"
    assert scrub("server has gone away (code 2006)") == "server has gone away (code 2006)"


def test_named_secrets_go_and_long_messages_are_cut() -> None:
    assert "hunter" not in scrub("user hunter was refused", "hunter", "")
    assert len(scrub("x " * 1000)) <= LONGEST
