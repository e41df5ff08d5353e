"""What a rule is given, and what it hands back."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from casework.model.case import Case
from casework.model.document import Document
from casework.model.framework import Framework
from casework.model.organisation import Organisation
from casework.model.people import People
from casework.model.policy import Policy
from casework.model.position import Position


class Problem(NamedTuple):
    """One thing that a rule objects to; the runner adds the rule's id, severity and path."""

    at: Position
    message: str
    """What must be, the bad value in backticks, then what is accepted. One line."""
    help: str
    """What to do about it. One line."""


class Context(NamedTuple):
    """One document, and what it is judged against.

    The runner calls a rule only with what the rule needs, so that rules read `case` and
    `organisation` without asking; the two `maybe_` fields are for those few that can do without.
    """

    document: Document
    today: date
    maybe_case: Case | None = None
    maybe_organisation: Organisation | None = None
    documents: Mapping[str, Document] = {}
    """The data files (framework, levels, policy, people, …) of the same revision, by path."""

    @property
    def case(self) -> Case:
        """The case; LookupError where the document is none."""
        if self.maybe_case is None:
            raise LookupError(f"{self.document.path} is not a case")
        return self.maybe_case

    @property
    def organisation(self) -> Organisation:
        """The organisation; LookupError where its data cannot be read."""
        if self.maybe_organisation is None:
            raise LookupError("the organisation's data cannot be read")
        return self.maybe_organisation

    @property
    def framework(self) -> Framework:
        """The career framework."""
        return self.organisation.framework

    @property
    def policy(self) -> Policy:
        """The promotion policy."""
        return self.organisation.policy

    @property
    def people(self) -> People:
        """Everybody in people.yaml."""
        return self.organisation.people

    def flaws(self, rule: str) -> Iterator[Problem]:
        """What reading the file brought to light under that rule's id."""
        for flaw in self.document.flaws:
            if flaw.rule == rule:
                yield Problem(flaw.at, flaw.message, flaw.help)
