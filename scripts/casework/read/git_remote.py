"""Repositories elsewhere: objects are brought here or there, and nothing is checked out or run."""

import base64
import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

from casework.read.git_command import GitCommand
from casework.read.git_error import GitError
from casework.read.git_remote_error import RemoteError, RemoteFault, push_failure, remote_failure

OWN = "refs/casework/"
"""Where what is fetched is noted: no branch of anybody's is moved."""

_PATIENCE = 600.0  # seconds that any one command may take
_SILENCE = 30  # seconds in which next to nothing arrives

# Over ssh a program of the user's choice would run, and may ask for a passphrase. Over `git:`
# nobody knows who answers. A path is for a mirror of one's own, and runs nothing but git.
_PROTOCOLS = "https:http:file"

_SETTINGS = (
    ("credential.helper", ""),
    ("credential.interactive", "false"),
    ("http.followRedirects", "false"),  # the token is for one host alone
    ("http.lowSpeedLimit", "1"),
    ("http.lowSpeedTime", str(_SILENCE)),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("submodule.recurse", "false"),
    ("transfer.bundleURI", "false"),
    ("push.pushOption", ""),
)

_FETCH = (
    *("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"),
    *("--no-auto-maintenance", "--no-prune", "--no-prune-tags", "--no-filter", "--refmap="),
    *("--upload-pack", "git-upload-pack"),
)
_PUSH = (
    *("push", "--quiet", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed"),
    *("--no-force-with-lease", "--recurse-submodules=no", "--receive-pack=git-receive-pack"),
)
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REJECTED = re.compile(r"^!\t[^\t]*\t\[(?:remote )?rejected\] \((.*)\)$", re.MULTILINE)
_MEANWHILE = (
    *("fetch first", "non-fast-forward", "stale info", "cannot lock ref"),
    *("failed to update ref", "incorrect old value", "reference already exists"),
)
"""What git says where a ref was moved between a look at it and the attempt to move it."""


class Remote:
    """A repository elsewhere, by its address or its name here."""

    def __init__(self, git: GitCommand, remote: str, token: str | None) -> None:
        if not remote or remote.startswith("-") or not remote.isprintable():
            raise RemoteError(
                "a remote must be an address or a name; this is neither",
                "Give it as `https://HOST/OWNER/REPOSITORY.git`.",
                RemoteFault.ABSENT,
            )
        self._git = git
        self._remote = remote
        self._secrets = _secrets(token)
        self._environment = _environment(remote, self._secrets)

    def fetch(self, *refspecs: str) -> None:
        """Bring refs here. Each says where it is noted: `+refs/heads/main:refs/casework/base`."""
        for each in refspecs:
            if not each.partition(":")[2].startswith(OWN):
                raise ValueError(f"`{each}` would be noted outside {OWN}")
        self._run(*_FETCH, "--", self._remote, *refspecs)

    def fetch_commit(self, commit: str) -> None:
        """Bring a commit here if the remote still has it."""
        if _COMMIT.fullmatch(commit):
            try:
                self._run(*_FETCH, "--", self._remote, commit)
            except RemoteError as error:
                if error.fault is not RemoteFault.GONE:
                    raise

    def push(self, own: str, theirs: str) -> bool:
        """Let a ref there stand where one of ours does; False when it was moved meanwhile."""
        code, output, said = self._attempted(*_PUSH, "--", self._remote, f"{own}:{theirs}")
        if code == 0:
            return True
        rejected = _REJECTED.search(output.decode("utf-8", "replace"))
        reason = rejected[1] if rejected else ""
        if any(each in reason for each in _MEANWHILE):
            return False
        raise push_failure(_shown(self._remote), theirs, reason, said)

    def refs(self, *patterns: str) -> Mapping[str, str]:
        """The id of each ref whose full name fits a pattern, by name."""
        words = ("ls-remote", "--quiet", "--refs", "--upload-pack=git-upload-pack", "--")
        listing = self._run(*words, self._remote, *patterns).decode("utf-8", "surrogateescape")
        found = (each.split("\t", 1)[::-1] for each in listing.splitlines())
        # To git, `refs/heads/x` also fits `refs/heads/refs/heads/x`.
        return {
            name: commit
            for name, commit in found
            if not patterns or any(fnmatchcase(name, each) for each in patterns)
        }

    def _run(self, *arguments: str) -> bytes:
        code, output, said = self._attempted(*arguments)
        if code == 0:
            return output
        raise remote_failure(_shown(self._remote), said)

    def _attempted(self, *arguments: str) -> tuple[int | None, bytes, str]:
        """The exit code, the output, and the complaint without secrets."""
        code, output, complaint = self._git.attempt(
            *arguments, environment=self._environment, seconds=_PATIENCE
        )
        said = "timed out" if code is None else complaint.decode("utf-8", "replace")
        return code, output, _hidden(said, self._secrets)


def _secrets(token: str | None) -> tuple[str, ...]:
    """What nobody may read: the token, and as it goes over the wire."""
    if not token:
        return ()
    if not token.isascii() or not token.isprintable():
        raise GitError("the token must be one line of plain letters; it is not", "Set it again.")
    return base64.b64encode(f"x-access-token:{token}".encode()).decode(), token


def _environment(remote: str, secrets: tuple[str, ...]) -> dict[str, str]:
    """Settings that only the started git sees: what is on a command line, everybody can list."""
    settings = list(_SETTINGS)
    if secrets and remote.startswith(("https://", "http://")):
        header = f"http.{remote}.extraHeader"
        # An empty one first drops those that somebody set before: two are refused by GitHub.
        settings += [(header, ""), (header, f"AUTHORIZATION: basic {secrets[0]}")]
    environment = {"GIT_ALLOW_PROTOCOL": _PROTOCOLS, "GIT_CONFIG_COUNT": str(len(settings))}
    for place, (name, value) in enumerate(settings):
        environment |= {f"GIT_CONFIG_KEY_{place}": name, f"GIT_CONFIG_VALUE_{place}": value}
    return environment


def _shown(remote: str) -> str:
    """A remote without the name and password that its address may hold."""
    return re.sub(r"(?<=://)[^/@]*@", "", remote)


def _hidden(said: str, secrets: tuple[str, ...]) -> str:
    for each in secrets:
        said = said.replace(each, "…")
    return _shown(said)
