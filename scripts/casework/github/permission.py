"""Which permission of a token a request needs, as a workflow or an app names it."""

import re

_NEEDED = (
    ("", r"/check-runs", "checks: write"),
    ("GET", r"/issues$", "issues: read"),
    ("", r"/issues(/\d+)?$", "issues: write"),
    ("", r"/issues/", "pull-requests: write"),
    ("GET", r"/pulls\b", "pull-requests: read"),
    ("", r"/pulls\b", "pull-requests: write"),
    ("", r"/protection\b|/actions/permissions", "administration: read"),
    ("", r"/(secrets|variables)\b", "environments: read"),
    ("", r"/(environments|actions)\b", "actions: read"),
)
"""Verb (or any), a part of the path, permission; the first that fits."""


def permission_for(verb: str, path: str) -> str:
    """The permission that somebody has to grant for a request to be allowed."""
    for of_verb, part, permission in _NEEDED:
        if of_verb in ("", verb) and re.search(part, path):
            return permission
    return "contents: read"
