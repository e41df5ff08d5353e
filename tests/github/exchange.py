"""One request and its answer, both held against the description; and what was to go wrong."""

import json
import time
from collections.abc import Mapping, Sequence
from email.message import Message
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

from tests.github import checks, commits, git_http, issues, routes
from tests.github.description import Call, description
from tests.github.faults import Fault, Kind
from tests.github.routes import TABLE, Answer, Incoming, refusal, setting
from tests.github.state import Identity, Request
from tests.github.views import Views

if TYPE_CHECKING:
    from tests.github.hub import Hub

LIMIT = 1000
ROUTES = routes.ROUTES | checks.ROUTES | commits.ROUTES | issues.ROUTES


class Raw(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    """Without the prefix of the API."""
    prefix: str
    query: str
    headers: Message
    body: bytes

    @property
    def parameters(self) -> dict[str, str]:
        return dict(parse_qsl(self.query, keep_blank_values=True))


class Reply(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


def respond(hub: "Hub", raw: Raw) -> Reply | None:
    """The answer, with all that a test wanted to go wrong; None drops the connection."""
    faults = hub.faults_on(raw.method, raw.path)
    for fault in faults:
        if fault.kind is Kind.BEFORE:
            fault.callback()
        time.sleep(fault.seconds)
    bad = next((one for one in faults if one.spoils), None)
    if bad and not bad.after:
        return spoiled(hub, raw, bad)
    reply = git(hub, raw) if is_git(raw) else api(hub, raw)
    return spoiled(hub, raw, bad) if bad else reply


def spoiled(hub: "Hub", raw: Raw, fault: Fault) -> Reply | None:
    if fault.kind is Kind.DROP:
        note(hub, raw, 0)
        return None
    note(hub, raw, fault.status)
    answer = refusal(fault.status)
    if isinstance(fault.body, str | bytes):
        text = fault.body.encode() if isinstance(fault.body, str) else fault.body
        return Reply(fault.status, {"Content-Type": "text/html", **fault.headers}, text)
    return packed(hub, answer._replace(body=fault.body or answer.body, headers=dict(fault.headers)))


def packed(hub: "Hub", answer: Answer) -> Reply:
    used = len(hub.calls)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-RateLimit-Limit": str(LIMIT),
        "X-RateLimit-Remaining": str(max(LIMIT - used, 1)),
        "X-RateLimit-Used": str(used),
        "X-RateLimit-Reset": str(int(time.time()) + 3600),
        "X-GitHub-Request-Id": f"HUB:{used}",
    }
    body = b"" if answer.status == 204 else json.dumps(answer.body).encode()
    return Reply(answer.status, headers | answer.headers, body)


def note(hub: "Hub", raw: Raw, status: int) -> None:
    who = hub.identify(raw.headers.get("Authorization", ""))
    body = parsed(raw.body)
    login = who.login if who else None
    hub.log.append(Request(raw.method, raw.path, raw.parameters, status, login, body, is_git(raw)))


def parsed(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return None


def is_git(raw: Raw) -> bool:
    return ".git/" in raw.path and not raw.path.startswith("/repos/")


def git(hub: "Hub", raw: Raw) -> Reply:
    name, _, below = raw.path.partition(".git/")
    token = git_http.token_of(raw.headers.get("Authorization", ""))
    pushes = "git-receive-pack" in raw.path + raw.query
    if token is None or token not in hub.tokens:
        answer = git_http.UNAUTHORISED
    elif name.lower() != f"/{hub.repository}".lower():
        answer = git_http.GitAnswer(404, {"Content-Type": "text/plain"}, b"not found")
    elif pushes and not hub.may_push:
        answer = git_http.GitAnswer(403, {"Content-Type": "text/plain"}, b"denied")
    else:
        answer = git_http.serve(
            hub.remote, raw.method, below, raw.query, dict(raw.headers.items()), raw.body
        )
    note(hub, raw, answer.status)
    return Reply(*answer)


def api(hub: "Hub", raw: Raw) -> Reply:
    with hub.lock:
        answer = judged(hub, raw)
        note(hub, raw, answer.status)
        return packed(hub, answer)


def judged(hub: "Hub", raw: Raw) -> Answer:
    found = matched(raw)
    if found is None:
        return violated(hub, raw, ["not an operation that the tests' description knows"], 404)
    call = found
    problems = description().request_problems(call)
    if problems:
        return violated(hub, raw, problems, 500)
    answer = admitted(hub, raw, call)
    body = b"" if answer.status == 204 else json.dumps(answer.body).encode()
    problems = description().answer_problems(call, answer.status, body)
    return violated(hub, raw, problems, 500) if problems else answer


def violated(hub: "Hub", raw: Raw, problems: Sequence[str], status: int) -> Answer:
    hub.violations += [f"{raw.method} {raw.path}: {problem}" for problem in problems]
    return refusal(status, "; ".join(problems))


def matched(raw: Raw) -> Call | None:
    for method, template, pattern in TABLE:
        match = pattern.fullmatch(raw.path) if method == raw.method else None
        if match:
            kind = raw.headers.get("Content-Type", "").split(";")[0]
            values = match.groupdict()
            return Call(method, template, values, raw.parameters, raw.body, kind)
    return None


def admitted(hub: "Hub", raw: Raw, call: Call) -> Answer:
    """The operation's answer to whoever may ask."""
    header = raw.headers.get("Authorization", "")
    who = hub.identify(header)
    owner, name = call.values.get("owner"), call.values.get("repo")
    if header and who is None:
        return refusal(401, "Bad credentials")
    if who is None:
        return refusal(404 if owner else 401, "" if owner else "Requires authentication")
    if owner and f"{owner}/{name}".lower() != hub.repository.lower():
        return refusal(404)
    if who.is_jwt and owner and not raw.path.endswith("/installation"):
        return refusal(401, "Bad credentials")
    return done(hub, raw, call, who)


def done(hub: "Hub", raw: Raw, call: Call, who: Identity) -> Answer:
    site = hub.server_url
    tip = hub.git.tip(hub.default_branch)
    views = Views(site + raw.prefix, site, hub.repository, hub.default_branch, tip)
    incoming = Incoming(call, raw.path, parsed(call.body), who, views)
    route = ROUTES.get((call.method, call.template), setting)
    return route(hub, incoming)
