"""What a column's name and its comment mean together, and which of the two says so."""

from dataclasses import replace

import regex

from detectors.header_words import kinds_that
from detectors.phrases import COUNTS, Meaning, Reading

_HAN = regex.compile(r"\p{Han}")
_DATES = frozenset({"日期", "时间", "年月", "年月日"})


def joint(name: Meaning, said: Meaning) -> tuple[Meaning, str]:
    """What name and comment mean together, and which of the two says so."""
    if said.reading is Reading.SILENT or _somebody(name, said):
        return _unsaid(name, said)
    if _stands(name, said):
        return name, "name"
    if said.reading is Reading.OTHER or _denied(name, said):
        other = said.reading is Reading.OTHER
        return (said if other else replace(said, reading=Reading.OTHER)), "comment"
    if name.kind == said.kind and name.reading in (Reading.KIND, Reading.BARE):
        anothers = said.owner in ("organisation", "thing")  # `address`, 门店地址
        return (said if anothers else max((said, name), key=lambda m: m.grade)), "comment"
    if _surer(name, said):
        return name, "name"
    return said.less(_strange(name, said)), "comment"


def _stands(name: Meaning, said: Meaning) -> bool:
    """Whether the name stands though the comment's head is another: a date, an id, of itself."""
    if name.kind == "date_of_birth":
        return said.word in _DATES and not said.owner
    return said.reference and name.kind == "openid" and name.word in ("openid", "unionid")


def _strange(name: Meaning, said: Meaning) -> int:
    """The doubt where a name that means something else carries a comment that is not sure."""
    if said.grade > 2 or name.initials:
        return 0
    numbered = name.word in COUNTS and said.kind in kinds_that("numbered")
    own = said.owner == "person" or numbered or (name.reference and said.kind in kinds_that("ids"))
    referred = said.kind == "name" and name.word.endswith("user")  # `apply_user`: an account
    return int(referred or (name.reading is Reading.OTHER and not own))


def _somebody(name: Meaning, said: Meaning) -> bool:
    """Whether the comment says who it is (`创建人`), and the name what they are called."""
    called = kinds_that("called")
    known = said.owner == "person" and said.kind in called and said.grade < 2
    return known and name.kind in called


def _surer(name: Meaning, said: Meaning) -> bool:
    """Whether the name says more than the comment: not where it is guessed, or where that is bare.

    A password that is called a token is one.
    """
    if (name.kind, said.kind, name.grade) == ("secret", "password", 3):
        return True
    bare = said.reading is Reading.BARE and said.kind != "name"
    unsure = bare or (name.initials and said.grade > 0)
    return name.reading is Reading.KIND and name.grade > said.grade and not unsure


def _unsaid(name: Meaning, said: Meaning) -> tuple[Meaning, str]:
    """A comment that names nothing: somebody (`盘点人`), or Chinese that leaves a doubt."""
    called = name.kind == "name" or (name.kind in kinds_that("called") and name.grade > 1)
    called = called and not name.initials and name.reading in (Reading.KIND, Reading.BARE)
    if said.owner == "person" and called:
        return replace(name, reading=Reading.KIND, grade=max(name.grade, 2), owner="person"), "name"
    open_ = name.reading in (Reading.SILENT, Reading.OTHER) and not name.flag
    if said.owner == "person" and open_ and name.word.endswith("name"):  # of one not known
        return Meaning(Reading.KIND, "name", 2, name.word, "person"), "name"
    if said.owner == "person" and name.reading is Reading.SILENT:
        return Meaning(Reading.KIND, "name", 1, said.word, "person"), "comment"
    foreign = bool(_HAN.search(said.word)) and said.owner != "person"
    doubt = foreign or (said.prose and name.initials)
    return name.less(doubt), "name"


def _denied(name: Meaning, said: Meaning) -> bool:
    """Whether the name is a yes or no about what the comment names, or a reference to it."""
    if name.reference and said.kind in kinds_that("referred"):
        # `student_id` may well be the student number, where the comment leaves no doubt.
        return said.grade < 3 or said.kind not in kinds_that("numbered")
    return name.flag
