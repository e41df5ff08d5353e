"""A career, told in a repository: all that is read on the way is a file in `read/`."""

import os
from pathlib import Path

import pytest

from tests.careers.ids import stable
from tests.careers.repository import Repository
from tests.careers.story import tell

HERE = Path(__file__).parent
READ = HERE / "read"
FOREIGN = ("GIT_", "GITHUB_", "GH_", "CASEWORK_", "FORCE_COLOR", "NO_COLOR", "TERM")


def told(folder: Path) -> dict[str, str]:
    """What was read, by the name of its file."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [each for each in os.environ if each.startswith(FOREIGN)]:
            patch.delenv(name)
        patch.setenv("COLUMNS", "100")
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        repository = Repository(folder / "repository")
        tell(repository)
        return stable(repository.read, repository)


def test_all_that_is_read_in_a_career(tmp_path, agrees):
    READ.mkdir(exist_ok=True)
    read, wrong = told(tmp_path), []
    for name, text in read.items():
        try:
            agrees(text, READ / name)
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
    assert not wrong, f"{len(wrong)} files are not as expected. The first is {wrong[0]}"
    assert {each.name for each in READ.iterdir()} == set(read), "nothing is kept that nobody reads"
    page = (HERE / "README.md").read_text("utf-8")
    assert {each for each in read if f"(read/{each})" not in page} == set()
