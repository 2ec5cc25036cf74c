"""How many pictures of one folder are read: recognising the text in one takes seconds."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from connectors.files.form import EXTENSIONS, extension
from connectors.files.listing import Entry

PICTURES = 100  # of a folder, or of an archive
_SKIP = (
    f"one of more than {PICTURES} pictures in its folder, of which {PICTURES} are read:"
    " give it as a source of its own"
)


def rationed(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries; of the many pictures in a folder most are skipped, evenly over their names."""
    held = list(entries)
    pictures: dict[tuple[str, ...], list[int]] = {}
    for number, entry in enumerate(held):
        name = (entry.place.path, *entry.place.members)[-1]
        if not entry.skip and EXTENSIONS.get(extension(name)) == "picture":
            pictures.setdefault(_folder(entry), []).append(number)
    for found in pictures.values():
        count = len(found)
        if count > PICTURES:
            read = {i * count // PICTURES for i in range(PICTURES)}
            for place in set(range(count)) - read:
                held[found[place]] = replace(held[found[place]], skip=_SKIP)
    yield from held


def _folder(entry: Entry) -> tuple[str, ...]:
    *outer, name = (entry.place.path, *entry.place.members)
    return (*outer, name.rpartition("/")[0])
