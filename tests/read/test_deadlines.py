"""How soon quarters were to be on record: by the policy of each commit, whatever it says later."""

import shutil
import subprocess
from pathlib import Path

import pytest

from casework.cli.rulebook import read_rulebook
from casework.cli.shelf import Shelf
from casework.read.deadlines import with_deadlines
from casework.read.git import Git
from casework.read.lineage import histories
from casework.read.source import Revision
from tests.cli.clones import CASE, PEOPLE, POLICY, ROOT, Clone, case

RATED = "FY27-Q3: {proficiency: next"


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = Clone(tmp_path / "clone")
    made.root.mkdir()
    for folder in ("framework", "schemas"):
        shutil.copytree(ROOT / folder, made.root / folder)
    made.write("framework/policy.yaml", POLICY)
    made.write("cases/people.yaml", PEOPLE)
    made.git("init", "-q", "-b", "main")
    made.commit("The framework")
    return made


def deadlines(clone: Clone) -> list[int | None]:
    git = Git(clone.root)
    schemas = read_rulebook(Revision(git, "main"), Shelf(None)).schemas
    (found,) = with_deadlines(git, histories(git, "main", schemas, "ada-lovelace"), schemas)
    return [each.landing.deadline for each in found.versions]


def test_each_commit_goes_by_its_own_policy(clone: Clone) -> None:
    texts = iter((case(), *(case().replace(RATED, RATED.replace("next", each))
                            for each in ("meets", "exceeds", "below"))))  # fmt: skip
    for policy in (
        POLICY.replace("366", "60"), "approvals: [\n", "record_within_days: 5\n", None,
    ):  # fmt: skip
        place = clone.root / "framework/policy.yaml"
        if policy is None:
            place.unlink()
        else:
            place.write_text(policy, "utf-8")
        clone.write(CASE, next(texts))
        clone.commit()
    clone.write("framework/policy.yaml", POLICY)
    clone.commit("Later")
    assert deadlines(clone) == [60, None, 5, 30]


def test_what_rates_nothing_otherwise_is_not_looked_up(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write(CASE, case())
    clone.commit()
    clone.write(CASE, case("submitted"))
    clone.commit()
    assert deadlines(clone) == [366, None]
    started: list[list[str]] = []
    real = subprocess.Popen

    def spy(words, *args, **kwargs):  # type: ignore[no-untyped-def]
        started.append(words)
        return real(words, *args, **kwargs)

    git = Git(clone.root)
    schemas = read_rulebook(Revision(git, "main"), Shelf(None)).schemas
    found = histories(git, "main", schemas, "ada-lovelace")
    monkeypatch.setattr(subprocess, "Popen", spy)
    with_deadlines(git, found, schemas)
    assert len(started) == 1
