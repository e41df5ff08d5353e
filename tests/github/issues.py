"""Issues. Every pull request is one as well, and they share their numbers."""

from typing import TYPE_CHECKING, Any

from tests.github.openapi.prune import REPOSITORY
from tests.github.routes import Answer, Incoming, pages, refusal
from tests.github.state import Issue, Pull

if TYPE_CHECKING:
    from tests.github.hub import Hub

MOST_OF_A_BODY = 65_536
MOST_OF_A_TITLE = 256
DISABLED = "Issues are disabled for this repo"


def told(incoming: Incoming, one: Issue | Pull) -> dict[str, Any]:
    views = incoming.views
    return views.issue_of_pull(one) if isinstance(one, Pull) else views.issue(one)


def list_all(hub: "Hub", incoming: Incoming) -> Answer:
    """Pull requests among them. A creator whom nobody knows has created nothing."""
    if not hub.has_issues:
        return refusal(410, DISABLED)
    query = incoming.call.query
    state, creator = query.get("state", "open"), query.get("creator", "").lower()
    found = [
        one
        for one in [*hub.issues.values(), *hub.pulls.values()]
        if state in ("all", one.state) and creator in ("", (one.author or "").lower())
    ]
    found.sort(key=lambda one: one.number, reverse=query.get("direction", "desc") == "desc")
    return pages(incoming, found, lambda one: told(incoming, one))


def create(hub: "Hub", incoming: Incoming) -> Answer:
    if not hub.has_issues:
        return refusal(410, DISABLED)
    if reason := unfit(incoming.body):
        return refusal(422, reason)
    title, body = incoming.body["title"], incoming.body.get("body")
    made = hub.add_issue(incoming.who.login, title, body, incoming.who.app)
    view = incoming.views.issue(made)
    return Answer(201, view, {"Location": view["url"]})


def get(hub: "Hub", incoming: Incoming) -> Answer:
    number = incoming.number("issue_number")
    one = hub.issues.get(number) or hub.pulls.get(number)
    if one is None:
        return refusal(410 if number in hub.gone else 404)
    return Answer(200, told(incoming, one))


def edit(hub: "Hub", incoming: Incoming) -> Answer:
    number = incoming.number("issue_number")
    one = hub.issues.get(number)
    if not hub.has_issues:
        return refusal(410, DISABLED)
    if one is None:
        return refusal(410 if number in hub.gone else 404)
    if reason := unfit(incoming.body):
        return refusal(422, reason)
    for name in ("title", "body", "state"):
        setattr(one, name, incoming.body.get(name, getattr(one, name)))
    if "state" in incoming.body:
        one.reason = incoming.body.get("state_reason", "completed")
        one.reason = "reopened" if one.state == "open" else one.reason
    one.updated = hub.now()
    return Answer(200, incoming.views.issue(one))


def unfit(body: dict[str, Any]) -> str | None:
    """What GitHub refuses although its description lets it pass."""
    if "title" in body and not body["title"].strip():
        return "Validation Failed: title can't be blank"
    if len(body.get("title") or "") > MOST_OF_A_TITLE:
        return f"Validation Failed: title is too long (maximum is {MOST_OF_A_TITLE} characters)"
    if len(body.get("body") or "") > MOST_OF_A_BODY:
        return f"Validation Failed: body is too long (maximum is {MOST_OF_A_BODY} characters)"
    return None


ROUTES = {
    ("GET", f"{REPOSITORY}/issues"): list_all,
    ("POST", f"{REPOSITORY}/issues"): create,
    ("GET", f"{REPOSITORY}/issues/{{issue_number}}"): get,
    ("PATCH", f"{REPOSITORY}/issues/{{issue_number}}"): edit,
}
