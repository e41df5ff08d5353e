"""What git lists, taken apart: names with anything in them, files of a commit, differences."""

from collections.abc import Iterator
from typing import NamedTuple

SYMLINK = "120000"
SUBMODULE = "160000"


class Entry(NamedTuple):
    """A file of a commit: what git calls its mode, its object, its size (0 unless a file)."""

    mode: str
    id: str
    size: int
    path: str


class Change(NamedTuple):
    """A path that differs between two trees."""

    status: str
    """`A` added, `M` modified, `D` deleted, `T` another kind of file."""
    path: str


def names(listing: bytes) -> list[str]:
    """The names of a listing that ends each with a zero byte."""
    return listing.decode("utf-8", "surrogateescape").split("\0")[:-1]


def entries(listing: bytes) -> Iterator[Entry]:
    """The files of a long listing of a tree."""
    for line in names(listing):
        about, path = line.split("\t", 1)
        mode, _, name, size = about.split()
        yield Entry(mode, name, int(size) if size.isdigit() else 0, path)


def statuses(listing: bytes) -> dict[str, str]:
    """The status of each path of a raw difference."""
    words = names(listing)
    pairs = zip(words[::2], words[1::2], strict=True)
    return {path: about.rsplit(" ", 1)[-1][:1] for about, path in pairs}
