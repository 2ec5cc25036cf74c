from pathlib import Path

import pytest

from scanner.config import ConfigError, Settings, Source, expanded, load, settings_of, shown


def written(folder: Path, text: str) -> Path:
    path = folder / "picensus.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_full_config(tmp_path: Path) -> None:
    text = """
    sources:
      - /data/files
      - url: postgresql://scan:${PW}@db/shop
        include: ["public.*"]
    inventory: postgresql://db/inventory
    rows: 500
    seed: 7
    exclude: ["tmp_*"]
    """
    settings = load(written(tmp_path, text))
    assert settings.sources == (
        Source(url="/data/files"),
        Source(url="postgresql://scan:${PW}@db/shop", include=("public.*",)),
    )
    assert (settings.rows, settings.seed, settings.exclude) == (500, 7, ("tmp_*",))


def test_an_empty_config_is_the_defaults(tmp_path: Path) -> None:
    assert load(written(tmp_path, "")) == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("sources: [a\nrows: 1", "line 2", id="broken YAML says the line"),
        pytest.param("sauces: []", "'sauces'", id="unknown key is named"),
        pytest.param("exlude: [a]", "did you mean 'exclude'?", id="a slip of the keys"),
        pytest.param("sources: /data", "'sources' has to be a list", id="one text, not a list"),
        pytest.param("seed: -1", "'seed'", id="a seed below zero"),
        pytest.param("seed: 2147483648", "'seed'", id="a seed that no database takes"),
        pytest.param("rows: 0", "'rows'", id="no rows"),
        pytest.param("rows: many", "'rows'", id="no number"),
        pytest.param("- a\n- b", "the top level", id="a list, not settings"),
        pytest.param("sources:\n  - include: [x]", "'sources.0.url'", id="a source without URL"),
    ],
)
def test_a_bad_config_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, text))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_config(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"the config .*nowhere\.yaml does not exist"):
        load(tmp_path / "nowhere.yaml")


def test_a_bad_value_is_not_repeated() -> None:
    with pytest.raises(ConfigError) as caught:
        settings_of({"rows": "mysql://root:hunter2@db"}, "here")
    assert "hunter2" not in str(caught.value)


def test_variables_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAN_PW", "a@b")
    assert expanded("mysql://scan:${SCAN_PW}@db/x") == "mysql://scan:a%40b@db/x"
    assert expanded("/data/${SCAN_PW}") == "/data/a@b"
    with pytest.raises(ConfigError, match="SCAN_OTHER is not set"):
        expanded("mysql://scan:${SCAN_OTHER}@db")


def test_what_is_recorded_holds_no_source() -> None:
    settings = Settings(sources=(Source(url="mysql://u:hunter2@db"),))
    assert "hunter2" not in str(settings.recorded())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://scan:${PW}@db:3306/shop?charset=utf8", "mysql://db:3306/shop"),
        ("mysql://scan:hunter@2@db/shop", "mysql://db/shop"),
        ("/data/a@b", "/data/a@b"),
        ("postgresql://host/db?user=u&password=abc@Secret99", "postgresql://host/db"),
        ("postgresql://host/db#abc@Secret99", "postgresql://host/db"),
        ("postgresql://scan:99@Secret?x@db/shop", "postgresql://…"),
        ("postgresql://scan:99@Secret/x#y@db/shop", "postgresql://…"),
        ("mysql://host/db;password=Secret99", "mysql://host/db"),
        ("postgresql://scan:TopSecretPw", "postgresql://…"),
        ("postgresql://scan:Secret?99@db/shop", "postgresql://…"),
        ("postgresql://scan:99?Secret@db/shop", "postgresql://…"),
        ("postgresql://scan:99/Secret@db/shop", "postgresql://db/shop"),
        ("postgresql://scan:a@b/Secret@db/shop", "postgresql://…"),
        ("postgresql://scan:9999999", "postgresql://…"),
        ("postgresql://scan:Secret@", "postgresql://…"),
        ("postgresql:///shop", "postgresql://…"),
        ("postgresql://scan:Secret@db:port/shop", "postgresql://…"),
        ("postgresql:scan:Secret@db/shop", "postgresql:…"),
        ("mysql://scan:Secret@[::1]:3306/shop", "mysql://[::1]:3306/shop"),
        ("mysql://scan@${DB_HOST}/shop", "mysql://${DB_HOST}/shop"),
        ("sqlite:////data/a@b.db?mode=ro", "sqlite:////data/a@b.db"),
    ],
)
def test_a_url_is_shown_without_secrets(url: str, said: str) -> None:
    assert shown(url) == said
