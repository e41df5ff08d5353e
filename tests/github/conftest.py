"""The loopback GitHub as a fixture; tests elsewhere import it from here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.github.hub import Hub
from tests.github.working_copy import commit, run


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A fresh GitHub. Nothing asked of it, and nothing it said, may differ from GitHub's own."""
    # No proxy of this machine's leads there, and nobody need look for one at each request.
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Hub(tmp_path / "github") as served:
        yield served
    assert not served.violations


@pytest.fixture
def clone(hub: Hub, tmp_path: Path) -> Path:
    """A working copy whose commits the hub takes, and its first commit on both sides' main."""
    folder = tmp_path / "clone"
    folder.mkdir()
    run(folder, "init", "-qb", "main")
    hub.source = folder
    hub.move_base(commit(folder, "README.md", "first"))
    return folder
