"""`casework record`: write down in git's notes who approved what was merged."""

import re
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from casework.cli.access import access
from casework.cli.evaluation import Evaluator
from casework.cli.failure import Exit, FailureError
from casework.cli.merges import Merge, Merges, changing, recent
from casework.cli.minutes import Minutes, minutes
from casework.cli.mirror import Mirror
from casework.cli.notebook import Notebook
from casework.cli.options import Options
from casework.cli.settings import Settings
from casework.cli.surroundings import Surroundings
from casework.cli.terminal import complain, write
from casework.github.connection import connect
from casework.github.fault import GitHubError
from casework.github.repository import Repository
from casework.model.document import DocumentKind
from casework.read.git import Git
from casework.read.git_error import GitError
from casework.render.escape import terminal, without_commands
from casework.render.note import note_sentences, note_text

_MOST = 100
"""Commits that one run asks GitHub about, so that others have requests left for the hour."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ELSE = (
    "It is meant for the workflow. To read what that wrote: `git fetch origin "
    "refs/notes/approvals:refs/notes/approvals`, then `git log --notes=approvals`."
)
_NOTHING = "There is nothing to write down: everything merged lately has its note.\n"


class Entry(NamedTuple):
    """What is to be written down of a merge, and on which commits."""

    minutes: Minutes
    commits: tuple[str, ...]


def run(options: Options, settings: Settings) -> int:
    """Write a note on every merged pull request that lacks one. Raises FailureError."""
    around = Surroundings.read()
    try:
        written = _record(around, settings, time.sleep)
    except (GitError, GitHubError) as error:  # whose codes are not those of a program's exit
        raise FailureError(error.message, error.help) from error
    for each in written:
        said = " ".join(note_sentences(each.note, each.people))
        line = f"Pull request {each.note.pull_request} is written down. {said}"
        write(without_commands(f"{terminal(line)}\n"))
    if not written:
        write(_NOTHING)
    return Exit.HOLDS


def _record(
    around: Surroundings, settings: Settings, wait: Callable[[float], None]
) -> tuple[Minutes, ...]:
    """What was written down. All is read before anything is written, and written at once."""
    # As the workflow itself: an app may not push.
    own = around._replace(app_id=None, app_key=None, bot=None)
    repository = connect(access(own, "`casework record`", _ELSE), wait)
    mirror = Mirror(Git.find(settings.directory), around.remote, repository.git_token(), wait)
    branch = around.default_branch() or repository.default_branch()
    evaluator = Evaluator(mirror, branch, settings)
    notebook = Notebook.of(mirror, wait)
    merges = tuple(_unwritten(repository, evaluator, notebook, _before(around, branch)))
    entries = tuple(_entries(repository, evaluator, notebook, merges))
    texts = {
        commit: note_text(each.minutes.note, each.minutes.people)
        for each in entries
        for commit in each.commits
    }
    written = frozenset(notebook.write(texts))
    return tuple(each.minutes for each in entries if not written.isdisjoint(each.commits))


def _unwritten(
    repository: Repository, evaluator: Evaluator, notebook: Notebook, before: str | None
) -> Iterator[Merge]:
    """The merges of late that some commit without a note belongs to, the newest first."""
    git, branch = evaluator.mirror.git, evaluator.branch
    tip = evaluator.mirror.tip(branch)
    late = recent(git, tip, before, evaluator.settings.today)
    merges = Merges(git, tip, branch, repository.pull_requests_of)
    seen: set[int] = set()
    for commit in [each for each in late if not notebook.has(each)][:_MOST]:
        merge = merges.by(commit)
        if merge is not None and merge.request.number not in seen:
            seen.add(merge.request.number)
            yield merge


def _entries(
    repository: Repository,
    evaluator: Evaluator,
    notebook: Notebook,
    merges: tuple[Merge, ...],
) -> Iterator[Entry]:
    """What is to be written of each merge that rules look at, the oldest first."""
    for merge in reversed(merges):
        noted = _to_be_noted(evaluator.mirror.git, merge)
        lacking = tuple(each for each in noted if not notebook.has(each))
        if not lacking:
            continue
        reviews = repository.reviews(merge.request.number)
        try:
            found = minutes(merge, reviews, evaluator)
        except FailureError as error:
            # It stays so, whoever tries again: the others must not wait for it.
            number = merge.request.number
            complain(f"pull request {number} is not written down: {error.message}", error.help)
            continue
        if found is not None:
            yield Entry(found, lacking)


def _to_be_noted(git: Git, merge: Merge) -> tuple[str, ...]:
    """The commits of a merge that have its note: the last, and others that change what it is of."""
    # An audit takes a decision and the level that comes with it for one step by their notes.
    kinds = (DocumentKind.CASE, DocumentKind.PEOPLE)
    changed = changing(git, merge.commits[:-1], *kinds)
    return (*(each for each in merge.commits[:-1] if each in changed), merge.last)


def _before(around: Surroundings, branch: str) -> str | None:
    """The commit that the branch was at before the push that this is about, if it is one."""
    event = around.event()
    if around.event_name != "push" or event.get("ref") != f"refs/heads/{branch}":
        return None
    before = event.get("before")
    return before if isinstance(before, str) and _COMMIT.fullmatch(before) else None
