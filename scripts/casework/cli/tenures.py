"""Everybody's levels in people.yaml, found without looking at any case."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from casework.check.changes import REASON
from casework.cli.archive import Archive, recording
from casework.model.audit import Held, Recording
from casework.model.history import Landing
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


def _moves(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Whose entry left its handle, and for which; None for whoever is gone.

    The account tells who it is, or else the name. A handle that stays in use is somebody else's
    only where both have changed.
    """
    free = {each for each in after if each not in before or _is_other(before[each], after[each])}
    whose = {mark: handle for handle in after if handle in free for mark in _marks(after[handle])}
    for old, data in before.items():
        if old not in after or old in free:
            yield old, next((whose[each] for each in _marks(data) if each in whose), None)


class _Entry(NamedTuple):
    """What people.yaml said of somebody from a step on, and by which handle."""

    place: int
    handle: str
    data: Any


class _Life:
    """What people.yaml said of somebody, oldest first."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []

    @property
    def last(self) -> Any:
        """What it said last."""
        return self.entries[-1].data


class _Lives:
    """The entries after each step, and whose they were before."""

    def __init__(self) -> None:
        self.all: list[_Life] = []
        self.there: dict[str, _Life] = {}
        self._missed: dict[str, _Life] = {}
        """Who is gone without having left, by handle, and by what else they are known again."""

    def go_on(self, place: int, changed: Mapping[str, Any]) -> None:
        """Take the next step."""
        before = {each: self.there[each].last for each in changed if each in self.there}
        after = {handle: data for handle, data in changed.items() if data is not None}
        moved = dict(_moves(before, after))
        lives = {old: self.there.pop(old) for old in moved}
        for old, new in moved.items():
            if new is None:
                self._miss(old, lives[old])
            else:
                self.there[new] = lives[old]
        for handle, data in after.items():
            self._life(handle, data).entries.append(_Entry(place, handle, data))

    def _miss(self, handle: str, life: _Life) -> None:
        if _field(life.last, "left") is None:
            self._missed |= dict.fromkeys((handle, *_marks(life.last)), life)

    def _life(self, handle: str, data: Any) -> _Life:
        if handle not in self.there:
            keys = (handle, *_marks(data))
            life = next((self._missed[each] for each in keys if each in self._missed), None)
            if life is None:
                life = _Life()
                self.all.append(life)
            self._missed = {key: each for key, each in self._missed.items() if each is not life}
            self.there[handle] = life
        return self.there[handle]


def _tenure(life: _Life, lives: _Lives, archive: Archive) -> Tenure:
    first, last = life.entries[0], life.entries[-1]
    is_gone = lives.there.get(last.handle) is not life and _field(life.last, "left") is None
    from_the_start = archive.has_beginning and archive.begins[first.place] == 0
    handles = dict.fromkeys(each.handle for each in life.entries)
    return Tenure(tuple(handles), tuple(_steps(life, archive)), from_the_start and is_gone)


def _steps(life: _Life, archive: Archive) -> Iterator[LevelStep]:
    """The changes of a level that was held. A first one, and going without, are none."""
    held, before = _NO_LEVEL, _Entry(-1, "", None)
    for index, each in enumerate(life.entries):
        now = _held(each.data)
        has_reason = _reason(each.data) not in (None, _reason(before.data))
        if now.level is None:
            # What was given up without a reason is still the level from which one came back.
            held = _NO_LEVEL if has_reason else held
        elif held.level is None:
            held = now
        elif now != held:
            step = _step(before, each, held, now, archive)
            excuse = None if has_reason else _explained_later(life.entries[index:], archive)
            yield step._replace(
                reason=_reason(each.data) if has_reason else None, explained_later=excuse
            )
            held = now
        before = each


def _explained_later(entries: Sequence[_Entry], archive: Archive) -> Landing | None:
    """The commit that gives the reason which the first one lacks, where they may be one step.

    What is rebased bears no number. Only a note could tell that it was one pull request.
    """
    first, *others = entries
    landing = archive.landings[first.place]
    for each in others:
        later = archive.landings[each.place]
        is_told = landing.note or later.note or recording(each.place, archive) is Recording.PRESENT
        if is_told or (later.day, later.pull_request) != (landing.day, None):
            return None
        if landing.pull_request is not None or _held(each.data) != _held(first.data):
            return None
        if _reason(each.data) not in (None, _reason(first.data)):
            return later
    return None


def _step(was: _Entry, now: _Entry, before: Held, after: Held, archive: Archive) -> LevelStep:
    register, begins = archive.register, archive.begins[now.place]
    person, rules = register.person(now.handle, now.place), register.organisation(now.place)
    is_raise, is_known = False, True
    if rules is not None and isinstance(before.level, str):
        above = rules.framework.levels_above(before.level)
        is_raise = any(each.id == after.level for each in above)
        is_known = rules.framework.level(before.level) is not None
    return LevelStep(
        archive.landings[now.place],
        begins,
        now.handle,
        person.name if person else now.handle,
        before,
        after,
        is_raise=is_raise,
        is_of_the_ladder=is_known,
        was_readable=register.has_people(begins - 1) is not False,
        handle_before=was.handle,
        only_common=_only_common(was, now),
    )


def _held(data: Any) -> Held:
    level = _field(data, "level")
    level = str(level) if type(level) is int else level  # quotes promote nobody
    return Held(level, _field(data, "level_since")) if level is not None else _NO_LEVEL


def _reason(data: Any) -> str | None:
    said = _field(data, REASON)
    return said if isinstance(said, str) and said.strip() else None


def _only_common(was: _Entry, now: _Entry) -> str:
    """What alone speaks for two entries being about one person; empty where more does."""
    if _account(was.data) == _account(now.data):
        return ""
    if _is_other(was.data, now.data):
        return "handle"
    return "name" if was.handle != now.handle else ""


def _is_other(one: Any, other: Any) -> bool:
    """Whether two entries have neither the name nor the account in common."""
    was, now = _marks(one), _marks(other)
    return len(was) == len(now) == 2 and set(was).isdisjoint(now)


def _marks(data: Any) -> tuple[str, ...]:
    """By what somebody is known again, whatever the handle: the account, and then the name."""
    name = _field(data, "name")
    marks = (_account(data), f"={name.casefold()}" if isinstance(name, str) else None)
    return tuple(each for each in marks if each is not None)


def _account(data: Any) -> str | None:
    login = _field(data, "github")
    return f"@{login.casefold()}" if isinstance(login, str) else None


def _field(data: Any, name: str) -> Any:
    return data.get(name) if isinstance(data, dict) else None
