"""What waits for a decision, for whoever sits at a terminal to choose from."""

from collections.abc import Mapping

from casework.cli.asking import ask, can_ask
from casework.cli.failure import FailureError, UsageError
from casework.cli.workplace import Workplace, what
from casework.model.case import Case, Kind, Status
from casework.render.escape import terminal

OUTCOMES: Mapping[Kind, Mapping[Status, str]] = {
    Kind.PROMOTION: {
        Status.PROMOTED: "the level changes, in cases/people.yaml as well",
        Status.NOT_YET: "the level stays; the Feedback section says why, and what is to be done",
    },
    Kind.IN_BAND_INCREASE: {
        Status.GRANTED: "the increase within the level",
        Status.DECLINED: "no increase; the Feedback section says why, and what is to be done",
    },
}
"""How a case of a kind can be decided, and what that means."""

_FOLDER, _ENDING = "cases/", ".md"


def chosen_case(work: Workplace, missing: str, remedy: str) -> str:
    """The path of the submitted case that a terminal was asked for.

    Raises UsageError where nobody can be asked, FailureError where none is submitted.
    """
    if not can_ask():
        raise UsageError(missing, remedy)
    people = work.organisation.people
    found = {
        each.path.removeprefix(_FOLDER).removesuffix(_ENDING): _told(each.case, work)
        for each in work.cases_with(b"submitted")
        if each.case.status is Status.SUBMITTED and people.get(each.case.person)
    }
    if not found:
        raise FailureError(
            "a case must be submitted before it can be chosen here; none is",
            f"Name the one that is meant. {remedy}",
        )
    return f"{_FOLDER}{ask('Which case is decided?', found, missing, remedy)}{_ENDING}"


def chosen_outcome(case: Case, missing: str, remedy: str) -> str:
    """The outcome that a terminal was asked for. Raises UsageError where nobody can be asked."""
    meanings = OUTCOMES[case.kind or Kind.PROMOTION]
    possible = {status.value: meaning for status, meaning in meanings.items()}
    return ask("How is it decided?", possible, missing, remedy)


def _told(case: Case, work: Workplace) -> str:
    person = work.organisation.people.get(case.person)
    is_in_band = case.kind is Kind.IN_BAND_INCREASE
    where = f"at {case.from_level}" if is_in_band else f"to {case.to_level}"
    return terminal(f"{person.name if person else case.person}, {what(case)} {where}")
