"""Every rule over all that a pull request changes. Checking a file needs none of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from casework.check import changes, decisions, entries, meanwhile, records, transitions
from casework.check.changes import Objection, Proposal
from casework.check.registry import ERROR, NOTICE, Group, id_of
from casework.model.finding import Severity


class ProposalRule(NamedTuple):
    """A rule over all that a pull request changes, rather than over one document."""

    function: Callable[[Proposal], Iterator[Objection]]
    severity: Severity
    group: Group = Group.OVER_TIME
    draft_severity: None = None

    @property
    def id(self) -> str:
        """The rule's name in reports."""
        return id_of(self.function)


FOLLOWING: Mapping[str, tuple[ProposalRule, ...]] = {
    "quarter-during-onboarding": (
        ProposalRule(transitions.illegal_transition, ERROR),
        ProposalRule(transitions.decided_case_edited, ERROR),
    ),
    "implausible-date": (
        ProposalRule(decisions.level_change_without_case, ERROR),
        ProposalRule(decisions.case_without_level_change, ERROR),
    ),
    "late-case": (
        ProposalRule(records.late_record, NOTICE),
        ProposalRule(records.rating_changed, NOTICE),
        ProposalRule(changes.mixed_change, ERROR),
        ProposalRule(meanwhile.outdated_case, ERROR),
    ),
}
"""The rules that have a page, each below the rule over one document that it is listed after."""

PROPOSAL_RULES = (
    # What a rule over one document looks for in all of a pull request as well.
    ProposalRule(entries.unknown_person, ERROR, Group.REFERENCES),
    *(each for rules in FOLLOWING.values() for each in rules),
)
