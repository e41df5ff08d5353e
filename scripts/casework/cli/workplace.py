"""What a command that edits cases works on: the files of a clone, and the rules that they state."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from casework.assess.quarters import Circumstances
from casework.cli.failure import FailureError, UsageError, did_you_mean
from casework.cli.rulebook import Rulebook, readable_rulebook, require_flawless
from casework.cli.settings import Settings
from casework.cli.shelf import Shelf
from casework.model.blob import Blob
from casework.model.case import Case, Kind
from casework.model.english import day
from casework.model.fiscal import Quarter
from casework.model.framework import Category, Level
from casework.model.organisation import Organisation
from casework.model.people import Person
from casework.model.report import Because
from casework.read.case import read_case
from casework.read.documents import PEOPLE, POLICY, is_case
from casework.read.git import Git
from casework.read.source import WorkingTree


class Found(NamedTuple):
    """A case in the working tree, with its bytes."""

    blob: Blob
    case: Case

    @property
    def path(self) -> str:
        """Where it lies, from the repository's root."""
        return self.blob.path

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self.case.status is None or not self.case.status.is_decided


class Workplace(NamedTuple):
    """A clone's working tree and its rules."""

    git: Git
    source: WorkingTree
    rulebook: Rulebook
    today: date

    @classmethod
    def of(cls, settings: Settings, command: str) -> "Workplace":
        """The clone that the program was started in. Raises FailureError."""
        git = Git.find(settings.directory)
        if git.is_bare:
            raise FailureError(
                f"`casework {command}` must have files to edit; this is a bare repository",
                "Run it in a clone.",
            )
        source = WorkingTree(git.root, git)
        rulebook = readable_rulebook(source, Shelf(settings.cache_folder))
        # The wrong review or calendar would be taken.
        require_flawless(rulebook, POLICY, "Nothing was changed.")
        return cls(git, source, rulebook, settings.today)

    @property
    def organisation(self) -> Organisation:
        """What cases are judged against."""
        return self.rulebook.known_organisation

    def person(self, handle: str) -> Person:
        """The person of that handle, who can have a case. Raises UsageError."""
        person = self.organisation.people.get(handle)
        if person is None:
            raise self._unknown(handle)
        if person.level is None:
            raise UsageError(
                f"a case must be about somebody who holds a level; `{handle}` holds none",
                f"People outside the ladder have no cases; if that is wrong, correct `{PEOPLE}`.",
            )
        return person

    def level(self, person: Person) -> Level:
        """The level that somebody holds. Raises FailureError where the framework lacks it."""
        level = self.organisation.framework.level(person.level)
        if level is None:
            raise FailureError(
                f"`{person.handle}` must hold a level of the framework; `{person.level}` is none",
                f"Correct `level` in `{PEOPLE}`; `casework check` says what is accepted.",
            )
        return level

    def categories(self, level: str | None) -> tuple[Category, ...]:
        """The categories in which somebody at a level is rated."""
        track = self.organisation.framework.track_of(level)
        return track.categories if track else ()

    def cases(self, handle: str) -> tuple[Found, ...]:
        """The cases of a person, by path."""
        paths = self.source.paths(f"cases/{handle}")
        return tuple(self.found(each) for each in paths if is_case(each))

    def cases_with(self, word: bytes) -> Iterator[Found]:
        """All cases whose file holds a word: of thousands, only these are read."""
        paths = [p for p in self.source.paths("cases") if is_case(p)]
        for blob in self.source.read(paths):
            if word in blob.content:
                yield self.found_in(blob.path, blob.content)

    def found(self, path: str) -> Found:
        """The case at a path, broken or not."""
        blob = self.source.read_one(path)
        return Found(blob, read_case(blob, self.rulebook.schemas))

    def found_in(self, path: str, content: bytes) -> Found:
        """The case that a path would hold with other bytes."""
        blob = Blob(path, content)
        return Found(blob, read_case(blob, self.rulebook.schemas))

    def why_not_counted(self, case: Case, quarter: Quarter) -> list[str]:
        """Why a quarter does not count, whatever stands below its headings."""
        categories, policy = self.categories(case.from_level), self.organisation.policy
        person = self.organisation.people.get(case.person)
        onboarded = person.onboarded if person else None
        at_hand = Circumstances(policy, categories, case.level_since, onboarded, self.today)
        if not at_hand.has_ended(quarter):
            ends = day(policy.calendar.last_day(quarter))
            return [f"{quarter.label} ends on {ends}; until then it does not count."]
        if at_hand.ruled_out(quarter) is Because.BEFORE_LEVEL:
            return [f"{quarter.label} does not count: it began before the level was reached."]
        if at_hand.ruled_out(quarter):
            return [f"{quarter.label} does not count: it began before the onboarding was over."]
        if not at_hand.is_within_window(quarter):
            return [f"{quarter.label} does not count: it lies further back than the policy looks."]
        return []

    def _unknown(self, handle: str) -> UsageError:
        people = self.organisation.people
        wanted = handle.strip("@ ").casefold()
        for each in people.by_handle.values():
            login, name = (each.github or "").casefold(), each.name.casefold()
            if wanted in (name, login, *each.handle.split("-")):
                guess = f"Did you mean `{each.handle}`?"
                break
        else:
            guess = did_you_mean(handle, tuple(people.by_handle))
        return UsageError(
            f"a person must be a handle in `{PEOPLE}`; there is no `{handle}`",
            guess or f"Add the person to `{PEOPLE}` first.",
        )


def require_sound(case: Case) -> None:
    """Raise FailureError where a case cannot be edited without guessing what it means."""
    flaws = sorted(case.document.flaws, key=lambda each: each.at)
    if flaws:
        first = flaws[0]
        raise FailureError(
            f"`{case.path}` must be free of errors of form before it is edited; line "
            f"{first.at.line}: {first.message.rstrip('.')}",
            f"{first.help} `casework check` lists all there are. Nothing was changed.",
        )


def what(case: Case) -> str:
    """What a case asks for, in words."""
    return "in-band increase" if case.kind is Kind.IN_BAND_INCREASE else "promotion"
