import os
from pathlib import Path

import pytest

from connectors.base import UnknownSource
from connectors.sql.address import Options, below, parse

SOURCES = [
    ("postgresql://u:p@Db.example:5433/shop", "postgresql://db.example:5433/shop"),
    ("postgresql://u@db/shop?sslmode=require", "postgresql://db:5432/shop"),
    ("postgresql:///shop?host=/run/postgresql", "postgresql://localhost:5432/shop"),
    ("postgresql:///shop?host=db&port=6000", "postgresql://db:6000/shop"),
    ("postgresql+psycopg2://u:p@db/shop", "postgresql://db:5432/shop"),
    ("postgresql://[::1]/shop", "postgresql://[::1]:5432/shop"),
    ("postgresql://u:p%40%2Fw@db/a%2Fb", "postgresql://db:5432/a%2Fb"),
    ("mysql://u:p@h/dev_ruoyi", "mysql://h:3306/dev_ruoyi"),
    ("mariadb://u:p@h:3307", "mysql://h:3307"),
    ("mariadb+pymysql://u:p@h:3307/", "mysql://h:3307"),
    ("mysql://u:p:w@h/客户", "mysql://h:3306/客户"),
    ("mysql://u:p@w@h/a", "mysql://h:3306/a"),
    ("kingbase://u:p@h/d", "postgresql://h:54321/d"),
    ("opengauss://u:p@h:8000/d", "postgresql://h:8000/d"),
    ("greenplum://u:p@h/d", "postgresql://h:5432/d"),
    ("tidb://u:p@h/d", "mysql://h:4000/d"),
    ("oceanbase://u%40tenant:p@h/d", "mysql://h:2881/d"),
    ("doris://u:p@h/d", "mysql://h:9030/d"),
    ("starrocks://u:p@h:9999/d", "mysql://h:9999/d"),
]


@pytest.mark.parametrize(("url", "source"), SOURCES)
def test_source_is_canonical_and_without_credentials(url: str, source: str) -> None:
    assert parse(url).source == source
    assert "p%40" not in repr(parse(url))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:Sec/ret@host/db",
        "postgresql://user:Sec#ret@host/db",
        "postgresql://user:Sec?ret@host/db",
        "postgresql://us/er:Secret@host/db",
        "postgresql://host:Secret/db",
        "postgresql://user:Secret@host:99999/db",
        "postgresql://user:Secret@host/db?timeout=soon",
        "postgresql://user:Secret@host/db?connections=0",
        "postgresql://user:Secret@host/db?pause=-1",
        "postgresql://user:Secret@host/db?views=yes",
        "mysql://[::1:Secret/db",
    ],
)
def test_what_is_no_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UnknownSource, match="percent-encoded") as caught:
        parse(url)
    assert "ret" not in str(caught.value)


def test_credentials_reach_the_driver_decoded() -> None:
    url = parse("mysql://u%40x:p%40%2F%25w@h/d").url
    assert (url.username, url.password) == ("u@x", "p@/%w")
    assert url.drivername == "mysql+pymysql"


def test_timeout_is_ours_and_not_the_driver_s() -> None:
    address = parse("postgresql://h/d?timeout=2.5&sslmode=disable")
    assert address.options.timeout == 2.5
    assert dict(address.url.query) == {"sslmode": "disable"}


def test_names_are_encoded_only_where_a_uri_needs_it() -> None:
    name = below("mysql://h:3306", "a", None, '客户/资料 50%?#"\u3000\n', "x.y-z_(1)")
    assert name == "mysql://h:3306/a/客户%2F资料%2050%25%3F%23%22%E3%80%80%0A/x.y-z_(1)"


@pytest.mark.parametrize("name", ["a.db", "客 户#1?.db", "100%.db", "a%20b.db"])
def test_a_file_is_found_as_sqlalchemy_writes_it_and_as_we_do(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.touch()
    source = parse(f"sqlite:///{path}").source
    assert source == parse(source).source
    assert source.startswith(f"sqlite://{tmp_path}/")
    assert parse(f"sqlite:///{os.path.relpath(path)}").database == str(path)
    assert parse(f"sqlite:///{path}?timeout=5").options.timeout == 5


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite://host/x"]
)
def test_sqlite_needs_a_file(url: str) -> None:
    with pytest.raises(UnknownSource, match="names no file"):
        parse(url)


def test_a_file_that_is_gone_keeps_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "客 户.db"
    path.touch()
    forms = [f"sqlite:///{path}", "sqlite:///客 户.db?timeout=3", parse(f"sqlite:///{path}").source]
    before = [parse(form).source for form in forms]
    path.unlink()
    assert (
        [parse(form).source for form in forms] == before == [f"sqlite://{tmp_path}/客%20户.db"] * 3
    )


def test_options_are_taken_out_of_the_query() -> None:
    address = parse("tidb://h/d?pause=0.2&connections=3&views=1&arrow=0&lock=2&charset=gbk")
    assert address.options == Options(None, 2.0, 0.2, 3, views=True, arrow=False)
    assert dict(address.url.query) == {"charset": "gbk"}
    assert parse("tidb://h/d").options == Options()
    assert address.url.port == 4000
