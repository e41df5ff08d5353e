"""Which pull request brought a commit, and how branches were moved."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.github.openapi.prune import REPOSITORY
from tests.github.routes import Answer, Incoming, pages, refusal

if TYPE_CHECKING:
    from tests.github.hub import Hub


def pulls_of(hub: "Hub", incoming: Incoming) -> Answer:
    """Of a commit on the default branch: the one that brought it. Of any other: all with it."""
    commit = hub.commit(incoming.call.values["commit_sha"])
    if not hub.knows(commit):
        return refusal(422, f"No commit found for SHA: {commit}")
    if hub.git.holds(hub.default_branch, commit):
        # Several, where what they all propose was pushed: GitHub closes them as merged by that.
        by_push = {n for n, pull in hub.pulls.items() if pull.merge_commit == commit}
        by_merge = {hub.introduced[commit]} if commit in hub.introduced else set()
        numbers = sorted(by_push | by_merge, reverse=True)
    else:
        numbers = [
            pull.number
            for pull in hub.pulls.values()
            if commit == pull.head or commit in hub.git.own_commits(pull.base, pull.head)
        ]
    return pages(incoming, [hub.pulls[number] for number in numbers], incoming.views.pull)


def activity(hub: "Hub", incoming: Incoming) -> Answer:
    """The moves of branches, newest first; a link leads to those before."""
    query = incoming.call.query
    branch = query["ref"].removeprefix("refs/heads/") if "ref" in query else None
    found = [
        one
        for one in reversed(hub.activities)
        if branch in (None, one.branch)
        and query.get("activity_type") in (None, one.kind)
        and query.get("actor") in (None, one.by)
        and ("after" not in query or one.id < int(query["after"]))
    ]
    if query.get("direction") == "asc":
        found.reverse()
    size = min(int(query.get("per_page", 30)), 100)
    page = found[:size]
    headers = {}
    if len(found) > size:
        more = urlencode({**query, "after": page[-1].id})
        headers["Link"] = f'<{incoming.views.root}{incoming.path}?{more}>; rel="next"'
    return Answer(200, [incoming.views.activity(one) for one in page], headers)


ROUTES = {
    ("GET", f"{REPOSITORY}/commits/{{commit_sha}}/pulls"): pulls_of,
    ("GET", f"{REPOSITORY}/activity"): activity,
}
