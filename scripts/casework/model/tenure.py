"""How somebody's level came to be what it is, and which cases decided that."""

from typing import NamedTuple

from casework.model.audit import Held
from casework.model.history import Landing


class LevelStep(NamedTuple):
    """A pull request, or a commit by itself, since which people.yaml has another level or day."""

    landing: Landing
    """The last commit of it."""
    begins: int
    """The place of the first one."""
    handle: str
    name: str
    before: Held
    """What was held until then, also where the entry was without it for a while."""
    after: Held
    reason: str | None = None
    """Why, as the entry says, newly written there."""
    is_raise: bool = False
    """Whether the framework has the new level above the one before."""
    is_of_the_ladder: bool = True
    """Whether the framework of that day knows the level before."""
    was_readable: bool = True
    """Whether people.yaml could be read before; else the change may be older."""
    handle_before: str = ""
    only_common: str = ""
    """What alone the entry has in common with the one before, as when a handle is reused."""
    explained_later: Landing | None = None
    """The commit that gives a reason for it, where only a note could tell that both were one."""


class Tenure(NamedTuple):
    """What became of somebody's level, whatever handle the account had meanwhile."""

    handles: tuple[str, ...]
    steps: tuple[LevelStep, ...]
    """Oldest first. Whoever is hired, or gets a level for the first time, takes none."""
    is_example: bool = False
    """Whether the entry came with the first commit of all and is gone, as a template's are."""


class Promotion(NamedTuple):
    """What a decided promotion makes of the subject's level."""

    person: str
    path: str
    place: int
    """That of the last commit of its pull request."""
    begins: int
    """Likewise of the first one."""
    start: Held | None
    """The level that it starts from; None where it does not say that, or since when."""
    end: Held
    is_new: bool = False
    """Whether the case came decided already, as the record of an earlier promotion does."""
