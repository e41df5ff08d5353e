"""When a link is put in place of what pip installs, and when pip has to do it."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.stories.packages import INSTALL, LOCKED, link_in_place_of_pip
from tests.workflows.test_workflows import FILES, text

BY_PIP = re.compile(r"python3 (-I -m pip (?:[^\n]*\\\n)*[^\n]*)")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    (tmp_path / "packages").mkdir()
    return tmp_path / "packages"


@pytest.fixture
def at(tmp_path: Path) -> Path:
    """Where a workflow installs: a fresh environment, and the lock."""
    at = tmp_path / "casework"
    (at / ".venv/lib/python3.11/site-packages").mkdir(parents=True)
    (at / "requirements").mkdir()
    (at / "requirements/run.txt").write_bytes(LOCKED.read_bytes())
    return at


@pytest.fixture
def python(installed: Path, tmp_path: Path):
    """Runs the stand-in; what is handed on is printed, in place of a real Python's doing."""
    real = tmp_path / "real"
    real.write_text('#!/bin/sh\necho "$@"\n', "utf-8")
    real.chmod(0o755)
    folder = tmp_path / "first"
    folder.mkdir()
    stand_in = link_in_place_of_pip(folder, installed, real) / "python3"

    def run(at: Path, *words: str) -> str:
        done = subprocess.run(
            [stand_in, *words], cwd=at, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    return run


def site_packages(at: Path) -> Path:
    return (at / ".venv/lib/python3.11/site-packages").resolve()


def test_the_workflows_install_by_the_words_that_are_known_here():
    """Else every story would wait for pip again; whoever changes the one changes the other."""
    found = [
        tuple(words.replace("\\\n", " ").split())
        for f in FILES
        for words in BY_PIP.findall(text(f))
    ]
    assert found == [INSTALL] * 3


def test_the_workflows_command_links(python, at: Path, installed: Path):
    assert python(at, *INSTALL) == ""
    assert site_packages(at) == installed


@pytest.mark.parametrize(
    "words", [("-V",), ("-I", "-m", "venv", ".venv"), (*INSTALL, "--no-deps"), INSTALL[1:]]
)
def test_any_other_command_is_handed_on(python, at: Path, installed: Path, words: tuple[str, ...]):
    assert python(at, *words) == " ".join(words)
    assert site_packages(at) != installed


def test_another_lock_is_left_to_pip(python, at: Path, installed: Path):
    (at / "requirements/run.txt").write_text("", "utf-8")
    assert python(at, *INSTALL) == " ".join(INSTALL)
    assert site_packages(at) != installed
