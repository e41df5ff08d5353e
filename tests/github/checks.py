"""Check runs, and the apps that may write them."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.github.description import description
from tests.github.openapi.prune import REPOSITORY
from tests.github.routes import Answer, Incoming, pages, refusal
from tests.github.state import App, Check

if TYPE_CHECKING:
    from tests.github.hub import Hub

MOST_OF_A_TEXT = 65_535
MOST_OF_A_TITLE = 255


def unfit(body: dict[str, Any]) -> str | None:
    """What GitHub refuses although its description lets it pass."""
    output = body.get("output", {})
    for name in ("summary", "text"):
        if len(output.get(name) or "") > MOST_OF_A_TEXT:
            return f"Only {MOST_OF_A_TEXT} characters are allowed in {name}"
    if len(output.get("title") or "") > MOST_OF_A_TITLE:
        return f"title is too long (maximum is {MOST_OF_A_TITLE} characters)"
    return next(filter(None, map(unfit_annotation, output.get("annotations", []))), None)


def unfit_annotation(given: dict[str, Any]) -> str | None:
    if not given["path"] or not given["message"]:
        return "path and message must not be empty"
    if not 1 <= given["start_line"] <= given["end_line"]:
        return "start_line must be a line of the file, and not after end_line"
    if given["start_line"] != given["end_line"] and {"start_column", "end_column"} & set(given):
        return "columns are for annotations of a single line"
    if len(given["message"]) > MOST_OF_A_TEXT + 1 or len(given.get("title", "")) > MOST_OF_A_TITLE:
        return "message or title is too long"
    return None


def write(hub: "Hub", check: Check, body: dict[str, Any]) -> None:
    output = dict(body.get("output", {}))
    check.annotations += output.pop("annotations", [])
    check.output |= output
    check.fields |= {k: v for k, v in body.items() if k not in ("output", "head_sha")}
    if check.fields.get("conclusion"):
        check.fields["status"] = "completed"
        check.fields.setdefault("completed_at", hub.now())


def create(hub: "Hub", incoming: Incoming) -> Answer:
    body, app = incoming.body, incoming.who.app
    if not app:
        return refusal(403, "You must authenticate via a GitHub App.")
    if not hub.knows(body["head_sha"]):
        return refusal(422, f"No commit found for SHA: {body['head_sha']}")
    if reason := unfit(body):
        return refusal(422, reason)
    check = Check(hub.next_id(), app, body["head_sha"], hub.now(), {"status": "queued"})
    write(hub, check, body)
    hub.checks[check.id] = check
    return Answer(201, incoming.views.check(check))


def get(hub: "Hub", incoming: Incoming) -> Answer:
    check = hub.checks.get(incoming.number("check_run_id"))
    return Answer(200, incoming.views.check(check)) if check else refusal(404)


def update(hub: "Hub", incoming: Incoming) -> Answer:
    check = hub.checks.get(incoming.number("check_run_id"))
    if not check:
        return refusal(404)
    if incoming.who.app != check.app:
        return refusal(403, "A check run is changed only by the app that created it.")
    if reason := unfit(incoming.body):
        return refusal(422, reason)
    write(hub, check, incoming.body)
    return Answer(200, incoming.views.check(check))


def annotations(hub: "Hub", incoming: Incoming) -> Answer:
    check = hub.checks.get(incoming.number("check_run_id"))
    if not check:
        return refusal(404)
    return pages(
        incoming, check.annotations, lambda one: incoming.views.annotation(one, check.head)
    )


def of_commit(hub: "Hub", incoming: Incoming) -> Answer:
    query = incoming.call.query
    commit = hub.commit(incoming.call.values["ref"])
    if not hub.knows(commit):
        return refusal(422, f"No commit found for SHA: {commit}")
    found = [
        check
        for check in sorted(hub.checks.values(), key=lambda check: -check.id)
        if check.head == commit
        and query.get("check_name") in (None, check.fields["name"])
        and query.get("status") in (None, check.fields["status"])
        and query.get("app_id") in (None, str(check.app.id))
    ]
    if query.get("filter", "latest") == "latest":
        found = list({(one.app.id, one.fields["name"]): one for one in reversed(found)}.values())
        found.sort(key=lambda check: -check.id)
    return pages(incoming, found, incoming.views.check, wrap="check_runs")


def needs_app(incoming: Incoming) -> App | None:
    return incoming.who.app if incoming.who.is_jwt else None


def app(hub: "Hub", incoming: Incoming) -> Answer:
    if not (mine := needs_app(incoming)):
        return refusal(401, "A JSON web token could not be decoded")
    return Answer(200, incoming.views.app(mine))


def installation(hub: "Hub", incoming: Incoming) -> Answer:
    if not (mine := needs_app(incoming)):
        return refusal(401, "A JSON web token could not be decoded")
    return Answer(200, incoming.views.installation(mine))


def access_token(hub: "Hub", incoming: Incoming) -> Answer:
    mine = needs_app(incoming)
    if not mine:
        return refusal(401, "A JSON web token could not be decoded")
    if incoming.number("installation_id") != mine.installation:
        return refusal(404)
    token = f"ghs_{secrets.token_hex(18)}"
    hub.let_in(token, f"{mine.slug}[bot]", mine)
    until = datetime.now(UTC) + timedelta(hours=1)
    body = {"token": token, "expires_at": until.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return Answer(201, description().filled("installation-token", body))


RUN = f"{REPOSITORY}/check-runs/{{check_run_id}}"
ROUTES = {
    ("POST", f"{REPOSITORY}/check-runs"): create,
    ("GET", RUN): get,
    ("PATCH", RUN): update,
    ("GET", f"{RUN}/annotations"): annotations,
    ("GET", f"{REPOSITORY}/commits/{{ref}}/check-runs"): of_commit,
    ("GET", "/app"): app,
    ("GET", "/app/installations/{installation_id}"): installation,
    ("GET", f"{REPOSITORY}/installation"): installation,
    ("POST", "/app/installations/{installation_id}/access_tokens"): access_token,
}
