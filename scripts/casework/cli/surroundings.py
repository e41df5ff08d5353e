"""What a run on GitHub is told by its environment: where, who, which event."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from casework.cli.failure import FailureError

_API, _SERVER = "https://api.github.com", "https://github.com"


class Surroundings(NamedTuple):
    """The variables that GitHub Actions sets, and those that the set-up page names."""

    api_url: str = _API
    server_url: str = _SERVER
    repository: str | None = None
    """Its owner and name, such as `acme/careers`."""
    token: str | None = None
    enterprise_token: str | None = None
    """For a server of somebody's own, as GitHub's command line names it."""
    app_id: str | None = None
    """With `app_key`: the GitHub App that reports."""
    app_key: str | None = None
    bot: str | None = None
    """The account whose comments are ours, where it is not the one that follows from the token."""
    event_name: str | None = None
    event_path: str | None = None
    pull_request: str | None = None
    """The pull request that was named by hand."""
    job_summary: Path | None = None
    run_id: str | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "Surroundings":
        """What the environment says; a variable that is empty is not set."""
        given = os.environ if environment is None else environment

        def value(*names: str) -> str | None:
            return next(
                (given[name].strip() for name in names if given.get(name, "").strip()), None
            )

        summary = value("GITHUB_STEP_SUMMARY")
        return cls(
            api_url=(value("GITHUB_API_URL") or _API).rstrip("/"),
            server_url=(value("GITHUB_SERVER_URL") or _SERVER).rstrip("/"),
            repository=value("GITHUB_REPOSITORY"),
            token=value("GITHUB_TOKEN", "GH_TOKEN"),
            enterprise_token=value("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"),
            app_id=value("CASEWORK_APP_ID"),
            app_key=value("CASEWORK_APP_PRIVATE_KEY"),
            bot=value("CASEWORK_BOT"),
            event_name=value("GITHUB_EVENT_NAME"),
            event_path=value("GITHUB_EVENT_PATH"),
            pull_request=value("CASEWORK_PULL_REQUEST"),
            job_summary=Path(summary) if summary else None,
            run_id=value("GITHUB_RUN_ID"),
        )

    @property
    def run_url(self) -> str | None:
        """The page of the run that this is, for a check to lead to."""
        if self.repository is None or self.run_id is None:
            return None
        return f"{self.server_url}/{self.repository}/actions/runs/{self.run_id}"

    @property
    def remote(self) -> str:
        """Where git fetches from."""
        return f"{self.server_url}/{self.repository}.git"

    def files(self, branch: str) -> str:
        """The address under which the files of a branch are shown."""
        return f"{self.server_url}/{self.repository}/blob/{quote(branch)}"

    def event(self) -> Mapping[str, Any]:
        """What GitHub says of the event; nothing where there is none.

        Raises FailureError when it should be there and cannot be read.
        """
        if self.event_path is None:
            return {}
        try:
            found = json.loads(Path(self.event_path).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise FailureError(
                f"`GITHUB_EVENT_PATH` must name a readable JSON file; `{self.event_path}` is none",
                "GitHub Actions sets it; by hand, name the pull request in CASEWORK_PULL_REQUEST.",
            ) from error
        return found if isinstance(found, dict) else {}

    def default_branch(self) -> str | None:
        """The branch that pull requests go into, where the event says which it is."""
        repository = self.event().get("repository")
        branch = repository.get("default_branch") if isinstance(repository, dict) else None
        return branch if isinstance(branch, str) and branch else None
