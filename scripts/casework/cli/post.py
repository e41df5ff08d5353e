"""`casework review --post`: judge what is proposed, and report it on GitHub."""

import time
from collections.abc import Iterator

from casework.cli.access import access
from casework.cli.assignment import assignment
from casework.cli.evaluation import Evaluator
from casework.cli.failure import Exit, FailureError
from casework.cli.mirror import Mirror
from casework.cli.options import Options
from casework.cli.pushes import Pushes
from casework.cli.reporter import Outcome, Reporter
from casework.cli.settings import Settings
from casework.cli.surroundings import Surroundings
from casework.cli.terminal import complain, write
from casework.github.connection import connect
from casework.github.fault import GitHubError
from casework.model.english import enumerated
from casework.read.git import Git
from casework.read.git_error import GitError
from casework.render.escape import terminal, without_commands
from casework.render.job_summary import Entry, job_summary


def run(options: Options, settings: Settings) -> int:
    """Judge what the environment asks for. The exit code is that of the worst outcome."""
    around = Surroundings.read()
    outcomes: list[Outcome] = []
    failure: FailureError | None = None
    try:
        for each in _outcomes(around, settings):
            outcomes.append(each)
            _tell(each)
    except FailureError as error:
        failure = error
    except (GitError, GitHubError) as error:  # whose codes are not those of a program's exit
        failure = FailureError(error.message, error.help)
    is_kept = _keep_job_summary(around, job_summary(tuple(_entries(outcomes, failure))))
    if failure is not None:
        raise failure
    if not outcomes:
        write("No open pull request into the default branch is concerned.\n")
    codes = [each.code for each in outcomes]
    return max([*codes, Exit.HOLDS if is_kept else Exit.CANNOT_RUN])


def _outcomes(around: Surroundings, settings: Settings) -> Iterator[Outcome]:
    """What each commit comes to that the environment asks for."""
    task = assignment(around)
    if task.is_nothing:
        return
    repository = connect(access(around), time.sleep)
    git = Git.find(settings.directory)
    mirror = Mirror(git, around.remote, repository.git_token(), time.sleep)
    branch = around.default_branch() or repository.default_branch()
    pushes = Pushes(repository.pushes, mirror)
    evaluator = Evaluator(mirror, branch, settings, pushes, around.files(branch))
    yield from Reporter(repository, evaluator, task, around.run_url, time.sleep).outcomes()


def _tell(outcome: Outcome) -> None:
    which = "Pull request" if len(outcome.numbers) == 1 else "Pull requests"
    numbers = enumerated([str(each) for each in outcome.numbers])
    write(without_commands(f"{which} {numbers}: {terminal(outcome.evaluation.check.title)}\n"))
    for each in outcome.troubles:
        complain(each.message, each.help)


def _entries(outcomes: list[Outcome], failure: FailureError | None) -> Iterator[Entry]:
    for each in outcomes:
        yield from each.entries()
    if failure is not None:
        yield Entry(None, None, failure.message, failure.help)


def _keep_job_summary(around: Surroundings, text: str) -> bool:
    """Add the text to the job's summary, if there is one; whether that could be done."""
    if around.job_summary is None:
        return True
    try:
        with around.job_summary.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        complain(f"the job's summary must be writable; it is not: {reason}")
        return False
    return True
