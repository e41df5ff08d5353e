"""What GitHub remembers: pull requests, reviews, comments, check runs, and who may ask."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class App(NamedTuple):
    """A GitHub App, installed on the repository."""

    id: int
    slug: str
    key: str
    """Its public key, in PEM."""

    @property
    def installation(self) -> int:
        return self.id * 10


ACTIONS = App(15368, "github-actions", "")
"""The app that a workflow's own token belongs to."""


class Identity(NamedTuple):
    """Who a token stands for."""

    login: str
    app: App | None
    """None for a person's token."""
    is_jwt: bool = False
    """Whether it speaks for the app itself, not for its installation."""


@dataclass
class Pull:
    number: int
    author: str | None
    head: str
    base: str
    branch: str
    fork: bool
    draft: bool
    title: str
    created: str
    updated: str
    state: str = "open"
    merged: bool = False
    merged_at: str | None = None
    merge_commit: str | None = None
    """The last commit that merging it put on the branch."""
    body: str | None = None


@dataclass
class Issue:
    number: int
    author: str | None
    app: App | None
    title: str
    body: str | None
    created: str
    updated: str
    state: str = "open"
    reason: str | None = None
    """Why it was closed."""


class Activity(NamedTuple):
    """A branch that was moved."""

    id: int
    branch: str
    before: str
    after: str
    kind: str
    by: str | None
    at: str


@dataclass
class Review:
    id: int
    number: int
    login: str | None
    state: str
    commit: str | None
    body: str
    at: str


@dataclass
class Comment:
    id: int
    number: int
    login: str | None
    app: App | None
    body: str
    created: str
    updated: str


@dataclass
class Check:
    id: int
    app: App
    head: str
    started: str
    fields: dict[str, Any] = field(default_factory=dict)
    """As given by the requests: name, status, conclusion, details_url, external_id, …"""
    output: dict[str, Any] = field(default_factory=dict)
    annotations: list[dict[str, Any]] = field(default_factory=list)


class Request(NamedTuple):
    """A line of the log. Whoever asked is named, the token never."""

    method: str
    path: str
    query: dict[str, str]
    status: int
    """0 where the connection was dropped."""
    login: str | None = None
    body: Any = None
    is_git: bool = False
