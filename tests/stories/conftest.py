"""What each story starts with: an organisation made from this template, on the loopback GitHub."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from casework.cli.main import main
from tests.cli.clones import PEOPLE, ROOT, Clone
from tests.github.conftest import hub  # noqa: F401 - a fixture
from tests.github.hub import Hub
from tests.stories.act import Act, Run
from tests.stories.organisation import PEOPLE_FILE, POLICY
from tests.stories.stage import Stage

OF_THE_TEMPLATE = ("scripts", "requirements", "framework", "schemas", ".github")
LOCKED = ROOT / "requirements" / "run.txt"


@pytest.fixture(scope="session")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository that an organisation made from this template, with its own people."""
    clone = Clone(tmp_path_factory.mktemp("organisation"))
    for folder in OF_THE_TEMPLATE:
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, clone.root / folder, ignore=leave)
    clone.write("framework/policy.yaml", POLICY)
    clone.write(PEOPLE_FILE, PEOPLE)
    clone.git("init", "-q", "-b", "main")
    clone.commit("main")
    return clone.root


@pytest.fixture(scope="session")
def wheels(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the workflow installs, kept from one run of the tests to the next."""
    name = hashlib.sha256(LOCKED.read_bytes() + sys.version.encode()).hexdigest()[:16]
    folder = request.config.cache.mkdir("wheels") / name
    if not folder.exists():
        # Two workers may come here at once: what counts is that no half-filled folder is seen.
        fresh = tmp_path_factory.mktemp("wheels")
        subprocess.run(
            [
                sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
                "--require-hashes", "--only-binary", ":all:", "-r", LOCKED, "-d", fresh,
            ],
            check=True,
        )  # fmt: skip
        with contextlib.suppress(OSError):
            shutil.copytree(fresh, folder.with_suffix(f".{os.getpid()}")).rename(folder)
    return folder


@pytest.fixture
def stage(
    hub: Hub,  # noqa: F811 - the fixture
    organisation: Path,
    wheels: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Stage:
    shutil.copytree(organisation, tmp_path / "clone")
    clone = Clone(tmp_path / "clone")
    hub.source = clone.root
    hub.move_base(clone.git("rev-parse", "main"))
    clone.git("clone", "-q", str(hub.remote), str(tmp_path / "here"))

    def quickly(event: str, payload: Mapping[str, Any]) -> Run:
        file, summary = tmp_path / "event.json", tmp_path / "summary.md"
        file.write_text(json.dumps(payload), "utf-8")
        summary.write_text("", "utf-8")
        with monkeypatch.context() as patch:
            for name, value in {
                "GITHUB_API_URL": hub.api_url, "GITHUB_SERVER_URL": hub.server_url,
                "GITHUB_REPOSITORY": hub.repository, "GITHUB_TOKEN": hub.token,
                "GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": str(file),
                "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_RUN_ID": "1",
                "XDG_CACHE_HOME": str(tmp_path / "cache"),
            }.items():  # fmt: skip
                patch.setenv(name, value)
            patch.chdir(tmp_path / "here")
            code = main(["review", "--post"])
        out, err = capsys.readouterr()
        result = "success" if code in (0, 1) else "failure"
        return Run(result, summary.read_text("utf-8"), out + err)

    act = Act(
        tmp_path / "runner", wheels, hub.api_url, hub.server_url, hub.repository, hub.token
    )  # fmt: skip
    return Stage(hub, clone, act, quickly)
