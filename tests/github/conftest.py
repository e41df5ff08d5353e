"""The loopback GitHub as a fixture; tests elsewhere import it from here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.github.hub import Hub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A fresh GitHub. Nothing asked of it, and nothing it said, may differ from GitHub's own."""
    with Hub(tmp_path / "github") as served:
        yield served
    assert not served.violations
