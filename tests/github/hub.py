"""A GitHub of one repository on loopback, that remembers, and that fails on demand.

    with Hub(folder) as hub:
        number = hub.open_pull_request("ada", commit)
        hub.review(number, "grace", "APPROVED")
        hub.fail("POST", r"/comments$", status=502, after=True)

It serves the API at `api_url` and git at `server_url`. Whatever does not fit GitHub's own
description of its API stands in `violations`.
"""

import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import jwt

from tests.github import events
from tests.github.faults import Faults
from tests.github.git_http import token_of
from tests.github.remote import Remote
from tests.github.server import PREFIX, Server
from tests.github.state import ACTIONS, App, Check, Comment, Identity, Pull, Request, Review
from tests.github.views import Views

TOKEN = "ghs_" + "0123456789abcdef" * 2 + "0123"
BOT = "github-actions[bot]"
GONE = "gone"
"""The commit of a review that GitHub no longer knows."""


class Hub(Faults):
    def __init__(self, folder: Path, repository: str = "acme/careers", token: str = TOKEN):
        super().__init__()
        self.repository = repository
        self.token = token
        self.default_branch = "main"
        self.remote = folder / f"{repository}.git"
        self.git = Remote(self.remote)
        self.source: Path | None = None
        """A clone from which commits are taken that the remote lacks."""
        self.may_push = False
        self.settings: dict[str, Any] = {}
        """By path below the repository (`branches/main/protection`; "" is the repository itself):
        what is answered, completed as the description requires, or a status that refuses."""
        self.pulls: dict[int, Pull] = {}
        self.reviews: dict[int, Review] = {}
        self.all_comments: dict[int, Comment] = {}
        self.checks: dict[int, Check] = {}
        self.apps: dict[int, App] = {}
        self.tokens: dict[str, Identity] = {}
        self.log: list[Request] = []
        self.violations: list[str] = []
        self.lock = threading.RLock()
        self._ids = 100
        self._minutes = 0
        self.let_in(token, BOT, ACTIONS)
        self._server = Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()
        self._thread.join()

    @property
    def server_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def api_url(self) -> str:
        return self.server_url + PREFIX

    @property
    def git_url(self) -> str:
        return f"{self.server_url}/{self.repository}.git"

    # Pull requests

    def open_pull_request(
        self,
        author: str | None,
        head_sha: str,
        base: str = "main",
        fork: bool = False,
        draft: bool = False,
        branch: str | None = None,
        title: str = "A case",
    ) -> int:
        with self.lock:
            number = len(self.pulls) + 1
            at = self.now()
            name = branch or f"case-{number}"
            self.pulls[number] = Pull(
                number, author, head_sha, base, name, fork, draft, title, at, at
            )
            self.push(number, head_sha)
            return number

    def push(self, number: int, sha: str, forget: bool = False) -> None:
        """Moves the head. A commit that is in no repository is known to the API alone."""
        with self.lock:
            pull = self.pulls[number]
            pull.head, pull.updated = sha, self.now()
            if self.source and not self.git.has(sha):
                self.git.receive(self.source, sha)
            if self.git.has(sha):
                self.git.point(f"refs/pull/{number}/head", sha)
                if not pull.fork:
                    self.git.point(f"refs/heads/{pull.branch}", sha)
            if forget:
                self.git.forget()

    def move_base(self, sha: str, branch: str | None = None) -> None:
        """Something was merged: the branch stands at another commit."""
        if self.source and not self.git.has(sha):
            self.git.receive(self.source, sha)
        self.git.point(f"refs/heads/{branch or self.default_branch}", sha)

    def close(self, number: int, merged: bool = False) -> None:
        with self.lock:
            pull = self.pulls[number]
            pull.state, pull.merged, pull.updated = "closed", merged, self.now()

    def merge_group(
        self, base: str, numbers: Iterable[int], squash: bool = False
    ) -> tuple[str, str]:
        """Queues pull requests, each on top of the one before; the last one's branch and commit."""
        heads = [(number, self.pulls[number].head) for number in numbers]
        with self.lock:
            return self.git.queue(base, heads, squash)

    # Reviews and comments

    def review(
        self, number: int, login: str | None, state: str, commit: str | None = None, body: str = ""
    ) -> int:
        """A review of the head, or of a commit, or of one that is `GONE`."""
        with self.lock:
            seen = None if commit == GONE else commit or self.pulls[number].head
            made = Review(self.next_id(), number, login, state.upper(), seen, body, self.now())
            self.reviews[made.id] = made
            return made.id

    def dismiss(self, review_id: int) -> None:
        self.reviews[review_id].state = "DISMISSED"

    def comment(self, number: int, login: str | None, body: str) -> int:
        return self.add_comment(number, login, body, None).id

    def add_comment(self, number: int, login: str | None, body: str, app: App | None) -> Comment:
        with self.lock:
            at = self.now()
            made = Comment(self.next_id(), number, login, app, body, at, at)
            self.all_comments[made.id] = made
            return made

    def comments(self, number: int) -> list[dict[str, Any]]:
        """Each comment as the API tells it, oldest first; its author's `login` beside."""
        with self.lock:
            given = [one for one in self.all_comments.values() if one.number == number]
            return [self._views().comment(one) | {"login": one.login} for one in given]

    def check_runs(self, sha: str) -> list[dict[str, Any]]:
        """Each check run as the API tells it, oldest first; its annotations and texts beside."""
        with self.lock:
            found = []
            for one in [one for one in self.checks.values() if one.head == sha]:
                told, notes = self._views().check(one), list(one.annotations)
                texts = {name: told["output"][name] for name in ("title", "summary", "text")}
                told["output"]["annotations"] = notes
                found.append({**told, **texts, "annotations": notes})
            return found

    # Who may ask

    def app(self, id: int, key: str, slug: str) -> App:
        """A GitHub App of the organisation's, by its public key (PEM)."""
        self.apps[id] = App(id, slug, key)
        return self.apps[id]

    def let_in(self, token: str, login: str, app: App | None = None) -> None:
        """A token more: a person's, unless it is an app's."""
        self.tokens[token] = Identity(login, app)

    def identify(self, header: str) -> Identity | None:
        scheme, _, token = header.partition(" ")
        if scheme.lower() == "basic":
            return self.tokens.get(token_of(header) or "")
        return self.tokens.get(token) or self._by_key(token)

    def _by_key(self, token: str) -> Identity | None:
        for app in self.apps.values():
            try:
                claims = jwt.decode(
                    token, app.key, algorithms=["RS256"],
                    options={"require": ["exp", "iat"], "verify_iss": False},
                )  # fmt: skip
            except jwt.InvalidTokenError:
                continue
            if str(claims.get("iss")) == str(app.id) and claims["exp"] - claims["iat"] <= 720:
                return Identity(f"{app.slug}[bot]", app, is_jwt=True)
        return None

    # What happened

    @property
    def calls(self) -> list[Request]:
        """The requests to the API."""
        return [one for one in self.log if not one.is_git]

    @property
    def writes(self) -> list[Request]:
        """The requests to the API that would change something, tokens for apps aside."""
        reads = [one for one in self.calls if one.method != "GET"]
        return [one for one in reads if not one.path.endswith("/access_tokens")]

    def event(self, name: str, number: int | None = None, **given: Any) -> dict[str, Any]:
        """An event's payload; see events.py for what may be given."""
        return events.payload(self, self._views(), name, number, **given)

    def _views(self) -> Views:
        tip = self.git.tip(self.default_branch)
        return Views(self.api_url, self.server_url, self.repository, self.default_branch, tip)

    def knows(self, commit: str) -> bool:
        return any(one.head == commit for one in self.pulls.values()) or self.git.has(commit)

    def commit(self, ref: str) -> str:
        """The commit of a branch, or the reference itself."""
        tip = self.git.tip(ref.removeprefix("refs/").removeprefix("heads/"))
        return tip if tip.strip("0") else ref

    def next_id(self) -> int:
        self._ids += 1
        return self._ids

    def now(self) -> str:
        """A clock of its own: a minute later each time."""
        with self.lock:
            self._minutes += 1
            start = datetime(2026, 11, 22, 9, tzinfo=UTC)
            return (start + timedelta(minutes=self._minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
