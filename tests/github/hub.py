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
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.github import events, merging
from tests.github.clock import Clock
from tests.github.conversation import GONE as GONE
from tests.github.conversation import Conversation
from tests.github.doorkeeper import Doorkeeper
from tests.github.faults import Faults
from tests.github.remote import ABSENT, Remote
from tests.github.server import PREFIX, Server
from tests.github.state import (
    ACTIONS,
    Activity,
    Check,
    Pull,
    Request,
)
from tests.github.views import Views

TOKEN = "ghs_" + "0123456789abcdef" * 2 + "0123"
BOT = "github-actions[bot]"


class Hub(Faults, Doorkeeper, Clock, Conversation):
    def __init__(self, folder: Path, repository: str = "acme/careers", token: str = TOKEN):
        Faults.__init__(self)
        Doorkeeper.__init__(self)
        Clock.__init__(self)
        Conversation.__init__(self)
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
        self.activities: list[Activity] = []
        self.introduced: dict[str, int] = {}
        """By commit on a branch: the pull request that brought it."""
        self.groups: dict[str, tuple[str, list[int]]] = {}
        """By branch of the merge queue: the base, and the pull requests in it."""
        self.checks: dict[int, Check] = {}
        self.log: list[Request] = []
        self.violations: list[str] = []
        self._ids = 100
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
            number, at = self._next_number(), self.now()
            name = branch or f"case-{number}"
            self.pulls[number] = Pull(
                number, author, head_sha, base, name, fork, draft, title, at, at
            )
            self._push(number, head_sha, ABSENT)
            return number

    def push(self, number: int, sha: str, forget: bool = False) -> None:
        """Moves the head. A commit that is in no repository is known to the API alone."""
        self._push(number, sha, self.pulls[number].head, forget)

    def _push(self, number: int, sha: str, before: str, forget: bool = False) -> None:
        with self.lock:
            pull = self.pulls[number]
            pull.head, pull.updated = sha, self.now()
            if self.source and not self.git.has(sha):
                self.git.receive(self.source, sha)
            if self.git.has(sha):
                self.git.point(f"refs/pull/{number}/head", sha)
                if not pull.fork:
                    self.git.point(f"refs/heads/{pull.branch}", sha)
            if not pull.fork:
                is_known = before != ABSENT and self.git.has(before) and self.git.has(sha)
                is_forced = is_known and not self.git.holds(pull.branch, before)
                made = "branch_creation" if before == ABSENT else "push"
                kind = "force_push" if is_forced else made
                self._note(pull.branch, before, sha, kind, pull.author)
            if forget:
                self.git.forget()

    def _note(self, branch: str, before: str, after: str, kind: str, by: str | None) -> None:
        self.activities.append(
            Activity(self.next_id(), branch, before, after, kind, by, self.now())
        )

    def move_base(self, sha: str, branch: str | None = None) -> None:
        """Something was pushed: the branch stands at another commit."""
        if self.source and not self.git.has(sha):
            self.git.receive(self.source, sha)
        name = branch or self.default_branch
        self._note(name, self.git.tip(name), sha, "push", events.SENDER)
        self.git.point(f"refs/heads/{name}", sha)

    def merge(self, number: int, how: str = "merge", by: str = events.SENDER) -> str:
        """Merges it as the button does: `merge`, `squash` or `rebase`; the branch's last commit."""
        with self.lock:
            return merging.merge(self, number, how, by)

    def close(self, number: int, merged: bool = False) -> None:
        with self.lock:
            pull = self.pulls[number]
            pull.state, pull.merged, pull.updated = "closed", merged, self.now()
            pull.merged_at = pull.updated if merged else None

    def merge_group(
        self, base: str, numbers: Iterable[int], squash: bool = False
    ) -> tuple[str, str]:
        """Queues pull requests, each on top of the one before; the last one's branch and commit."""
        heads = [(number, self.pulls[number].head) for number in numbers]
        how = "squash" if squash else "merge"
        messages = [merging.message(self, number, how) for number, _ in heads]
        with self.lock:
            branch, tip = self.git.queue(base, heads, messages, self.now(), squash)
            self.groups[branch] = base, [number for number, _ in heads]
            return branch, tip

    def merge_queued(self, branch: str) -> str:
        """The group's checks passed: the base is moved on to it; the base's new commit."""
        with self.lock:
            return merging.merge_queued(self, branch)

    # Check runs

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

    def _next_number(self) -> int:
        return max([0, *self.pulls, *self.issues, *self.gone]) + 1

    def next_id(self) -> int:
        self._ids += 1
        return self._ids
