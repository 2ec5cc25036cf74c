"""YAML as plain data that remembers its lines, and the faults that are found in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar, cast

import yaml

T = TypeVar("T")
_LARGEST = 1 << 20  # bytes; a file of detectors is written by hand


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in one sentence that says what to do, and the line (0: the whole file)."""

    line: int
    says: str


class PluginError(ValueError):
    """A user's detectors cannot be used; `faults` says all that is wrong in `where`."""

    def __init__(self, where: str, faults: tuple[Fault, ...]) -> None:
        self.where, self.faults = where, faults
        line = f", line {faults[0].line}" if faults[0].line else ""
        more = len(faults) - 1
        rest = f" (and {more} more: picensus kinds --check {where} says all)" if more else ""
        super().__init__(f"{where}{line}: {faults[0].says}{rest}")


@dataclass(frozen=True, slots=True)
class Lined:
    """A value of the file with its line; of a mapping or a list the items are `Lined` too."""

    value: object
    line: int

    def fail(self, says: str) -> NoReturn:
        """Raises what is wrong here."""
        raise FaultError(Fault(self.line, says))

    def mapping(self, what: str) -> Mapping[str, "Lined"]:
        """The value as a mapping."""
        if not isinstance(self.value, dict):
            self.fail(f"{what} has to be a mapping of names to values")
        return cast("Mapping[str, Lined]", self.value)

    def items(self, what: str) -> list["Lined"]:
        """The value as a list."""
        if not isinstance(self.value, list):
            self.fail(f"{what} has to be a list")
        return cast("list[Lined]", self.value)

    def of(self, kind: type[T], what: str) -> T:
        """The value as a text, number or truth."""
        fits = isinstance(self.value, kind) and (kind is bool or not isinstance(self.value, bool))
        if not fits or self.value == "":
            name = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
            self.fail(f"{what} has to be {name[kind]}{_quoted(self.value, kind)}")
        return cast("T", self.value)

    def texts(self, what: str) -> tuple[str, ...]:
        """The value as a list of texts."""
        return tuple(item.of(str, f"each item of {what}") for item in self.items(what))


class FaultError(ValueError):
    """One fault, on its way to the others of its file."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.says)


def _quoted(value: object, kind: type) -> str:
    """A hint where YAML took a text for something else."""
    other = kind is str and isinstance(value, bool | int | float | None)
    return ": put it in quotes" if other else ""


def lined(path: Path) -> Lined:
    """The YAML file.

    Raises:
        PluginError: it is missing, unreadable or no YAML.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise PluginError(str(path), (Fault(0, "it is no file of detectors: over 1 MB"),))
        text = path.read_text("utf-8")
    except FileNotFoundError:
        message = "there is no such file of detectors: check the path"
        raise PluginError(str(path), (Fault(0, message),)) from None
    except (OSError, UnicodeDecodeError):
        message = "it cannot be read: give a readable UTF-8 file"
        raise PluginError(str(path), (Fault(0, message),)) from None
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        return _plain(loader, node) if node else Lined(None, 1)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        message = "it is not YAML: check indentation, colons and quotes"
        raise PluginError(str(path), (Fault(line, message),)) from None
    except FaultError as error:
        raise PluginError(str(path), (error.fault,)) from None


def _plain(loader: yaml.SafeLoader, node: yaml.Node, depth: int = 0) -> Lined:
    line = node.start_mark.line + 1
    if depth > 8:  # an anchor within itself has no end
        raise FaultError(Fault(line, "it is nested too deep: write it without anchors"))
    if isinstance(node, yaml.MappingNode):
        held: dict[str, Lined] = {}
        for key, item in node.value:
            name = str(loader.construct_object(key))
            if name in held:
                says = f"'{name}' is said twice: leave one out"
                raise FaultError(Fault(key.start_mark.line + 1, says))
            one = _plain(loader, item, depth + 1)
            held[name] = Lined(one.value, key.start_mark.line + 1)
        return Lined(held, line)
    if isinstance(node, yaml.SequenceNode):
        return Lined([_plain(loader, item, depth + 1) for item in node.value], line)
    try:
        return Lined(loader.construct_object(node), line)
    except ValueError as error:  # 2001-99-99 is no day
        says = "this is no value of YAML: put it in quotes"
        raise FaultError(Fault(line, says)) from error
