"""What each story starts with: an organisation made from this template, on the loopback GitHub."""

import json
import shutil
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
from tests.stories.packages import from_wheels, link_in_place_of_pip, packages, wheels
from tests.stories.stage import Stage

OF_THE_TEMPLATE = ("scripts", "requirements", "framework", "schemas", ".github")


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
    clone.git("repack", "-a", "-d", "-q")
    return clone.root


@pytest.fixture(scope="session")
def pip_settings(request: pytest.FixtureRequest) -> Mapping[str, str]:
    """Where pip finds all that a workflow installs."""
    return from_wheels(wheels(request.config.cache.mkdir("stories")))


@pytest.fixture(scope="session")
def stand_in(
    request: pytest.FixtureRequest,
    pip_settings: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """What installs by a link in most stories."""
    installed = packages(request.config.cache.mkdir("stories"), pip_settings)
    return link_in_place_of_pip(tmp_path_factory.mktemp("stand-in"), installed)


@pytest.fixture
def stage(
    hub: Hub,  # noqa: F811 - the fixture
    organisation: Path,
    pip_settings: Mapping[str, str],
    stand_in: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Stage:
    clone = Clone(tmp_path / "clone")
    Clone(tmp_path).git("clone", "-q", str(organisation), "clone")
    hub.source = clone.root
    # As if it had been pushed, without hundreds of objects one by one.
    for part in (organisation / ".git/objects/pack").iterdir():
        shutil.copy(part, hub.remote / "objects/pack")
    hub.move_base(clone.git("rev-parse", "main"))

    def quickly(event: str, payload: Mapping[str, Any], *words: str) -> Run:
        here = tmp_path / "here"
        if not here.exists():
            clone.git("clone", "-q", str(hub.remote), str(here))
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
            patch.chdir(here)
            code = main([*words])
        out, err = capsys.readouterr()
        result = "success" if code in (0, 1) else "failure"
        return Run(result, summary.read_text("utf-8"), out + err)

    act = Act(
        tmp_path / "runner", pip_settings, stand_in, hub.api_url, hub.server_url, hub.repository,
        hub.token,
    )  # fmt: skip
    return Stage(hub, clone, act, quickly)


@pytest.fixture
def pip_itself(stage: Stage) -> None:
    """In this story pip installs, and nothing stands in for it: one story of each workflow."""
    stage.act = stage.act._replace(stand_in=None)
