"""What every connector must do: a suite for pytest, for connectors of other packages too.

Subclass `ConnectorContract` in a test and give its four fixtures (`pip install
'picensus[testing]'`). For its asserts to tell what they compared, put
`pytest.register_assert_rewrite("connectors.contract")` into `conftest.py`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pyarrow as pa
import pytest

from connectors.base import Connector, ConnectorError, Dataset, Reading, Sampling
from connectors.registry import canonical, connect

SEEDS = range(20)
FEW = 50  # rows in a sample


class ConnectorContract:
    """The suite. The source holds what the fixtures say, and nothing else that can be read.

    `source` is what a user gives to `connect`; `missing` one that does not exist. `expected`
    is the number of rows of every readable dataset by name; one of them is empty, and all
    have a column. `numbered` is the name of one with 1,000 rows or more, whose column `id`
    counts 0, 1, 2 ... and which has a second column of texts of 4 characters or more.
    """

    @pytest.fixture
    def source(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def missing(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def expected(self) -> dict[str, int]:
        raise NotImplementedError

    @pytest.fixture
    def numbered(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def connector(self, source: str) -> Iterator[Connector]:
        with connect(source) as opened:
            yield opened

    @pytest.fixture
    def large(self, connector: Connector, numbered: str) -> Dataset:
        return next(d for d in readable(connector) if d.name == numbered)

    def test_a_source_has_its_name_before_it_is_opened(
        self, connector: Connector, source: str, missing: str
    ) -> None:
        assert canonical(source) == connector.source
        assert canonical(missing) != connector.source

    def test_the_fixtures_can_show_a_fault(self, expected: dict[str, int], numbered: str) -> None:
        assert 0 in expected.values()
        assert expected[numbered] >= 1_000

    def test_lists_every_dataset_once(self, connector: Connector, expected: dict[str, int]) -> None:
        assert Counter(d.name for d in readable(connector)) == Counter(expected.keys())
        uris = [d.uri for d in connector.datasets()]
        assert len(uris) == len(set(uris))

    def test_lists_the_same_again(self, connector: Connector, source: str) -> None:
        first = [(d.uri, d.name, d.columns) for d in connector.datasets()]
        with connect(source) as another:
            assert [(d.uri, d.name, d.columns) for d in another.datasets()] == first

    def test_uris_are_below_the_source_and_hold_no_password(
        self, connector: Connector, source: str
    ) -> None:
        password = urlsplit(source).password if "://" in source else None
        for dataset in connector.datasets():
            assert dataset.source == connector.source
            assert re.fullmatch(r"[a-z][a-z0-9]*://\S+", dataset.uri)
            assert not password or f":{password}@" not in dataset.uri + dataset.source

    def test_reads_every_row(self, connector: Connector, expected: dict[str, int]) -> None:
        seen = {d.name: read(connector, d, rows=None).num_rows for d in readable(connector)}
        assert seen == expected

    def test_a_dataset_of_no_rows_still_has_its_columns(
        self, connector: Connector, expected: dict[str, int]
    ) -> None:
        for dataset in readable(connector):
            if not expected[dataset.name]:
                assert read(connector, dataset).num_columns

    def test_full_reading_says_all_rows(self, connector: Connector, large: Dataset) -> None:
        reading = Reading()
        rows = read(connector, large, reading, rows=None).num_rows
        assert "all rows" in reading.how
        assert reading.rows in {None, rows}

    def test_full_reading_gives_each_row_once(self, connector: Connector, large: Dataset) -> None:
        table = read(connector, large, rows=None)
        assert sorted(ids(table)) == list(range(table.num_rows))

    def test_a_sample_is_no_larger_than_asked(self, connector: Connector, large: Dataset) -> None:
        reading = Reading()
        table = read(connector, large, reading, rows=FEW)
        assert 0 < table.num_rows <= FEW
        assert reading.how
        assert "all rows" not in reading.how

    def test_a_sample_larger_than_the_data_is_all_of_it(
        self, connector: Connector, expected: dict[str, int]
    ) -> None:
        for dataset in readable(connector):
            rows = read(connector, dataset, rows=10_000_000).num_rows
            assert rows == expected[dataset.name]

    def test_same_seed_same_sample(self, connector: Connector, large: Dataset, source: str) -> None:
        first = ids(read(connector, large, rows=FEW, seed=7))
        assert ids(read(connector, large, rows=FEW, seed=7)) == first
        with connect(source) as another:
            assert ids(read(another, large, rows=FEW, seed=7)) == first

    def test_other_seed_other_sample(self, connector: Connector, large: Dataset) -> None:
        samples = {tuple(ids(read(connector, large, rows=FEW, seed=s))) for s in range(4)}
        assert len(samples) > 1

    def test_no_row_is_drawn_twice(self, connector: Connector, large: Dataset) -> None:
        drawn = ids(read(connector, large, rows=FEW))
        assert len(drawn) == len(set(drawn))

    def test_samples_reach_every_part(
        self, connector: Connector, large: Dataset, expected: dict[str, int]
    ) -> None:
        """Over many seeds each fifth of the rows has from half to double its share."""
        total = expected[large.name]
        drawn = [i for s in SEEDS for i in ids(read(connector, large, rows=FEW, seed=s))]
        fifths = Counter(i * 5 // total for i in drawn)
        fair = len(drawn) / 5
        assert {part: fair / 2 < fifths[part] < fair * 2 for part in range(5)} == dict.fromkeys(
            range(5), True
        )

    def test_columns_limit_what_is_read(self, connector: Connector, large: Dataset) -> None:
        table = read(connector, large, rows=FEW, columns=("id",))
        assert table.column_names == ["id"]
        assert table.num_rows

    def test_long_texts_are_cut(self, connector: Connector, large: Dataset) -> None:
        for rows in (FEW, None):
            table = read(connector, large, rows=rows, cell=3)
            cells = [v for c in table.columns for v in c.to_pylist() if isinstance(v, str)]
            assert max(map(len, cells)) == 3

    def test_reading_can_be_given_up(self, connector: Connector, large: Dataset) -> None:
        batches = connector.batches(large, Sampling(rows=None), Reading())
        next(iter(batches))
        del batches
        assert read(connector, large, rows=FEW).num_rows

    def test_a_dataset_that_vanished_is_an_error(
        self, connector: Connector, large: Dataset
    ) -> None:
        gone = replace(large, uri=f"{large.uri}_gone", name=f"{large.name}_gone")
        with pytest.raises(ConnectorError) as caught:
            read(connector, gone)
        one_sentence(str(caught.value))

    def test_a_source_that_does_not_exist_is_an_error(self, missing: str) -> None:
        with pytest.raises(ConnectorError) as caught, connect(missing) as opened:
            list(opened.datasets())
        one_sentence(str(caught.value))

    def test_closing_twice_does_no_harm(self, source: str) -> None:
        opened = connect(source)
        list(opened.datasets())
        opened.close()
        opened.close()


def readable(connector: Connector) -> list[Dataset]:
    """The datasets that are not skipped; each skipped one says why."""
    listed = list(connector.datasets())
    for dataset in listed:
        assert not dataset.skip or len(dataset.skip) > 10
    return [dataset for dataset in listed if not dataset.skip]


def read(
    connector: Connector,
    dataset: Dataset,
    reading: Reading | None = None,
    **sampling: object,
) -> pa.Table:
    """The batches as one table, which they can only become if they share one schema."""
    how = Sampling(**sampling)  # type: ignore[arg-type]
    batches = list(connector.batches(dataset, how, reading or Reading()))
    assert batches, "at least one batch"
    return pa.Table.from_batches(batches)


def ids(table: pa.Table) -> list[int]:
    """The column `id`, whatever type the connector gives it."""
    return [int(value) for value in table["id"].to_pylist()]


def one_sentence(text: str) -> None:
    """What an error must look like: one line, not short, not a driver's essay."""
    assert 20 < len(text) < 400
    assert "\n" not in text
