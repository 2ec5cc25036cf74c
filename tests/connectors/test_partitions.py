import pytest
import sqlalchemy as sa

from connectors.sql.partitions import chosen, parsed, within

DAYS = parsed([f"dt=2026-01-{day:02d}" for day in range(1, 31)])


def test_numbers_are_in_the_order_of_numbers_and_nulls_come_first() -> None:
    names = ["y=10/h=9", "y=9/h=10", "y=9/h=2", "y=__HIVE_DEFAULT_PARTITION__/h=1", "y=a%2Fb/h=1"]
    assert parsed(names) == [
        (("y", None), ("h", "1")),
        (("y", "9"), ("h", "2")),
        (("y", "9"), ("h", "10")),
        (("y", "10"), ("h", "9")),
        (("y", "a/b"), ("h", "1")),
    ]


def test_the_oldest_and_the_newest_are_always_chosen() -> None:
    seen = set()
    for seed in range(40):
        some = chosen(DAYS, 5, seed)
        assert some == chosen(DAYS, 5, seed)
        assert len(set(some)) == 5
        assert (some[0], some[-1]) == (DAYS[0], DAYS[-1])
        seen.update(some)
    assert seen == set(DAYS)
    assert chosen(DAYS, 30, 0) == DAYS


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dt=2026-01-01/h=7", "dt = '2026-01-01' AND h = '7'"),
        ("dt=__HIVE_DEFAULT_PARTITION__", "dt IS NULL"),
        ("who=O%27Neil%5C", "who = 'O\\'Neil\\\\'"),
    ],
)
def test_conditions_are_plain_comparisons(name: str, said: str) -> None:
    assert str(within(parsed([name])).compile()).replace('"', "") == said
    two = within(parsed([name, "dt=2026-01-02"]))
    assert isinstance(two, sa.ColumnElement)
    assert " OR " in str(two.compile())
