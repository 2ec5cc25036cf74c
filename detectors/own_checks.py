"""The checks of a user's detector, out of YAML: names, or names with settings."""

from collections.abc import Mapping

from detectors.lined import Lined
from detectors.named_checks import CHECKS, Check

_NAMES = (*CHECKS, "date", "weighted")
_PART = {"from", "to"}
_WEIGHTED = {"weights", "modulus", "alphabet", "remainders"}


def checks(said: Lined) -> tuple[Check, ...]:
    """One check, or a list of them: `luhn`, or `luhn: {from: 2}`.

    Raises:
        FaultError: a name or setting that is not known, or does not fit.
    """
    items = said.items("check") if isinstance(said.value, list) else [said]
    return tuple(_check(item) for item in items)


def _check(said: Lined) -> Check:
    if isinstance(said.value, str):
        name, settings = said.value, dict[str, Lined]()
    else:
        named = said.mapping("check")
        if len(named) != 1:
            said.fail("a check is a name, or one name with settings: make a list of several")
        name, inner = next(iter(named.items()))
        settings = dict(inner.mapping(f"the settings of {name}"))
    if name not in _NAMES:
        said.fail(f"there is no check '{name}': choose one of {', '.join(_NAMES)}")
    allowed = _PART | (_WEIGHTED if name == "weighted" else set())
    for odd in settings.keys() - allowed:
        settings[odd].fail(f"{name} has no setting '{odd}': it has {', '.join(sorted(allowed))}")
    first = _number(settings, "from", 1, least=1)
    last = _number(settings, "to", 0, least=first)
    if name == "date" and last and last - first != 7:
        said.fail("a date is eight digits, yyyymmdd: make `to` seven more than `from`")
    if name == "date" and not last:
        last = first + 7
    if name != "weighted":
        return Check(name, first, last)
    return _weighted(said, settings, first, last)


def _weighted(said: Lined, settings: Mapping[str, Lined], first: int, last: int) -> Check:
    for needed in ("weights", "modulus"):
        if needed not in settings:
            said.fail(f"weighted needs {needed}: say them")
    items = settings["weights"].items("weights")
    weights = tuple(item.of(int, "each weight") for item in items)
    modulus = _number(settings, "modulus", 0, least=2)
    if all(weight % modulus == 0 for weight in weights):
        settings["weights"].fail(
            "weights that are none, or multiples of the modulus, check nothing: "
            "name one for each character"
        )
    alphabet = _characters(settings, "alphabet", Check("weighted").alphabet)
    remainders = _characters(settings, "remainders", "")
    if remainders and len(remainders) != modulus:
        settings["remainders"].fail(
            f"remainders names the check character for each remainder: make it {modulus} long"
        )
    return Check("weighted", first, last, weights, modulus, alphabet, remainders)


def _number(settings: Mapping[str, Lined], name: str, default: int, least: int) -> int:
    if name not in settings:
        return default
    value = settings[name].of(int, name)
    if value < least:
        settings[name].fail(f"{name} has to be {least} or more")
    return value


def _characters(settings: Mapping[str, Lined], name: str, default: str) -> str:
    if name not in settings:
        return default
    value = settings[name].of(str, name)
    repeated = name == "alphabet" and len(set(value)) != len(value)
    if not value.isascii() or not value.isalnum() or value != value.upper() or repeated:
        settings[name].fail(f"{name} is written in digits and capitals, without separators")
    return value
