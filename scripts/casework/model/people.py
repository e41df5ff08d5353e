"""Who is who: the people that cases are about, written by, and witnessed by."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


class Person(NamedTuple):
    """One entry of people.yaml. A field that is absent, or was not readable, is None."""

    handle: str
    name: str
    github: str | None = None
    level: str | None = None
    """None for somebody outside the ladder, who has no cases."""
    level_since: date | None = None
    onboarded: date | None = None
    manager: str | None = None
    team: str | None = None
    left: date | None = None

    def is_gone(self, day: date) -> bool:
        """Whether the person has left by a day."""
        return self.left is not None and self.left <= day


class People(NamedTuple):
    """Everybody, by handle, in the file's order."""

    by_handle: Mapping[str, Person]

    def get(self, handle: str | None) -> Person | None:
        """The person of that handle."""
        return self.by_handle.get(handle) if handle is not None else None

    def of_account(self, login: str | None) -> Person | None:
        """The person whose GitHub account it is, in whatever case; None unless it is just one."""
        wanted = login.casefold() if login else None
        found = [
            each
            for each in self.by_handle.values()
            if wanted and each.github and each.github.casefold() == wanted
        ]
        return found[0] if len(found) == 1 else None
