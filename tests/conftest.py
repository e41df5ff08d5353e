"""What all tests share: expected outputs that a command writes anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says more of the machine than of the program.
settings.register_profile("casework", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("casework")

HINT = "If the new output is right, `make accept` writes it down; read it in the diff."


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write down new expected outputs")


@pytest.fixture
def agrees(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Compares an output with the file that holds the expected one."""

    def compare(output: str, path: Path) -> None:
        if request.config.getoption("--accept"):
            path.write_text(output, "utf-8", newline="\n")
        expected = path.read_text("utf-8") if path.exists() else ""
        assert output == expected, f"{path.name} expects something else. {HINT}"
        assert expected.strip(), f"{path} is empty, so it expects nothing. {HINT}"

    return compare
