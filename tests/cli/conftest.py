"""The program run in real repositories, without a process of its own."""

import os
import shutil
from pathlib import Path

import pytest

from casework.cli.main import main
from tests.cli.clones import PEOPLE, POLICY, ROOT, TODAY, Clone, Ran, Run
from tests.cli.published import Published, publish


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clone = Clone(tmp_path_factory.mktemp("template"))
    for folder in ("framework", "schemas"):
        shutil.copytree(ROOT / folder, clone.root / folder)
    clone.write("framework/policy.yaml", POLICY)
    clone.write("cases/people.yaml", PEOPLE)
    clone.git("init", "-q", "-b", "main", "--template=")
    clone.commit("The framework")
    clone.git("repack", "-a", "-d", "-q")  # one file is copied sooner than many
    return clone.root


@pytest.fixture(scope="session")
def published(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(template, tmp_path_factory.mktemp("published"))


@pytest.fixture
def clone(template: Path, tmp_path: Path) -> Clone:
    shutil.copytree(template, tmp_path / "clone")
    return Clone(tmp_path / "clone")


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CASEWORK_DEBUG", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name in [each for each in os.environ if each.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    def ran(*words: str, at: Clone | Path | None = None, today: str | None = TODAY) -> Ran:
        root = at.root if isinstance(at, Clone) else at
        if root is not None:
            monkeypatch.chdir(root)
        code = main([*words, *(("--today", today) if today else ())])
        out, err = capsysbinary.readouterr()
        return Ran(int(code), out.decode("utf-8"), err.decode("utf-8"))

    return ran
