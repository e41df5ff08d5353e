"""How a repository on GitHub is set up, and what that comes to: the steps of the set-up page."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Standing(StrEnum):
    """How a step of the set-up page stands."""

    DONE = "done"
    MISSING = "missing"
    UNDETERMINED = "undetermined"
    """The token may not look, or GitHub does not tell."""


class Step(NamedTuple):
    """One step, and how it stands."""

    id: str
    title: str
    """What holds once it is done."""
    standing: Standing
    detail: str
    """What was found, in a sentence."""
    remedy: str = ""
    """What to do; empty once it is done."""


class Hidden(NamedTuple):
    """In place of a setting that could not be looked at."""

    why: str
    """The middle of a sentence: `the token may not read …`."""


class RequiredCheck(NamedTuple):
    """A check that must pass before merging."""

    name: str
    source: int | None
    """The number of the app that it must come from; None: anybody's will do."""


class Guard(NamedTuple):
    """A ruleset's part in protecting the default branch, or the classic protection of it.

    A field that is None was not told.
    """

    name: str
    pull_request: bool | None = False
    code_owners: bool | None = False
    checks: tuple[RequiredCheck, ...] | None = ()
    blocks_force_pushes: bool | None = False
    blocks_deletion: bool | None = False
    bypass: tuple[str, ...] | None = None
    """Who need not heed it."""


class Environment(NamedTuple):
    """An environment of GitHub Actions."""

    branches: tuple[str, ...] | Hidden | None
    """The branches and tags that may use it; None: all of them."""
    only_protected: bool = False
    """Whether all protected branches may use it, whichever they are."""


class AppSettings(NamedTuple):
    """What the environment holds to report as a GitHub App."""

    id: str | Hidden | None
    has_key: bool | Hidden
    key_is_open: bool | Hidden
    """Whether the key is a secret of the repository too, which every branch may use."""


class ActionsSettings(NamedTuple):
    """What workflows may do that do not say what they need."""

    writes: bool
    approves: bool


class RepositorySettings(NamedTuple):
    """All settings that the set-up page is about."""

    repository: str
    branch: str
    """The default branch."""
    is_private: bool
    workflows: Mapping[str, str] | Hidden
    """The state of each workflow of the default branch, by its file."""
    code_owners: str | Hidden | None
    """The text of `.github/CODEOWNERS` on the default branch; None where there is none."""
    code_owner_errors: tuple[str, ...] | Hidden
    guards: tuple[Guard, ...]
    environment: Environment | Hidden | None
    app: AppSettings
    actions: ActionsSettings | Hidden
    closed_paths: tuple[str, ...] = ()
    """Patterns of files that nobody may push to any branch."""
    is_github_com: bool = True
