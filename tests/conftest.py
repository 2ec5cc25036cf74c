"""Servers that tests share: started when first asked for, stopped when the run ends."""

from collections.abc import Iterator

import pytest

from tests import servers

pytest.register_assert_rewrite("connectors.contract")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a superuser of a private PostgreSQL server, with its database `postgres`."""
    with servers.postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str]:
    """The URL of a superuser of a private MariaDB server, without a database."""
    with servers.mariadb() as url:
        yield url


@pytest.fixture(scope="session")
def clickhouse() -> Iterator[str]:
    """The URL of a user of ClickHouse's engine behind HTTP, without a database."""
    with servers.clickhouse() as url:
        yield url


@pytest.fixture(scope="session")
def spark() -> Iterator[str]:
    """The URL of a user of Spark's HiveServer2, without a database."""
    with servers.spark() as url:
        yield url
