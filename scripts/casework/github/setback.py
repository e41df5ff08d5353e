"""A request that failed: whether it is worth another try, when, and what to say if it is not."""

from typing import NamedTuple

from casework.github.fault import FaultKind, GitHubError
from casework.github.limits import again_at, seconds_of_limit
from casework.github.permission import permission_for
from casework.github.quotation import quotation

RUN_AGAIN = "Run it again in a few minutes; githubstatus.com says how GitHub is doing."


class Request(NamedTuple):
    """What was asked."""

    verb: str
    path: str
    """Below the address of the API, such as `/repos/acme/careers/pulls`."""


class Answer(NamedTuple):
    """What GitHub said to it, when it was no yes."""

    status: int
    headers: dict[str, str]
    """By their names in small letters."""
    message: str


class Setback(NamedTuple):
    """A request that failed."""

    error: GitHubError
    """What to say where nothing helps."""
    delay: float | None = None
    """After how many seconds it is worth another try; None: it would fail again."""
    may_have_happened: bool = False
    """Whether GitHub may have done what was asked, though it did not say so."""


class LostAnswerError(GitHubError):
    """Something was to be written, and nobody knows whether it was: look before doing it again."""

    def __init__(self, setback: Setback) -> None:
        super().__init__(setback.error.message, setback.error.help, setback.error.kind)
        self.setback = setback


def of_answer(request: Request, answer: Answer, attempt: int) -> Setback:
    """What an answer of 400 or more means."""
    limit = seconds_of_limit(answer.status, answer.headers, answer.message, attempt)
    if limit is not None:
        return Setback(_limited(answer, limit), limit)
    if answer.status >= 500 or answer.status == 408:
        said = f"it answers `{answer.status}` to `{request.verb} {request.path}`"
        return of_silence(said, attempt)
    return Setback(_refusal(request, answer))


def of_silence(said: str, attempt: int) -> Setback:
    """What it means that GitHub gave no answer that could be understood."""
    error = GitHubError(f"GitHub must answer; {said}", RUN_AGAIN, FaultKind.UNREACHABLE)
    return Setback(error, 2.0**attempt, may_have_happened=True)


def _limited(answer: Answer, delay: float) -> GitHubError:
    when = again_at(answer.headers, delay)
    return GitHubError(
        f"GitHub must take requests; it has had too many, and takes none until {when}",
        "Run it again after that.",
        FaultKind.LIMITED,
    )


def _refusal(request: Request, answer: Answer) -> GitHubError:
    said = f"to `{request.verb} {request.path}` it says {quotation(answer.message)}"
    permission = permission_for(request.verb, request.path)
    if answer.status == 401:
        return GitHubError(
            f"GitHub must know the token; {said}",
            "Pass the workflow's own token as GITHUB_TOKEN, or one that has not expired.",
            FaultKind.UNAUTHORISED,
        )
    if answer.status == 403:
        return GitHubError(
            f"the token must have the permission `{permission}`; {said}",
            f"Put `{permission}` under `permissions:` of the workflow's job, "
            "or grant it to the app and accept it where the app is installed.",
            FaultKind.FORBIDDEN,
        )
    if answer.status == 410 and request.path.endswith("/issues"):
        return GitHubError(
            f"the repository must have issues; they are switched off: {said}",
            "Switch them on in the repository's settings, or set `growth_issues: false` "
            "in framework/policy.yaml.",
            FaultKind.REFUSED,
        )
    if answer.status in (404, 410):
        return GitHubError(
            f"what is asked for must exist, where the token may see it; {said}",
            f"Check the repository's name, and that the token has `{permission}`.",
            FaultKind.ABSENT,
        )
    return GitHubError(
        f"GitHub must accept what it is sent; {said}",
        "If nothing of yours explains it, report it to whoever looks after casework.",
        FaultKind.REFUSED,
    )
