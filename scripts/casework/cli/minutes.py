"""What is written down of a merged pull request: judged as it was when it was merged."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from casework.cli.comparison import compare
from casework.cli.evaluation import Evaluator
from casework.cli.merges import Merge
from casework.model.approval import ApprovalOutcome
from casework.model.note import Note, NotedApproval, NotedCase
from casework.model.people import People
from casework.model.pull_request import GivenReview
from casework.model.report import JudgedCase
from casework.read.git import Git
from casework.read.git_command import MOST_NAMED


class Minutes(NamedTuple):
    """What is to be written down of a merge, and who is who in it."""

    note: Note
    people: People


def minutes(merge: Merge, reviews: Sequence[GivenReview], evaluator: Evaluator) -> Minutes | None:
    """What a merge comes to by the rules of the branch before it; None where no rule looks at it.

    What was said after it was merged does not count. Raises FailureError where nobody can tell.
    """
    request, git = merge.request, evaluator.mirror.git
    comparison = compare(git, merge.before, merge.last)
    if request.merged is None or not comparison.governed:
        return None
    given = tuple(e for e in reviews if e.submitted is not None and e.submitted <= request.merged)
    as_then = evaluator.settings._replace(today=request.merged.date())
    found, organisation = evaluator._replace(settings=as_then).reviewed(
        comparison, request._replace(reviews=given)
    )
    people = organisation.people
    opener = people.of_account(request.author)
    contents = _contents(git, merge.last, comparison.cases)
    note = Note(
        request.number,
        opener.handle if opener else request.author,
        found.report.framework,
        tuple(_noted(each, contents, given, people) for each in found.cases),
        _counted(found.owners, given, people),
    )
    return Minutes(note, people)


def _noted(
    judged: JudgedCase,
    contents: Mapping[str, str],
    reviews: Sequence[GivenReview],
    people: People,
) -> NotedCase:
    report = judged.report
    return NotedCase(
        report.path,
        contents[report.path],
        report.status,
        report.verdict.value,
        _counted(judged.approvals, reviews, people),
        report.kind,
        report.from_level,
        report.to_level,
    )


def _counted(
    outcome: ApprovalOutcome | None, reviews: Sequence[GivenReview], people: People
) -> tuple[NotedApproval, ...]:
    """The approvals that count; an outcome has what each review comes to, in their order."""
    if outcome is None:
        return ()
    found = zip(outcome.standings, reviews, strict=True)
    counting = [
        (people.of_account(each.login), each) for standing, each in found if standing.counts
    ]
    return tuple(
        NotedApproval(
            who.handle,
            each.login,
            who.level,
            each.commit,
            each.submitted.date() if each.submitted else None,
        )
        for who, each in counting
        if who is not None and each.login is not None
    )


def _contents(git: Git, commit: str, paths: Sequence[str]) -> Mapping[str, str]:
    """The id of each file's content in a commit."""
    if not paths:
        return {}
    asked = paths if len(paths) <= MOST_NAMED else ("cases",)
    return {each.path: each.id for each in git.tree(commit, *asked)}
