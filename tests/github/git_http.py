"""Git over HTTP: what GitHub does for `git fetch`, by git's own server program."""

import base64
import binascii
import gzip
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.github.remote import environment

USER = "x-access-token"


class GitAnswer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


UNAUTHORISED = GitAnswer(
    401, {"WWW-Authenticate": 'Basic realm="GitHub"', "Content-Type": "text/plain"}, b""
)


def token_of(header: str) -> str | None:
    """The token of a Basic header for the user that GitHub wants for tokens."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, token = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return token if user == USER else None


def serve(
    repository: Path, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes
) -> GitAnswer:
    """One request, answered by `git http-backend`. The path is the one below the repository."""
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    surroundings = {
        **environment(),
        "GIT_PROJECT_ROOT": str(repository.parent),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": f"/{repository.name}/{path}",
        "REQUEST_METHOD": method,
        "QUERY_STRING": query,
        "CONTENT_TYPE": headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "GIT_PROTOCOL": headers.get("Git-Protocol", ""),
        "REMOTE_USER": USER,
    }
    done = subprocess.run(
        ["git", "http-backend"], input=body, env=surroundings, capture_output=True, check=False
    )  # a refusal in git's own words ends it with 1
    if not done.stdout:
        return GitAnswer(500, {"Content-Type": "text/plain"}, done.stderr)
    head, _, rest = done.stdout.partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    status = int(fields.pop("Status", "200").split()[0])
    return GitAnswer(status, fields, rest)
