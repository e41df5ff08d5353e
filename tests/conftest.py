"""What all tests share: expected outputs that a command writes anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

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
