"""The organisation as every commit of the main branch had it: rules, and who was who.

It is made in one pass over what the commits changed, and keeps of every person only what was
changed: thousands of commits with thousands of people take no more than their differences.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from casework.model.audit import Unread
from casework.model.blob import Blob
from casework.model.document import PEOPLE, Document, DocumentKind
from casework.model.organisation import Organisation
from casework.model.people import People, Person
from casework.read.chronicle import FileChange, Step
from casework.read.documents import FRAMEWORK, kind_of, read_document
from casework.read.git import Git
from casework.read.organisation import read_organisation, unread
from casework.read.people import read_people
from casework.read.roster import Entry, Roster
from casework.read.schema import Schemas

RULES = (DocumentKind.FRAMEWORK, DocumentKind.LEVEL, DocumentKind.POLICY)

_NOBODY = Document(PEOPLE, DocumentKind.PEOPLE, data={"people": {}})

_T = TypeVar("_T")


class Since(NamedTuple):
    """What people.yaml said of somebody from a commit on, as it is written."""

    place: int
    """The commit's, among those that the register was made from."""
    entry: Entry | None
    """None where it said nothing."""


class _Timeline(Generic[_T]):
    """Something that changed from time to time."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._values: list[_T] = []

    def set(self, place: int, value: _T) -> None:
        """What it is from a place on, which lies after all others."""
        self._places.append(place)
        self._values.append(value)

    def has_begun(self, place: int) -> bool:
        """Whether it was anything by a place."""
        return bisect_right(self._places, place) > 0

    def at(self, place: int) -> _T | None:
        """What it was at a place; None before the first."""
        index = bisect_right(self._places, place) - 1
        return self._values[index] if index >= 0 else None

    def all(self) -> Iterator[tuple[int, _T]]:
        """What it was since when."""
        return zip(self._places, self._values, strict=True)


class Register:
    """Who was who, and by which rules, after each of the steps that it was made from.

    A place is a step's; before the first of them, -1, there is nothing.
    """

    def __init__(self) -> None:
        self._entries: dict[str, _Timeline[Entry | None]] = {}
        self._is_readable: _Timeline[bool] = _Timeline()
        self._rules: _Timeline[Organisation | Unread] = _Timeline()
        self._holders: dict[str, dict[str, None]] = {}
        self._accounts: dict[str, int] = {}
        self._persons: dict[tuple[str, int], Person] = {}

    def organisation(self, place: int) -> Organisation | None:
        """The rules and the people after a step; None where they could not be read.

        Word lists are left out.
        """
        rules = self._rules.at(place)
        if not isinstance(rules, Organisation) or not self._is_readable.at(place):
            return None
        return rules._replace(people=People(_Everybody(self, place)))

    def unread(self, place: int) -> Unread | None:
        """Because of what there are no rules after a step; None where there are some."""
        rules = self._rules.at(place) or Unread(FRAMEWORK, is_there=False)
        if isinstance(rules, Unread):
            return rules
        is_readable = self._is_readable.at(place)
        return None if is_readable else Unread(PEOPLE, is_there=is_readable is not None)

    def has_people(self, place: int) -> bool | None:
        """Whether people.yaml could be read after a step; None before there was any."""
        return self._is_readable.at(place)

    def is_lost_since(self) -> int | None:
        """The step since which people.yaml cannot be read, or is gone; None where it can be."""
        *_, (place, is_readable) = (-1, True), *self._is_readable.all()
        return None if is_readable else place

    def has_rules(self, place: int) -> bool:
        """Whether there were rules after a step, readable or not."""
        return self._rules.has_begun(place)

    def has_same_rules(self, one: int, other: int) -> bool:
        """Whether the framework and the policy were the same after two steps."""
        return self._rules.at(one) is self._rules.at(other)

    def person(self, handle: str, place: int) -> Person | None:
        """Who somebody was after a step."""
        timeline = self._entries.get(handle)
        entry = timeline.at(place) if timeline else None
        return self._person(handle, entry) if entry else None

    def people(self, handles: Iterable[str | None], logins: Iterable[str], place: int) -> People:
        """As many people after a step as it takes to know some handles and some accounts."""
        named = (self.person(each, place) for each in handles if each is not None)
        holders = (person for each in logins for person in self.of_account(each, place))
        return People({each.handle: each for each in (*named, *holders) if each})

    def accounts(self) -> Mapping[str, int]:
        """All accounts that anybody ever had, in small letters, and since which place."""
        return self._accounts

    def accounts_of(self, handle: str) -> tuple[str, ...]:
        """All accounts that somebody ever had, oldest first."""
        entries = (each.entry for each in self.story(handle))
        found = (self._person(handle, each).github for each in entries if each)
        return tuple(dict.fromkeys(each for each in found if each))

    def handles(self) -> tuple[str, ...]:
        """Everybody who ever was in people.yaml."""
        return tuple(self._entries)

    def of_account(self, login: str, place: int) -> tuple[Person, ...]:
        """Everybody whose account it was after a step."""
        handles = self._holders.get(login.casefold(), ())
        found = (self.person(each, place) for each in handles)
        return tuple(
            each for each in found if each and (each.github or "").casefold() == login.casefold()
        )

    def story(self, handle: str) -> tuple[Since, ...]:
        """What people.yaml said of somebody, oldest first."""
        timeline = self._entries.get(handle)
        return tuple(Since(*each) for each in timeline.all()) if timeline else ()

    def turn(self, place: int, changed: Mapping[str, Entry | None] | None) -> None:
        """Take note of what a step changed in people.yaml; None where it made it unreadable."""
        if self._is_readable.at(place) is not (changed is not None):
            self._is_readable.set(place, changed is not None)
        for handle, entry in (changed or {}).items():
            self._entries.setdefault(handle, _Timeline()).set(place, entry)
            account = self._person(handle, entry).github if entry else None
            if account:
                self._holders.setdefault(account.casefold(), {})[handle] = None
                self._accounts.setdefault(account.casefold(), place)

    def rule(self, place: int, rules: Organisation | Unread) -> None:
        """Take note of the rules since a step, or of why they cannot be read."""
        self._rules.set(place, rules)

    def _person(self, handle: str, entry: Entry) -> Person:
        key = handle, id(entry)  # the timelines keep all entries, so that no id is used twice
        if key not in self._persons:
            alone = _NOBODY._replace(data={"people": {handle: entry.data}})
            self._persons[key] = read_people(alone).by_handle[handle]
        return self._persons[key]


class _Everybody(Mapping[str, Person]):
    """Everybody after a step, each looked up when first asked for."""

    def __init__(self, register: Register, place: int) -> None:
        self._register = register
        self._place = place

    def __getitem__(self, handle: str) -> Person:
        person = self._register.person(handle, self._place)
        if person is None:
            raise KeyError(handle)
        return person

    def __iter__(self) -> Iterator[str]:
        return (e for e in self._register.handles() if self._register.person(e, self._place))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def register(git: Git, steps: Sequence[Step], schemas: Schemas) -> Register:
    """The register of a chronicle of framework/ and cases/. Raises GitError."""
    made = Register()
    _call_the_roll(git, steps, made)
    _collect_rules(git, steps, schemas, made)
    return made


def _call_the_roll(git: Git, steps: Sequence[Step], made: Register) -> None:
    """Read people.yaml as every step left it."""
    turns = [
        (step.landing.place, content)
        for step in steps
        for path, content in contents_of(step.changes)
        if path == PEOPLE
    ]
    roster = Roster()
    found = git.objects(content for _, content in turns if content)
    for place, content in turns:
        made.turn(place, roster.turn_to(next(found) if content else None))


def contents_of(changes: Sequence[FileChange]) -> Iterator[tuple[str, str | None]]:
    """What lies at each path that was touched: the content's id; None for nothing, or no file."""
    there = {each.path for each in changes}
    for each in changes:
        if each.before_path is not None and each.before_path not in there:
            yield each.before_path, None
        yield each.path, each.new if each.is_file else None


def _collect_rules(git: Git, steps: Sequence[Step], schemas: Schemas, made: Register) -> None:
    """Read the framework and the policy as every step left them."""
    states = list(_states_of_rules(steps))
    wanted = sorted({entry for _, state in states for entry in state})
    blobs = git.objects(content for _, content in wanted)
    documents = {
        (path, content): read_document(Blob(path, found), schemas)
        for (path, content), found in zip(wanted, blobs, strict=True)
    }
    known: dict[Any, Organisation | Unread] = {}
    for place, state in states:
        if state not in known:
            read = {path: documents[path, content] for path, content in state} | {PEOPLE: _NOBODY}
            known[state] = read_organisation(read) or unread(read)
        made.rule(place, known[state])


def _states_of_rules(steps: Sequence[Step]) -> Iterator[tuple[int, frozenset[tuple[str, str]]]]:
    """The paths and contents of all rules, for each step that changed any."""
    there: dict[str, str] = {}
    for step in steps:
        changed = [e for e in contents_of(step.changes) if kind_of(e[0]) in RULES]
        for path, content in changed:
            there.pop(path, None)
            if content is not None:
                there[path] = content
        if changed:
            yield step.landing.place, frozenset(there.items())
