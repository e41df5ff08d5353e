"""Every request that is made: PyGithub's own, with our patience in place of its.

PyGithub would try ten times without a pause, make what it is not sure of twice, wait an hour for a
limit, and never repeat an edit. So its retries are off, and all of them are here.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import requests
from github.Auth import Auth
from github.GithubException import GithubException
from github.Requester import Requester

from casework.github.fault import FaultKind, GitHubError
from casework.github.patience import Patience
from casework.github.setback import (
    Answer,
    LostAnswerError,
    Request,
    Setback,
    of_answer,
    of_silence,
)

TIMEOUT = 15
"""Seconds without a byte after which an answer is no longer waited for."""

_Given = tuple[dict[str, Any], Any]

_SILENT = logging.Logger("casework.github")
_SILENT.disabled = True


class PatientRequester(Requester):
    """Makes a request until it is answered, for as long as patience and sense allow."""

    def __init__(self, patience: Patience, auth: Auth, api_url: str) -> None:
        self.patience = patience
        self._secret = auth.token
        super().__init__(
            auth=auth,
            base_url=api_url,
            timeout=TIMEOUT,
            user_agent="casework",
            per_page=100,
            verify=True,
            retry=0,
            pool_size=None,
            lazy=True,
            api_version="2022-11-28",
        )

    @property
    def _logger(self) -> logging.Logger:
        # At its most talkative, PyGithub's log holds whole answers, an app's new token among them.
        return _SILENT

    def requestJsonAndCheck(  # noqa: N802  # PyGithub's name: all of its requests come by here
        self,
        verb: str,
        url: str,
        parameters: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        input: Any | None = None,
        follow_302_redirect: bool = False,
    ) -> tuple[dict[str, Any], Any]:
        """The answer's headers and data. Raises GitHubError."""
        request = Request(verb, self._path(url))
        make = partial(super().requestJsonAndCheck, verb, url, parameters, headers, input)
        attempt = 0
        while True:
            self.patience.begin(verb)
            outcome = self._outcome(make, request, attempt)
            if not isinstance(outcome, Setback):
                return outcome
            if outcome.may_have_happened and not _may_be_repeated(verb, input):
                raise LostAnswerError(outcome)
            self.patience.sit_out(outcome, attempt)
            attempt += 1

    def _outcome(
        self, make: Callable[[], _Given], request: Request, attempt: int
    ) -> _Given | Setback:
        # No error is chained to ours: what a library says of a request may hold its headers.
        try:
            given = make()
        except GithubException as error:
            return of_answer(request, self._answer(error), attempt)
        except requests.RequestException as error:
            return self._without_answer(error, attempt)
        except (AssertionError, RuntimeError):
            return Setback(_elsewhere(self.base_url))
        except ValueError:
            return of_silence("what it says breaks off", attempt)
        if _is_json(given[1]):
            return given
        return of_silence("what it says is not JSON", attempt)

    def _path(self, url: str) -> str:
        return urlsplit(url).path.removeprefix(urlsplit(self.base_url).path.rstrip("/"))

    def _answer(self, error: GithubException) -> Answer:
        words = _words(error.data) or str(error.status)
        return Answer(error.status, error.headers or {}, words.replace(self._secret, "…"))

    def _without_answer(self, error: requests.RequestException, attempt: int) -> Setback:
        host = self.hostname_and_port
        if isinstance(error, requests.exceptions.SSLError):
            return Setback(_untrusted(host))
        if isinstance(error, requests.Timeout):
            self.patience.spend(TIMEOUT)
            return of_silence(f"`{host}` has not answered for {TIMEOUT} seconds", attempt)
        return of_silence(f"`{host}` cannot be reached, or hangs up", attempt)


def _may_be_repeated(verb: str, input: Any) -> bool:
    """Whether making a request twice comes to the same as making it once."""
    if verb == "PATCH":
        # Annotations are added to those that are there.
        output = input.get("output") if isinstance(input, dict) else None
        return not (output and output.get("annotations"))
    return verb != "POST"


def _is_json(data: Any) -> bool:
    # PyGithub wraps what is not JSON, such as the page of a proxy, in a mapping of its own.
    return not (isinstance(data, dict) and isinstance(data.get("data"), str))


def _words(data: Any) -> str:
    """What GitHub says is wrong, with the fields that are."""
    if not isinstance(data, dict):
        return ""
    errors = data.get("errors")
    details = map(_complaint, errors) if isinstance(errors, list) else ()
    return "; ".join(filter(None, (str(data.get("message") or ""), *details)))


def _complaint(error: Any) -> str:
    if not isinstance(error, dict):
        return str(error)
    return " ".join(str(error[key]) for key in ("field", "code", "message") if error.get(key))


def _elsewhere(address: str) -> GitHubError:
    return GitHubError(
        f"GitHub must answer at `{address}` itself; it points somewhere else",
        "Check GITHUB_API_URL: on GitHub Enterprise Server it ends in `/api/v3`.",
        FaultKind.UNREACHABLE,
    )


def _untrusted(host: str) -> GitHubError:
    return GitHubError(
        f"the certificate of `{host}` must be one that this machine trusts; it is not",
        "If it comes from an authority of your own, name its file in REQUESTS_CA_BUNDLE.",
        FaultKind.UNREACHABLE,
    )
