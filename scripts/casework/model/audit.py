"""A decided case held against the rules of its own day, against its record, and against GitHub."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from casework.model.case import Case
from casework.model.history import Landing
from casework.model.note import NotedCase
from casework.model.organisation import Organisation


class Answer(StrEnum):
    """Whether something holds of a decided case."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does-not-hold"
    NOT_KNOWN = "not-known"


class Recording(StrEnum):
    """What this clone has of the notes in which approvals are recorded."""

    ABSENT = "absent"
    """None at all: they may not have been fetched."""
    BEFORE = "before"
    """The first of them is younger than the decision."""
    AFTER = "after"
    """The last of them is older than the decision: later ones may not have been fetched."""
    PRESENT = "present"


class Held(NamedTuple):
    """What people.yaml says that somebody holds, as it is written."""

    level: object = None
    since: object = None


class LevelChange(NamedTuple):
    """A commit that changed what people.yaml says that somebody holds."""

    landing: Landing
    before: Held | None
    """None where there was no such entry, or none that could be read."""
    after: Held | None


class Afterwards(NamedTuple):
    """What a later commit made of the file of a decided case."""

    landing: Landing
    path: str
    content: str | None
    """The id of its content; None where the commit took the file away."""
    is_readable: bool = True
    """Whether it still says what its status is; looked up for the last one alone."""


class Unread(NamedTuple):
    """A file without which nobody can tell by which rules, or about whom, something was decided."""

    path: str
    is_there: bool
    """Whether it is there and cannot be read, or is not there at all."""


class Decision(NamedTuple):
    """A case as it was decided, and all that it takes to judge that."""

    case: Case
    content: str
    """The id of the file's content, git's own."""
    landing: Landing
    """The commit that decided it: the last one where a pull request has several."""
    begins: int
    """The place of the first commit of that pull request, or its own."""
    is_new: bool
    """Whether the file came to the main branch with the decision written down already."""
    rules: Organisation | None
    """Those after that commit; None where they cannot be read."""
    rules_before: Organisation | None
    """Those that were there before; after that commit where there was nothing before."""
    has_changed_rules: bool
    """Whether the framework or the policy was changed together with the decision."""
    recording: Recording
    is_from_the_start: bool = False
    """Whether it was there with the first commit of all, as a template's examples are."""
    levels: tuple[LevelChange, ...] = ()
    """What became of the subject's level, oldest first."""
    afterwards: tuple[Afterwards, ...] = ()
    """What became of the file, oldest first."""
    unread: Unread | None = None
    """Because of what there are no rules, where there are none."""

    @property
    def path(self) -> str:
        """Where the case lay when it was decided."""
        return self.case.path

    @property
    def noted(self) -> NotedCase | None:
        """What the note says of it."""
        return self.landing.note.case(self.path) if self.landing.note else None


class Check(NamedTuple):
    """One thing that must hold of a decided case."""

    id: str
    answer: Answer
    detail: str
    """A sentence or two for people: what was found."""
    help: str = ""
    """Where to look, unless it holds."""
    reason: str = ""
    """Why it is not known, in a few words."""


class ClaimedApproval(NamedTuple):
    """An approval that a note names."""

    name: str
    """The reviewer's, or the handle of somebody unknown."""
    account: str
    accounts: tuple[str, ...]
    """All that people.yaml ever gave to the reviewer, and the one that the note names."""
    commit: str | None
    """The commit that was reviewed, as the note says."""


class Claim(NamedTuple):
    """What only a note says of a decision, for GitHub to confirm or to contradict."""

    pull_request: int
    commit: str
    """The commit that decided the case."""
    approvals: tuple[ClaimedApproval, ...]
    barred: tuple[tuple[str, str], ...] = ()
    """The accounts of those who may not approve, and what they are to the case."""
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The names and accounts of all other reviewers, whose request for changes it would hide."""
    path: str = ""
    content: str = ""
    """The id of the file's content that was decided."""
    day: date | None = None
    """The commit's, and its place among those that were read together."""
    place: int = 0


class Word(StrEnum):
    """What GitHub says of what only a note says."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    NOT_ASKED = "not-asked"
    """It could not be asked, or does not know any more."""


class Testimony(NamedTuple):
    """What became of asking GitHub about a note."""

    word: Word
    detail: str
    """A sentence for people."""


class AuditedCase(NamedTuple):
    """A decided case, and what holds of it."""

    path: str
    """Where it lay when it was decided."""
    person: str | None
    name: str | None
    """The subject's name on that day."""
    kind: str | None
    from_level: str | None
    to_level: str | None
    status: str
    decided: date | None
    landing: Landing
    """The commit that decided it."""
    checks: tuple[Check, ...]
    claim: Claim | None = None
    """What only a note says of it; None where there is no note that names it."""
    testimony: Testimony | None = None
    """None where GitHub was not asked, or where there is nothing to ask."""

    @property
    def answer(self) -> Answer:
        """Whether all of it holds: what does not outweighs what nobody can tell."""
        is_denied = self.testimony is not None and self.testimony.word is Word.CONTRADICTED
        answers = {each.answer for each in self.checks}
        if is_denied or Answer.DOES_NOT_HOLD in answers:
            return Answer.DOES_NOT_HOLD
        return Answer.NOT_KNOWN if Answer.NOT_KNOWN in answers else Answer.HOLDS


class AuditedLevel(NamedTuple):
    """A change of somebody's level that no case decided, and whether it may be so."""

    person: str
    """The handle since that commit."""
    name: str
    before: Held
    after: Held
    landing: Landing
    answer: Answer
    detail: str
    """A sentence or two for people: what was found."""
    help: str = ""
    reason: str = ""
    """Why it holds, or is not known, in a few words."""
    stated: str | None = None
    """The reason that people.yaml states."""
    case: str | None = None
    """The case that came in the same commit and does not settle it."""


class UnreadCase(NamedTuple):
    """A case, or people.yaml, that cannot be read, so that nobody can tell what it decides."""

    path: str
    landing: Landing
    """The commit since which that is so."""
    detail: str
    help: str


class Audit(NamedTuple):
    """What an audit found out."""

    base: str
    """The name of what was looked at, such as `main`."""
    commit: str
    cases: tuple[AuditedCase, ...]
    """By path."""
    unread: tuple[UnreadCase, ...] = ()
    """By path."""
    levels: tuple[AuditedLevel, ...] = ()
    """Oldest first."""
    whose: str | None = None
    """The person or the case that was asked for; None for all."""
    has_notes: bool = True
    """Whether this clone has notes at all."""
    asked: str | None = None
    """The repository on GitHub that was asked; None where none was."""
    remark: str = ""
    """Why GitHub was not asked, or how it can be."""

    @property
    def answer(self) -> Answer:
        """Whether all of it holds."""
        answers = {each.answer for each in self.cases} | {each.answer for each in self.levels}
        if Answer.DOES_NOT_HOLD in answers:
            return Answer.DOES_NOT_HOLD
        is_unknown = Answer.NOT_KNOWN in answers or bool(self.unread)
        return Answer.NOT_KNOWN if is_unknown else Answer.HOLDS
