"""The payloads of events, as GitHub hands them to a workflow."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.github.remote import ABSENT
from tests.github.views import Views

if TYPE_CHECKING:
    from tests.github.hub import Hub

SENDER = "octocat"


def payload(
    hub: "Hub", views: Views, name: str, number: int | None, **given: Any
) -> dict[str, Any]:
    """What the event tells. Given: `action`, and what the functions below take by name."""
    common = {"repository": views.repository(), "sender": views.user(SENDER)}
    return EVENTS[name](hub, views, number, **given) | common


def pull_request(hub: "Hub", views: Views, number: int, action: str = "opened") -> dict[str, Any]:
    pull = views.pull(hub.pulls[number], full=True)
    return {"action": action, "number": number, "pull_request": pull}


def review(
    hub: "Hub", views: Views, number: int, action: str = "submitted", review: int | None = None
) -> dict[str, Any]:
    """A review's id, or the latest of the pull request."""
    given = [one for one in hub.reviews.values() if one.number == number]
    told = views.review(hub.reviews[review] if review else given[-1])
    told["state"] = told["state"].lower()  # as webhooks write it
    pull = views.pull(hub.pulls[number])
    return {"action": action, "review": told, "pull_request": pull}


def workflow_run(
    hub: "Hub", views: Views, number: int | None, action: str = "completed",
    of: str = "pull_request_review", head_branch: str = "", head_sha: str = "",
    conclusion: str = "success", workflow: str = "Relay",
) -> dict[str, Any]:  # fmt: skip
    """The end of a run of another workflow: on a pull request, or on a commit that is given."""
    pull = hub.pulls[number] if number else None
    told = views.pull(pull) if pull else None
    head_repository = told["head"]["repo"] if told else views.repository()
    run = {
        "id": 7000 + hub.next_id(), "name": workflow, "path": ".github/workflows/relay.yml",
        "event": of, "status": "completed", "conclusion": conclusion, "run_attempt": 1,
        "head_branch": head_branch or (pull.branch if pull else hub.default_branch),
        "head_sha": head_sha or (pull.head if pull else views.base),
        "head_repository": head_repository, "repository": views.repository(),
        "pull_requests": [], "display_title": pull.title if pull else "",
        "actor": views.user(SENDER), "triggering_actor": views.user(SENDER),
        "html_url": f"{views.page}/actions/runs/1",
    }  # fmt: skip
    about = {"id": 1, "name": workflow, "path": run["path"], "state": "active"}
    return {"action": action, "workflow_run": run, "workflow": about}


def push(
    hub: "Hub", views: Views, number: int | None, branch: str = "", before: str = ABSENT
) -> dict[str, Any]:
    name = branch or hub.default_branch
    return {
        "ref": f"refs/heads/{name}", "before": before, "after": hub.git.tip(name), "commits": [],
        "created": False, "deleted": False, "forced": False, "head_commit": None,
        "pusher": {"name": SENDER, "email": None},
    }  # fmt: skip


def schedule(
    hub: "Hub", views: Views, number: int | None, cron: str = "0 5 * * *"
) -> dict[str, Any]:
    return {"schedule": cron, "workflow": ".github/workflows/casework.yml"}


def by_hand(hub: "Hub", views: Views, number: int | None) -> dict[str, Any]:
    """An input is text, also where it is a number; without one it is empty."""
    inputs = {"pull_request": str(number) if number else ""}
    ref = f"refs/heads/{hub.default_branch}"
    return {"inputs": inputs, "ref": ref, "workflow": ".github/workflows/casework.yml"}


def merge_group(
    hub: "Hub", views: Views, number: int | None, head_branch: str,
    action: str = "checks_requested",
) -> dict[str, Any]:  # fmt: skip
    head = hub.git.tip(head_branch)
    base = head_branch.removeprefix("gh-readonly-queue/").rpartition("/pr-")[0]
    group = {
        "head_sha": head, "head_ref": f"refs/heads/{head_branch}",
        "base_sha": hub.git.tip(base), "base_ref": f"refs/heads/{base}",
        "head_commit": {"id": head, "message": "Merge"},
    }  # fmt: skip
    return {"action": action, "merge_group": group}


EVENTS: dict[str, Callable[..., dict[str, Any]]] = {
    "pull_request": pull_request,
    "pull_request_target": pull_request,
    "pull_request_review": review,
    "workflow_run": workflow_run,
    "push": push,
    "schedule": schedule,
    "workflow_dispatch": by_hand,
    "merge_group": merge_group,
}
