"""What was reviewed beside what is proposed, in real repositories."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.model.approval import Sameness
from casework.read.git import Git
from casework.read.sameness import case_sameness, files_sameness
from casework.read.source import Revision, Source, WorkingTree
from tests.read.test_git import commit, run, tip, write

CASE = "cases/ada/2027-02.md"
PEOPLE = "cases/people.yaml"
ADA = "  ada: {name: Ada, github: ada, level: IC2}\n"
GRACE = "  grace: {name: Grace, github: grace}\n"
EVERYBODY = f"people:\n{ADA}{GRACE}"

SAME, CHANGED, GONE = Sameness.SAME, Sameness.CHANGED, Sameness.GONE


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    run(folder, "init", "-q", "-b", "main")
    write(folder, {PEOPLE: EVERYBODY, "README.md": "read\n"})
    commit(folder)
    run(folder, "checkout", "-q", "-b", "topic")
    write(folder, {CASE: "case\n"})
    commit(folder)
    return folder


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return shutil.copytree(template, tmp_path / "clone", symlinks=True)


@pytest.fixture(params=["revision", "working tree"])
def after(request: pytest.FixtureRequest, root: Path) -> Callable[[], Source]:
    def taken() -> Source:
        if request.param == "working tree":
            return WorkingTree(root)
        return Revision(Git(root), commit(root))

    return taken


def of_case(root: Path, after: Source, reviewed: str, path: str = CASE) -> Sameness:
    return case_sameness(Git(root), after, path, "ada", [reviewed])[reviewed]


def test_a_merge_of_the_base_makes_no_review_stale(root: Path) -> None:
    reviewed = tip(root)
    run(root, "checkout", "-q", "main")
    write(root, {"cases/grace/2027-02.md": "other\n", PEOPLE: EVERYBODY + "  new: {name: New}\n"})
    commit(root)
    run(root, "checkout", "-q", "topic")
    run(root, "merge", "-q", "--no-edit", "main")
    assert of_case(root, Revision(Git(root), tip(root)), reviewed) is SAME


@pytest.mark.parametrize(
    "people",
    [
        f"people:\n{GRACE}{ADA}",
        f"# everybody\npeople:\n{ADA}{GRACE}",
        EVERYBODY.replace("Grace", "Grace H."),
        "people:\n  ada:\n    github: ada\n    level: IC2\n    name: Ada\n",
    ],
    ids=["another order", "a comment", "somebody else", "another form"],
)
def test_what_people_yaml_says_of_the_subject_is_compared_as_data(
    root: Path, after: Callable[[], Source], people: str
) -> None:
    reviewed = tip(root)
    write(root, {PEOPLE: people})
    assert of_case(root, after(), reviewed) is SAME


@pytest.mark.parametrize(
    "people",
    [
        EVERYBODY.replace("IC2", "IC3"),
        f"people:\n{GRACE}",
        f"{EVERYBODY}{ADA}",
        EVERYBODY + "\u202e",
        "people: [",
        "",
    ],
    ids=["another level", "no entry", "two entries", "unseen", "broken", "empty"],
)
def test_another_entry_of_the_subject_or_none_that_can_be_read(
    root: Path, after: Callable[[], Source], people: str
) -> None:
    reviewed = tip(root)
    write(root, {PEOPLE: people})
    assert of_case(root, after(), reviewed) is CHANGED


def test_a_broken_people_yaml_that_stayed_as_it_was(
    root: Path, after: Callable[[], Source]
) -> None:
    write(root, {PEOPLE: "people: ["})
    reviewed = commit(root)
    write(root, {"README.md": "read more\n"})
    assert of_case(root, after(), reviewed) is SAME


def test_an_edit_of_the_case(root: Path, after: Callable[[], Source]) -> None:
    reviewed = tip(root)
    write(root, {CASE: "case \n"})
    assert of_case(root, after(), reviewed) is CHANGED


def test_a_case_that_was_renamed(root: Path, after: Callable[[], Source]) -> None:
    reviewed = tip(root)
    (root / CASE).rename(root / "cases/ada/2027-08.md")
    assert of_case(root, after(), reviewed, "cases/ada/2027-08.md") is CHANGED


def test_a_case_that_became_a_link(root: Path, after: Callable[[], Source]) -> None:
    reviewed = tip(root)
    (root / CASE).unlink()
    (root / CASE).symlink_to("../../README.md")
    assert of_case(root, after(), reviewed) is CHANGED


def test_an_edit_that_was_taken_back(root: Path, after: Callable[[], Source]) -> None:
    reviewed = tip(root)
    write(root, {CASE: "worse\n"})
    worse = commit(root)
    write(root, {CASE: "case\n"})
    found = case_sameness(Git(root), after(), CASE, "ada", [worse, reviewed, reviewed])
    assert found == {worse: CHANGED, reviewed: SAME}


def test_a_force_push_whose_reviewed_commit_is_gone(
    root: Path, after: Callable[[], Source]
) -> None:
    for unknown in ("12" * 20, "", "--all", "nowhere"):
        assert of_case(root, after(), unknown) is GONE


def test_a_reviewed_commit_beyond_a_shallow_clone(root: Path, tmp_path: Path) -> None:
    reviewed = tip(root)
    write(root, {"README.md": "read more\n"})
    new = commit(root)
    run(tmp_path, "clone", "-q", "--depth=1", "--branch=topic", f"file://{root}", "shallow")
    shallow = tmp_path / "shallow"
    assert of_case(shallow, Revision(Git(shallow), new), reviewed) is GONE


def test_a_reviewed_commit_whose_objects_are_missing(
    root: Path, after: Callable[[], Source]
) -> None:
    reviewed = tip(root)
    tree = run(root, "rev-parse", f"{reviewed}:cases")
    write(root, {CASE: "new\n"})
    commit(root)
    source = after()
    (root / ".git/objects" / tree[:2] / tree[2:]).unlink()
    assert of_case(root, source, reviewed) is GONE


def test_other_files_are_compared_byte_for_byte(root: Path, after: Callable[[], Source]) -> None:
    (root / "picture").write_bytes(bytes(300_000))
    reviewed = commit(root)
    (root / "picture").write_bytes(bytes(299_999) + b"\1")
    write(root, {"new.txt": "new\n"})
    source = after()
    expected = {"picture": CHANGED, "README.md": SAME, "new.txt": CHANGED, "nowhere": SAME}
    for path, sameness in expected.items():
        assert files_sameness(Git(root), source, [path], [reviewed]) == {reviewed: sameness}
    assert files_sameness(Git(root), source, [], [reviewed]) == {reviewed: SAME}


def test_more_files_than_fit_on_a_command_line(root: Path, after: Callable[[], Source]) -> None:
    names = [f"framework/{'long' * 40}{each}.txt" for each in range(250)]
    write(root, dict.fromkeys(names, "one\n"))
    reviewed = commit(root)
    write(root, {"README.md": "not asked for\n"})
    assert files_sameness(Git(root), after(), names, [reviewed]) == {reviewed: SAME}
    write(root, {names[-1]: "two\n"})
    assert files_sameness(Git(root), after(), names, [reviewed]) == {reviewed: CHANGED}
