"""How a column is stored, in a few words: `masked: 3+4 characters visible, 4 hidden; ...`.

GB/T 41833-2022 is about waybills: of a telephone number it hides six digits, of a name a
character, of an address the room. Columns are held against it wherever they are, since no
other standard at hand gives numbers; the words say what it is for.
"""

from collections import Counter
from collections.abc import Mapping

from detectors.base import Evidence
from detectors.ciphers import DIGESTS, SHORT
from detectors.how import How
from detectors.visible import ROOM_SHOWN, WITH_MD5
from scanner.model import ColumnProfile, State

_SEEN = 0.01  # of the values: what is rarer is not told
_ACCIDENT = (
    0.15  # one damaged number in eleven passes the check digit, one wrong in sixteen is round
)
_LIKE_UUID = 0.08  # one MD5 in twenty looks like a UUID without hyphens
_USUAL = 0.05  # of the masked values: ways that are rarer do not widen what is said
_STANDARD = "GB/T 41833 (waybills)"
_BLOCKS = frozenset({How(SHORT), *(How(DIGESTS[digits]) for digits in (32, 64, 128))})
# By their form alone: tokens and identifiers of devices are random strings too.
_BY_FORM = frozenset({*map(How, DIGESTS.values()), How("hex"), How("base64")})
PICTURES = frozenset({"avatar_photo", "id_photo"})
RANDOM = frozenset({"secret", "device_id", "openid"}) | PICTURES
_BYTES: Mapping[str, int] = {DIGESTS[2 * size]: size for size in (16, 32, 64)}
_LEAST: Mapping[str, int] = {"mobile": 6, "landline": 6, "name": 1}  # characters hidden


def ways(
    held: ColumnProfile, kind: str, *, short: bool = False, said: str = ""
) -> dict[str, Counter[How]]:
    """By state, the values that were made from `kind`, or do not say from what, by way.

    With `short`, sixteen hex digits count as hashes, and what may be base64 in the alphabet for
    URLs as cipher text. Of kinds that are random strings in clear (`RANDOM`) none counts by its
    form alone, unless the header says that they are hashed or encrypted. Where the header has
    `said` that values are encrypted, what is a digest by its length alone, and as long as whole
    blocks, is cipher text. But passwords that are called encrypted are digests as a rule.
    """
    found: dict[str, Counter[How]] = {}
    for (state, made_from, how), n in held.hows.items():
        plain = kind in RANDOM and not said and how in _BY_FORM
        if made_from in {kind, ""} and not plain:
            found.setdefault(state, Counter())[how] += n
    if short and held.short:
        found.setdefault("hashed", Counter())[How(SHORT)] += held.short
    if short and held.urlsafe > held.evidence.get(kind, Evidence()).rows:
        found.setdefault("encrypted", Counter())[How("base64url")] += held.urlsafe
    if said == State.ENCRYPTED and kind != "password":
        digests = found.pop("hashed", Counter())
        told = Counter({how: n for how, n in digests.items() if how not in _BLOCKS})
        found |= {"hashed": told} if told else {}
        if digests.total() > told.total():
            cipher = found.setdefault("encrypted", Counter())
            cipher[How("hex")] += digests.total() - told.total()
    return found


def random_strings(held: ColumnProfile) -> int:
    """How many values are random strings by their form: hashes, cipher texts, or tokens."""
    return sum(n for (_, kind, how), n in held.hows.items() if not kind and how in _BY_FORM)


def storage(
    state: State,
    found: Mapping[str, Counter[How]],
    kind: str,
    clear: int,
    held: ColumnProfile,
    said: str = "",
) -> str:
    """The words, main state first; with shares where more than one state is there.

    `found` is what `ways` gave, `clear` how many values are of the kind in clear. Digests that
    are told by their length alone may be whole blocks of cipher text, unless the header has `said`
    that they are hashed.
    """
    if state is State.EMPTY:
        return "empty: placeholders alone" if held.placeholders else "empty"
    numbers = {name: ways.total() for name, ways in found.items()} | {"clear": clear}

    def least(name: str) -> float:
        if State.DAMAGED in (state, name):
            return _ACCIDENT * held.given
        return (_LIKE_UUID if (state, name) == (State.HASHED, "clear") else _SEEN) * held.given

    others = [name for name in numbers if name != state and numbers[name] >= least(name)]
    if state not in found and state is not State.CLEAR:
        return f"{state}, as the header says"
    doubted = not said and kind != "password"
    if not others:
        return _said(state, "", found, kind, doubted=doubted)
    order = [str(state), *sorted(others, key=lambda name: -numbers[name])]
    return "; ".join(
        _said(name, f" in {_percent(numbers[name] / held.given)}", found, kind, doubted=doubted)
        if numbers[name]
        else name
        for name in order
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share < 0.995 else "nearly all"


def _said(
    name: str, share: str, found: Mapping[str, Counter[How]], kind: str, *, doubted: bool
) -> str:
    if name not in found:
        return name + share
    if name == State.MASKED:
        return f"{name}{share}: {_masked(found[name], kind)}"
    doubted = doubted and name == State.HASHED
    return f"{name}{share}: {_names(found[name], doubted=doubted)}"


def _names(ways: Counter[How], *, doubted: bool) -> str:
    usual = [how.name for how, n in ways.most_common() if n >= _USUAL * ways.total()]
    names = [_in_doubt(name) if doubted else name for name in usual]
    return ", ".join(dict.fromkeys(names))


def _in_doubt(name: str) -> str:
    size = _BYTES.get(name)
    return f"{name} by its length, or encrypted ({size} bytes)" if size else name


def _masked(ways: Counter[How], kind: str) -> str:
    """What stays visible, and whether the standard is met."""
    usual = [how for how, n in ways.items() if n >= _USUAL * ways.total()] or list(ways)
    head, tail, hidden = (
        _span([getattr(how, part) for how in usual]) for part in ("head", "tail", "hidden")
    )
    told = [f"{head}+{tail} characters visible, {hidden} hidden"]
    told += [WITH_MD5] if any(how.name == WITH_MD5 for how in usual) else []
    standard = _standard(ways, kind)
    return "; ".join([*told, *([standard] if standard else [])])


def _span(numbers: list[int]) -> str:
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low}–{high}"


def _standard(ways: Counter[How], kind: str) -> str:
    if kind == "address":
        met = sum(n for how, n in ways.items() if how.name != ROOM_SHOWN and how.hidden)
        asks = "the room hidden"
    elif kind in _LEAST:
        met = sum(n for how, n in ways.items() if how.hidden >= _LEAST[kind])
        asks = f"{_LEAST[kind]} hidden"
    else:
        return ""
    if met == ways.total():
        return f"meets {_STANDARD}"
    share = f": met in {_percent(met / ways.total())}" if met >= _SEEN * ways.total() else ""
    return f"{_STANDARD} asks for {asks}{share}"
