"""Everybody's levels in people.yaml, found without looking at any case."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from casework.check.changes import REASON
from casework.check.entries import same_people
from casework.cli.archive import Archive
from casework.model.audit import Held
from casework.model.tenure import LevelStep, Tenure

_NO_LEVEL = Held()


def tenures(archive: Archive) -> tuple[Tenure, ...]:
    """Whoever's level ever became another one."""
    lives = _Lives()
    for place, changed in sorted(_changes(archive).items()):
        lives.go_on(place, changed)
    found = (_tenure(each, lives, archive) for each in lives.all)
    return tuple(each for each in found if each.steps)


def _changes(archive: Archive) -> Mapping[int, Mapping[str, Any]]:
    """By the last place of each pull request, what it made of entries; None for gone ones."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for handle in archive.register.handles():
        for since in archive.register.story(handle):
            there = found[archive.ends[since.place]]
            there[handle] = since.entry.data if since.entry else None
    return found


class _Life:
    """What people.yaml said of somebody, oldest first: where, by which handle, and what."""

    def __init__(self) -> None:
        self.entries: list[tuple[int, str, Any]] = []

    @property
    def last(self) -> Any:
        """What it said last."""
        return self.entries[-1][2]


class _Lives:
    """The entries after each step, and whose they were before."""

    def __init__(self) -> None:
        self.all: list[_Life] = []
        self.there: dict[str, _Life] = {}
        self._missed: dict[str, _Life] = {}
        """Who is gone without having left, by handle, and by account after an `@`."""

    def go_on(self, place: int, changed: Mapping[str, Any]) -> None:
        """Take the next step."""
        before = {each: self.there[each].last for each in changed if each in self.there}
        after = {handle: data for handle, data in changed.items() if data is not None}
        moved = [(old, new) for old, new in same_people(before, after) if old not in after]
        lives = {old: self.there.pop(old) for old, _ in moved}
        for old, new in moved:
            if new in after:
                self.there[new] = lives[old]
            else:
                self._miss(old, lives[old])
        for handle, data in after.items():
            self._life(handle, data).entries.append((place, handle, data))

    def _miss(self, handle: str, life: _Life) -> None:
        if _field(life.last, "left") is None:
            self._missed[handle] = life
            if account := _account(life.last):
                self._missed[account] = life

    def _life(self, handle: str, data: Any) -> _Life:
        if handle not in self.there:
            keys = (handle, _account(data))
            life = next((self._missed[each] for each in keys if each in self._missed), None)
            if life is None:
                life = _Life()
                self.all.append(life)
            self._missed = {key: each for key, each in self._missed.items() if each is not life}
            self.there[handle] = life
        return self.there[handle]


def _tenure(life: _Life, lives: _Lives, archive: Archive) -> Tenure:
    first, last = life.entries[0], life.entries[-1]
    is_gone = lives.there.get(last[1]) is not life and _field(life.last, "left") is None
    from_the_start = archive.has_beginning and archive.begins[first[0]] == 0
    handles = dict.fromkeys(handle for _, handle, _ in life.entries)
    return Tenure(tuple(handles), tuple(_steps(life, archive)), from_the_start and is_gone)


def _steps(life: _Life, archive: Archive) -> Iterator[LevelStep]:
    """The changes of a level that was held. A first one, and going without, are none."""
    held, before = _NO_LEVEL, None
    for place, handle, data in life.entries:
        now, reason = _held(data), _reason(data)
        new_reason = reason if reason != _reason(before) else None
        before = data
        if now.level is None:
            # What was given up without a reason is still the level from which one came back.
            held = held if new_reason is None else _NO_LEVEL
        elif held.level is None:
            held = now
        elif now != held:
            yield _step(place, handle, held, now, new_reason, archive)
            held = now


def _step(
    place: int, handle: str, before: Held, after: Held, reason: str | None, archive: Archive
) -> LevelStep:
    register, begins = archive.register, archive.begins[place]
    person, rules = register.person(handle, place), register.organisation(place)
    is_raise, is_known = False, True
    if rules is not None and isinstance(before.level, str):
        above = rules.framework.levels_above(before.level)
        is_raise = any(each.id == after.level for each in above)
        is_known = rules.framework.level(before.level) is not None
    return LevelStep(
        archive.landings[place],
        begins,
        handle,
        person.name if person else handle,
        before,
        after,
        reason,
        is_raise,
        is_known,
        register.has_people(begins - 1) is not False,
    )


def _held(data: Any) -> Held:
    level = _field(data, "level")
    return Held(level, _field(data, "level_since")) if level is not None else _NO_LEVEL


def _reason(data: Any) -> str | None:
    said = _field(data, REASON)
    return said if isinstance(said, str) and said.strip() else None


def _account(data: Any) -> str | None:
    login = _field(data, "github")
    return f"@{login.casefold()}" if isinstance(login, str) else None


def _field(data: Any, name: str) -> Any:
    return data.get(name) if isinstance(data, dict) else None
