"""The operations of GitHub's API, each as a function of the hub and a request."""

import base64
import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from tests.github.description import Call, description
from tests.github.openapi.prune import OPERATIONS, REPOSITORY
from tests.github.state import Comment, Identity, Pull
from tests.github.views import Views

if TYPE_CHECKING:
    from tests.github.hub import Hub

MOST_OF_A_COMMENT = 65_536


class Incoming(NamedTuple):
    call: Call
    path: str
    body: Any
    who: Identity
    views: Views

    def number(self, name: str) -> int:
        return int(self.call.values[name])


class Answer(NamedTuple):
    status: int
    body: Any = None
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed


Route = Callable[["Hub", Incoming], Answer]


def refusal(status: int, message: str = "") -> Answer:
    message = message or HTTPStatus(status).phrase
    return Answer(status, {"message": message, "documentation_url": "", "status": str(status)})


def pages(
    incoming: Incoming,
    items: Sequence[Any],
    told: Callable[[Any], Any] = lambda item: item,
    wrap: str | None = None,
) -> Answer:
    """A page of the items as they are told, with links to the others."""
    query = incoming.call.query
    size = min(max(int(query.get("per_page", 30)), 1), 100)
    page = max(int(query.get("page", 1)), 1)
    last = max(-(-len(items) // size), 1)
    wanted = {"next": page + 1, "last": last, "prev": page - 1, "first": 1}
    if page >= last:
        del wanted["next"], wanted["last"]
    if page == 1:
        del wanted["prev"], wanted["first"]
    links = ", ".join(
        f'<{incoming.views.root}{incoming.path}?{urlencode({**query, "page": n})}>; rel="{rel}"'
        for rel, n in wanted.items()
    )
    part = [told(item) for item in items[(page - 1) * size : page * size]]
    body = {"total_count": len(items), wrap: part} if wrap else part
    return Answer(200, body, {"Link": links} if links else {})


def pull_of(hub: "Hub", incoming: Incoming, name: str = "pull_number") -> Pull | None:
    return hub.pulls.get(incoming.number(name))


def repository(hub: "Hub", incoming: Incoming) -> Answer:
    given = hub.settings.get("", {})
    if isinstance(given, int):
        return refusal(given)
    return Answer(200, incoming.views.repository(**given))


def list_pulls(hub: "Hub", incoming: Incoming) -> Answer:
    query = incoming.call.query
    state, base, head = query.get("state", "open"), query.get("base"), query.get("head")
    owner = hub.repository.split("/")[0]
    found = [
        pull
        for pull in hub.pulls.values()
        if state in ("all", pull.state)
        and base in (None, pull.base)
        and head in (None, f"{pull.author if pull.fork else owner}:{pull.branch}")
    ]
    by = "updated" if query.get("sort") == "updated" else "created"
    down = query.get("direction", "asc" if "sort" in query and by == "updated" else "desc")
    found.sort(key=lambda pull: (getattr(pull, by), pull.number), reverse=down == "desc")
    return pages(incoming, found, incoming.views.pull)


def get_pull(hub: "Hub", incoming: Incoming) -> Answer:
    pull = pull_of(hub, incoming)
    return Answer(200, incoming.views.pull(pull, full=True)) if pull else refusal(404)


def list_reviews(hub: "Hub", incoming: Incoming) -> Answer:
    pull = pull_of(hub, incoming)
    if not pull:
        return refusal(404)
    given = [one for one in hub.reviews.values() if one.number == pull.number]
    return pages(incoming, given, incoming.views.review)


def list_comments(hub: "Hub", incoming: Incoming) -> Answer:
    pull = pull_of(hub, incoming, "issue_number")
    if not pull:
        return refusal(404)
    given = [one for one in hub.all_comments.values() if one.number == pull.number]
    return pages(incoming, given, incoming.views.comment)


def unfit_body(body: str) -> Answer | None:
    if not body.strip():
        return refusal(422, "Validation Failed: body can't be blank")
    if len(body) > MOST_OF_A_COMMENT:
        return refusal(422, "Validation Failed: body is too long (maximum is 65536 characters)")
    return None


def create_comment(hub: "Hub", incoming: Incoming) -> Answer:
    pull = pull_of(hub, incoming, "issue_number")
    if not pull:
        return refusal(404)
    if refused := unfit_body(incoming.body["body"]):
        return refused
    made = hub.add_comment(pull.number, incoming.who.login, incoming.body["body"], incoming.who.app)
    body = incoming.views.comment(made)
    return Answer(201, body, {"Location": body["url"]})


def comment_of(hub: "Hub", incoming: Incoming) -> Comment | None:
    return hub.all_comments.get(incoming.number("comment_id"))


def get_comment(hub: "Hub", incoming: Incoming) -> Answer:
    comment = comment_of(hub, incoming)
    return Answer(200, incoming.views.comment(comment)) if comment else refusal(404)


def edit_comment(hub: "Hub", incoming: Incoming) -> Answer:
    comment = comment_of(hub, incoming)
    if not comment:
        return refusal(404)
    if refused := unfit_body(incoming.body["body"]):
        return refused
    comment.body, comment.updated = incoming.body["body"], hub.now()
    return Answer(200, incoming.views.comment(comment))


def delete_comment(hub: "Hub", incoming: Incoming) -> Answer:
    comment = comment_of(hub, incoming)
    if not comment:
        return refusal(404)
    del hub.all_comments[comment.id]
    return Answer(204)


def user(hub: "Hub", incoming: Incoming) -> Answer:
    if incoming.who.app:
        return refusal(403, "Resource not accessible by integration")
    given = (incoming.views.user(incoming.who.login) or {}) | {"user_view_type": "private"}
    return Answer(200, description().filled("private-user", given))


def contents(hub: "Hub", incoming: Incoming) -> Answer:
    """A file of the git repository; folders are not served."""
    path = incoming.call.values["path"]
    revision = incoming.call.query.get("ref", hub.default_branch)
    data = hub.git.file(revision, path)
    if f"contents/{path}" in hub.settings or data is None:
        return setting(hub, incoming)
    url = f"{incoming.views.url}/contents/{path}"
    given = {
        "type": "file", "encoding": "base64", "size": len(data), "path": path, "url": url,
        "name": path.rpartition("/")[2], "sha": hub.git.git("rev-parse", f"{revision}:{path}"),
        "content": base64.b64encode(data).decode(),
    }  # fmt: skip
    return Answer(200, description().filled("content-file", given))


EMPTY_LISTS = {
    "rulesets": [],
    "environments": {"total_count": 0, "environments": []},
    "codeowners/errors": {"errors": []},
    "actions/workflows": {"total_count": 0, "workflows": []},
}


def setting(hub: "Hub", incoming: Incoming) -> Answer:
    """What the test set: a status that refuses, or the answer (whatever else it must hold)."""
    name = incoming.path.removeprefix(f"/repos/{hub.repository}/")
    empty: Any = [] if name.startswith("rules/branches/") else EMPTY_LISTS.get(name, 404)
    value = hub.settings.get(name, empty)
    if isinstance(value, int):
        return refusal(value)
    filled = description().answer(incoming.call, value)
    return pages(incoming, filled) if isinstance(filled, list) else Answer(200, filled)


def _table() -> list[tuple[str, str, re.Pattern[str]]]:
    """Every operation: its method, its path as described, and what its path looks like."""
    found = []
    for template, methods in sorted(OPERATIONS.items(), key=lambda item: -len(item[0])):
        slashes = re.sub(r"\{(path|branch|ref)\}", r"(?P<\1>.+)", template)
        numbers = re.sub(r"\{(\w+_(?:number|id))\}", r"(?P<\1>\\d+)", slashes)
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", numbers))
        found += [(method.upper(), template, pattern) for method in methods]
    return found


TABLE = _table()

ROUTES: dict[tuple[str, str], Route] = {
    ("GET", REPOSITORY): repository,
    ("GET", f"{REPOSITORY}/pulls"): list_pulls,
    ("GET", f"{REPOSITORY}/pulls/{{pull_number}}"): get_pull,
    ("GET", f"{REPOSITORY}/pulls/{{pull_number}}/reviews"): list_reviews,
    ("GET", f"{REPOSITORY}/issues/{{issue_number}}/comments"): list_comments,
    ("POST", f"{REPOSITORY}/issues/{{issue_number}}/comments"): create_comment,
    ("GET", f"{REPOSITORY}/issues/comments/{{comment_id}}"): get_comment,
    ("PATCH", f"{REPOSITORY}/issues/comments/{{comment_id}}"): edit_comment,
    ("DELETE", f"{REPOSITORY}/issues/comments/{{comment_id}}"): delete_comment,
    ("GET", f"{REPOSITORY}/contents/{{path}}"): contents,
    ("GET", "/user"): user,
}
