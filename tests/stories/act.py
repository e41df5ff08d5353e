"""Runs the workflow files as GitHub would, as processes on this machine, by way of `act`."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

_BIN = Path(sys.executable).parent
_SYSTEM = "-P=ubuntu-24.04=-self-hosted"
_KEPT = ("LANG", "LC_ALL", "SSL_CERT_FILE")


class Run(NamedTuple):
    """How a workflow's job went."""

    result: str
    """`success`, `failure` or, when its condition did not hold, `skipped`."""
    summary: str
    """The job's summary."""
    log: str


class Act(NamedTuple):
    """A runner of its own: what it leaves behind lies in `home`."""

    home: Path
    settings: Mapping[str, str]
    """What else its environment says."""
    stand_in: Path | None
    """A folder whose programs go before all others, if any."""
    api_url: str
    server_url: str
    repository: str
    token: str

    def run(self, workflow: Path, event: str, payload: Mapping[str, Any]) -> Run:
        """Run the workflow, with the folder that holds `.github` around it, for an event."""
        self.home.mkdir(parents=True, exist_ok=True)
        file = self.home / "event.json"
        file.write_text(json.dumps(payload), "utf-8")
        told = {
            "GITHUB_API_URL": self.api_url,
            "GITHUB_SERVER_URL": self.server_url,
            "GITHUB_REPOSITORY": self.repository,
        }
        done = subprocess.run(
            [
                _BIN / "act", event, "--json", "--no-cache-server", "--no-recurse", _SYSTEM,
                "--workflows", workflow, "--eventpath", file, "--defaultbranch", "main",
                "--secret", "GITHUB_TOKEN",
                *(word for name, value in told.items() for word in ("--env", f"{name}={value}")),
            ],
            cwd=workflow.parent.parent.parent, env=self._environment(), timeout=300,
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        return _read(done.stdout, done.stderr)

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        places = {name: str(self.home / name.lower()) for name in ("HOME", "TMPDIR")}
        for place in places.values():
            Path(place).mkdir(exist_ok=True)
        return {
            **kept,
            **places,
            "PATH": ":".join(str(each) for each in (self.stand_in, _BIN, os.defpath) if each),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GITHUB_TOKEN": self.token,
            **self.settings,
        }


def _read(out: str, err: str) -> Run:
    entries = [*_entries(out)]
    results = [entry["jobResult"] for entry in entries if "jobResult" in entry]
    summaries = [entry["content"] for entry in entries if entry.get("command") == "summary"]
    log = "\n".join(str(entry.get("msg", "")).rstrip("\n") for entry in entries)
    return Run(results[-1] if results else "skipped", "".join(summaries), f"{log}\n{err}")


def _entries(out: str) -> Iterator[dict[str, Any]]:
    for line in out.splitlines():
        if line.startswith("{"):
            yield json.loads(line)
