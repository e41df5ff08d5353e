"""Rules are read from one state of files, and no more of them than is asked for."""

import shutil
from pathlib import Path

import pytest

from casework.cli import digest
from casework.cli.failure import FailureError
from casework.cli.rulebook import SCHEMA_FILES, read_proposal, read_rulebook, schemas_of
from casework.cli.shelf import Shelf
from casework.model.blob import Blob, Obstacle
from casework.read.documents import FRAMEWORK, PEOPLE, POLICY
from casework.read.source import WorkingTree
from tests.cli.clones import ROOT


class Overheard(WorkingTree):
    """The files of this repository, less those that are hidden; it keeps what it was asked for."""

    def __init__(self, *hidden):
        super().__init__(ROOT)
        self.asked, self._hidden = [], hidden

    def read(self, paths):
        for each in paths:
            self.asked.append(each)
            is_hidden = each in self._hidden
            yield Blob(each, obstacle=Obstacle.ABSENT) if is_hidden else self.read_one(each)


def test_the_schemas_are_read_without_the_rules():
    source = Overheard()
    schemas = schemas_of(source)
    assert set(source.asked) == {*SCHEMA_FILES, FRAMEWORK}
    whole = read_rulebook(source, Shelf(None)).schemas
    assert all(schemas.get(each) == whole.get(each) for each in ("case", "people", "level"))


@pytest.mark.parametrize("read", [schemas_of, lambda source: read_rulebook(source, Shelf(None))])
@pytest.mark.parametrize(
    ("hidden", "message"),
    [
        (FRAMEWORK, "there must be a framework to judge by"),
        ("schemas/people.schema.json", "`schemas/people.schema.json` must be a JSON Schema"),
    ],
)
def test_what_must_be_there(read, hidden, message):
    with pytest.raises(FailureError, match=message):
        read(Overheard(hidden))


LEVEL = "framework/levels/ic2.yaml"
ANOTHER = "framework/levels/ic99.yaml"


class Proposed(WorkingTree):
    """The files of this repository, with those that a head would bring or, by None, take away."""

    def __init__(self, **contents):
        super().__init__(ROOT)
        self._contents = contents

    def folder(self, path):
        brought = {each for each in self._contents if each.startswith(path)}
        gone = {each for each, content in self._contents.items() if content is None}
        return tuple(sorted({*super().folder(path), *brought} - gone))

    def read_one(self, path):
        if path not in self._contents:
            return super().read_one(path)
        content = self._contents[path]
        return Blob(path, obstacle=Obstacle.ABSENT) if content is None else Blob(path, content)


@pytest.fixture(scope="module")
def rules():
    return read_rulebook(WorkingTree(ROOT), Shelf(None))


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (POLICY, b"expected_level: IC9\n"),
        (PEOPLE, b"people: {}\n"),
        (PEOPLE, None),
        (LEVEL, b"id: IC2\n"),
        (LEVEL, None),
        (ANOTHER, b"id: IC99\n"),
    ],
)
def test_what_a_head_changes_is_read_and_nothing_else(rules, path, content):
    proposed = read_proposal(Proposed(**{path: content}), rules)
    found = proposed.documents.get(path)
    assert (found.text if found else None) == (
        None if content is None and path == LEVEL else (content or b"").decode()
    )
    same = set(proposed.documents) & set(rules.documents) - {path}
    assert same
    assert all(proposed.documents[each] is rules.documents[each] for each in same)


def test_a_head_that_changes_no_rule_has_those_of_the_base(rules):
    assert read_proposal(Proposed(), rules) is rules


def test_what_is_kept_without_places_is_read_again_for_a_proposal(tmp_path):
    read_rulebook(WorkingTree(ROOT), Shelf(tmp_path))
    kept = read_rulebook(WorkingTree(ROOT), Shelf(tmp_path))
    assert not kept.is_whole
    assert read_proposal(Proposed(), kept).is_whole
    proposed = read_proposal(Proposed(**{POLICY: b"expected_level: IC9\n"}), kept)
    assert all(each.text for each in proposed.documents.values())


@pytest.mark.parametrize(
    ("folder", "is_kept"), [("model", False), ("read", False), ("cli", False), ("render", True)]
)
def test_rules_are_kept_until_what_reads_them_changes(tmp_path, monkeypatch, folder, is_kept):
    program = Path(shutil.copytree(ROOT / "scripts/casework", tmp_path / "program"))
    monkeypatch.setattr(digest, "__file__", str(program / "cli/digest.py"))
    shelf = Shelf(tmp_path / "cache")
    digest.program.cache_clear()
    read_rulebook(WorkingTree(ROOT), shelf)
    (program / folder / "another.py").write_text("", "utf-8")
    digest.program.cache_clear()
    found = read_rulebook(WorkingTree(ROOT), shelf)
    digest.program.cache_clear()
    assert found.is_whole is not is_kept
