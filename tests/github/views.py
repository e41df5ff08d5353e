"""What GitHub remembers, in the words of its API."""

import json
from functools import cache
from typing import Any

from tests.github.description import Filled, description
from tests.github.state import Activity, App, Check, Comment, Issue, Pull, Review

TRIED = "7" * 40
"""The commit by which GitHub tries whether an open pull request can be merged: on no branch."""


class Views:
    """Renders for one repository; every link starts with the address that was asked."""

    def __init__(self, root: str, site: str, repository: str, default_branch: str, base: str):
        self.root = root
        self.url = f"{root}/repos/{repository}"
        self.page = f"{site}/{repository}"
        self.name = repository
        self.default_branch = default_branch
        self.base = base
        """The commit that pull requests go into."""

    def user(self, login: str | None) -> dict[str, Any] | None:
        if login is None:
            return None
        kind = "Bot" if login.endswith("[bot]") else "User"
        given = {"login": login, "id": number_of(login), "type": kind}
        return filled("simple-user", given | {"url": f"{self.root}/users/{login}"})

    def repository(self, name: str | None = None, **given: Any) -> dict[str, Any]:
        name = name or self.name
        owner, short = name.split("/")
        values = {
            "id": number_of(name), "name": short, "full_name": name, "owner": self.user(owner),
            "private": True, "visibility": "private", "default_branch": self.default_branch,
            "url": f"{self.root}/repos/{name}", "fork": name != self.name,
            "html_url": self.page.replace(self.name, name),
            "clone_url": self.page.replace(self.name, name) + ".git",
        }  # fmt: skip
        return filled("full-repository", values | given)

    def pull(self, pull: Pull, full: bool = False) -> dict[str, Any]:
        owner = self.name.split("/")[0]
        fork = f"{pull.author or 'ghost'}/{self.name.split('/')[1]}"
        head_name = fork if pull.fork else self.name
        given = {
            "id": 1000 + pull.number, "number": pull.number, "state": pull.state,
            "title": pull.title, "body": pull.body, "draft": pull.draft, "locked": False,
            "user": self.user(pull.author),
            "created_at": pull.created, "updated_at": pull.updated,
            "closed_at": pull.updated if pull.state == "closed" else None,
            "merged_at": pull.merged_at,
            "merge_commit_sha": TRIED if pull.state == "open" else pull.merge_commit,
            "url": f"{self.url}/pulls/{pull.number}",
            "html_url": f"{self.page}/pull/{pull.number}",
            "issue_url": f"{self.url}/issues/{pull.number}",
            "comments_url": f"{self.url}/issues/{pull.number}/comments",
            "author_association": "CONTRIBUTOR",
            "head": self._end(head_name.split("/")[0], pull.branch, pull.head, head_name),
            "base": self._end(owner, pull.base, self.base, self.name),
        }  # fmt: skip
        if full:
            given |= {"merged": pull.merged, "mergeable": None, "mergeable_state": "unknown"}
        return description().filled("pull-request" if full else "pull-request-simple", given)

    def _end(self, owner: str, branch: str, commit: str, name: str) -> dict[str, Any]:
        known = description().data["components"]["schemas"]["repository"]["properties"]
        given = {k: v for k, v in self.repository(name).items() if k in known}
        repository = filled("repository", given)
        return {
            "label": f"{owner}:{branch}", "ref": branch, "sha": commit, "repo": repository,
            "user": self.user(owner),
        }  # fmt: skip

    def review(self, review: Review) -> dict[str, Any]:
        page = f"{self.page}/pull/{review.number}#pullrequestreview-{review.id}"
        pull = f"{self.url}/pulls/{review.number}"
        given = {
            "id": review.id, "user": self.user(review.login), "body": review.body,
            "state": review.state, "commit_id": review.commit, "submitted_at": review.at,
            "html_url": page, "pull_request_url": pull,
            "_links": {"html": {"href": page}, "pull_request": {"href": pull}},
            "author_association": "MEMBER",
        }  # fmt: skip
        return description().filled("pull-request-review", given)

    def issue(self, issue: Issue) -> dict[str, Any]:
        given = {
            "id": 5000 + issue.number, "number": issue.number, "state": issue.state,
            "state_reason": issue.reason, "title": issue.title, "body": issue.body,
            "user": self.user(issue.author), "locked": False, "labels": [], "assignees": [],
            "created_at": issue.created, "updated_at": issue.updated,
            "closed_at": issue.updated if issue.state == "closed" else None,
            "url": f"{self.url}/issues/{issue.number}", "repository_url": self.url,
            "html_url": f"{self.page}/issues/{issue.number}",
            "comments_url": f"{self.url}/issues/{issue.number}/comments",
            "author_association": "NONE",
            "performed_via_github_app": self.app(issue.app) if issue.app else None,
        }  # fmt: skip
        return description().filled("issue", given)

    def issue_of_pull(self, pull: Pull) -> dict[str, Any]:
        """A pull request, where issues are listed."""
        issue = Issue(
            pull.number, pull.author, None, pull.title, pull.body, pull.created, pull.updated,
            pull.state,
        )  # fmt: skip
        links = {
            "url": f"{self.url}/pulls/{pull.number}", "html_url": f"{self.page}/pull/{pull.number}",
            "diff_url": None, "patch_url": None, "merged_at": pull.merged_at,
        }  # fmt: skip
        return self.issue(issue) | {"pull_request": links}

    def activity(self, activity: Activity) -> dict[str, Any]:
        given = {
            "id": activity.id, "ref": f"refs/heads/{activity.branch}", "before": activity.before,
            "after": activity.after, "timestamp": activity.at, "activity_type": activity.kind,
            "actor": self.user(activity.by),
        }  # fmt: skip
        return description().filled("activity", given)

    def comment(self, comment: Comment) -> dict[str, Any]:
        given = {
            "id": comment.id, "user": self.user(comment.login), "body": comment.body,
            "created_at": comment.created, "updated_at": comment.updated,
            "url": f"{self.url}/issues/comments/{comment.id}",
            "html_url": f"{self.page}/pull/{comment.number}#issuecomment-{comment.id}",
            "issue_url": f"{self.url}/issues/{comment.number}",
            "author_association": "NONE",
            "performed_via_github_app": self.app(comment.app) if comment.app else None,
        }  # fmt: skip
        return description().filled("issue-comment", given)

    def check(self, check: Check) -> dict[str, Any]:
        page = f"{self.page}/runs/{check.id}"
        url = f"{self.url}/check-runs/{check.id}"
        fields = check.fields
        output = {name: check.output.get(name) for name in ("title", "summary", "text")}
        counts = {
            "annotations_count": len(check.annotations), "annotations_url": f"{url}/annotations"
        }  # fmt: skip
        given = {
            "id": check.id, "head_sha": check.head, "name": fields["name"], "url": url,
            "html_url": page, "details_url": fields.get("details_url") or page,
            "status": fields["status"], "conclusion": fields.get("conclusion"),
            "external_id": fields.get("external_id") or "", "started_at": check.started,
            "completed_at": fields.get("completed_at"), "output": output | counts,
            "app": self.app(check.app), "check_suite": {"id": check.app.id}, "pull_requests": [],
        }  # fmt: skip
        return description().filled("check-run", given)

    def annotation(self, given: dict[str, Any], commit: str) -> dict[str, Any]:
        link = f"{self.page}/blob/{commit}/{given['path']}"
        return description().filled("check-annotation", {"blob_href": link} | given)

    def app(self, app: App) -> dict[str, Any]:
        owner = self.user(self.name.split("/")[0])
        given = {"id": app.id, "slug": app.slug, "name": app.slug, "owner": owner, "events": []}
        return description().filled("integration", given | {"permissions": {"checks": "write"}})

    def installation(self, app: App) -> dict[str, Any]:
        url = f"{self.root}/app/installations/{app.installation}/access_tokens"
        given = {
            "id": app.installation, "app_id": app.id, "app_slug": app.slug,
            "account": self.user(self.name.split("/")[0]), "access_tokens_url": url,
            "permissions": {"checks": "write", "issues": "write", "pull_requests": "read"},
        }  # fmt: skip
        return description().filled("installation", given)


def filled(schema: str, given: dict[str, Any]) -> dict[str, Any]:
    """Filled once, for the objects that stand in most answers."""
    return _filled(schema, json.dumps(given))


@cache
def _filled(schema: str, given: str) -> Filled:
    return description().filled(schema, json.loads(given))


def number_of(text: str) -> int:
    """The same number for the same text, whatever the case."""
    value = 0
    for letter in text.lower():
        value = (value * 131 + ord(letter)) % 9_999_991
    return value + 1
