"""The cases of a talent review in all the places that a clone knows of."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from casework.assess.glance import is_in_band, waiting
from casework.cli.comparison import Comparison, compare
from casework.cli.failure import FailureError
from casework.cli.open_requests import OpenRequest
from casework.cli.overview import Overview
from casework.cli.settings import Settings
from casework.model.blob import Obstacle
from casework.model.finding import Severity
from casework.model.glance import Sighting, Where
from casework.model.growth import KnownCase
from casework.model.report import JudgedCase
from casework.read.documents import FRAMEWORK, is_case
from casework.read.git import Git
from casework.read.git_error import GitError
from casework.read.source import Revision

Wanted = Callable[[str], bool]
"""Whether the case at a path is one of those that are asked about."""


class Clone(NamedTuple):
    """What a clone holds: the main branch, and what its working tree makes of that."""

    main: Overview
    """The main branch; the working tree where there is none yet."""
    comparison: Comparison | None
    """What the working tree changes; None where there is no difference to tell."""
    notes: tuple[str, ...] = ()


def clone_of(git: Git, tip: str | None, settings: Settings) -> Clone:
    """What a clone holds; `tip` is the main branch's commit where that was just asked for.

    Where there is no main branch with rules yet, those of the working tree hold. Raises
    FailureError where no rules can be read.
    """
    commit = tip or _local_tip(git)
    source = Revision(git, commit) if commit else None
    if source is None or source.read_one(FRAMEWORK).obstacle is Obstacle.ABSENT:
        return Clone(Overview.of(git, settings), None)
    main = Overview.by_own_rules(source, settings)
    if git.is_bare:
        return Clone(main, None)
    try:
        return Clone(main, compare(git, commit, None))
    except (FailureError, GitError) as error:
        return Clone(main, None, (f"Your working tree is not looked at: {error.message}.",))


def named(*names: str) -> Wanted:
    """The cases whose file bears one of the names, such as `2027-02`, and all in-band ones."""

    def is_wanted(path: str) -> bool:
        name = path.rpartition("/")[2].removesuffix(".md")
        return is_case(path) and (name in names or is_in_band(name))

    return is_wanted


def in_clone(clone: Clone, is_wanted: Wanted) -> Iterator[Sighting]:
    """The cases on the main branch, those that the working tree changes as they are there."""
    gone = set(clone.comparison.deleted) if clone.comparison else set()
    changed = tuple(_changed(clone.comparison, is_wanted)) if clone.comparison else ()
    paths = tuple(
        each
        for each in clone.main.source.paths("cases")
        if is_wanted(each) and each not in gone and each not in changed
    )
    where = Where.MAIN if isinstance(clone.main.source, Revision) else Where.HERE
    yield from (Sighting(each, where) for each in clone.main.cases(paths))
    if changed and clone.comparison:
        here = clone.main._replace(source=clone.comparison.after)
        yield from (Sighting(each, Where.HERE) for each in here.cases(changed))


def in_requests(requests: Iterable[OpenRequest], is_wanted: Wanted) -> Iterator[Sighting]:
    """The cases that open pull requests propose, with since when each waits for an answer."""
    for each in requests:
        judged = each.judged
        cases = judged.review.cases
        reports = [one.report for one in cases]
        since = waiting(judged.request, reports, each.pushed, judged.organisation)
        for one in cases:
            if is_wanted(one.case.path):
                yield Sighting(_known(one), Where.PULL_REQUEST, each.number, None, since)


def _local_tip(git: Git) -> str | None:
    branch = git.main_branch()
    return git.resolve(branch) if branch else None


def _changed(comparison: Comparison, is_wanted: Wanted) -> Iterator[str]:
    """What is in the working tree alone: not yet on the main branch, as it is now."""
    paths = [each for each in comparison.cases if is_wanted(each)]
    sides = zip(comparison.trunk.read(paths), comparison.after.read(paths), strict=True)
    yield from (here.path for main, here in sides if main != here)


def _known(judged: JudgedCase) -> KnownCase:
    errors = sum(each.severity is Severity.ERROR for each in judged.findings)
    return KnownCase(judged.report, errors)
