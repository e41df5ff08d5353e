"""What became of each case, whatever its path was meanwhile, from real repositories."""

from pathlib import Path

import pytest

from casework.model.blob import Blob
from casework.model.history import CaseHistory
from casework.read.git import Git
from casework.read.lineage import all_histories, histories
from casework.read.schema import read_schemas
from tests.cli.clones import CASE, ROOT, Clone, case

SCHEMAS = read_schemas(
    Blob(f"schemas/{file.name}", file.read_bytes()) for file in (ROOT / "schemas").iterdir()
)
NEXT = "cases/ada-lovelace/2027-08.md"
IN_BAND = "cases/ada-lovelace/in-band-2027-03.md"


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    root = tmp_path / "clone"
    root.mkdir()
    clone = Clone(root)
    clone.git("init", "-q", "-b", "main")
    clone.write("README.md", "The cases.\n")
    clone.commit("The root")
    return clone


def told(clone: Clone, person: str | None = "ada-lovelace") -> tuple[CaseHistory, ...]:
    git = Git(clone.root)
    return histories(git, git.resolve("main"), SCHEMAS, person)


def outline(history: CaseHistory) -> list[tuple[str, str, str | None]]:
    """Each version's subject, path and status; None for one that was taken away."""
    return [
        (v.landing.subject, v.path, v.case.status.value if v.case and v.case.status else None)
        for v in history.versions
    ]


def test_a_case_from_its_first_day_to_its_last(clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("Open")
    clone.write(CASE, case("submitted"))
    clone.commit("Submit")
    clone.git("rm", "-q", CASE)
    clone.commit("Delete")
    (history,) = told(clone)
    assert outline(history) == [
        ("Open", CASE, "draft"), ("Submit", CASE, "submitted"), ("Delete", CASE, None),
    ]  # fmt: skip
    assert (history.person, history.path, history.is_there) == ("ada-lovelace", CASE, False)
    assert history.versions[-1].content is None


def test_a_case_that_was_deleted_and_put_back_is_one(clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("Open")
    clone.git("rm", "-q", CASE)
    clone.commit("Delete")
    clone.write(CASE, case("submitted"))
    clone.commit("Put back")
    (history,) = told(clone)
    assert [each[0] for each in outline(history)] == ["Open", "Delete", "Put back"]
    assert history.is_there


def test_a_case_moved_to_another_review_is_one(clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("Open")
    clone.git("mv", CASE, NEXT)
    clone.write(NEXT, case(review="2027-08"))
    clone.commit("Put off")
    (history,) = told(clone)
    assert [each[1] for each in outline(history)] == [CASE, NEXT]


def test_a_case_rewritten_as_it_moves_is_still_one(clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("Open")
    clone.git("rm", "-q", CASE)
    front = case(review="2027-08").split("quarters:")[0]
    clone.write(NEXT, f"{front}quarters: {{}}\n---\n\n## Summary\n\nAnew.\n")
    clone.commit("Put off, and begin anew")
    (history,) = told(clone)
    assert [each[1] for each in outline(history)] == [CASE, NEXT]


def test_two_cases_of_one_person_are_two(clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("Open")
    clone.write(NEXT, case(review="2027-08"))
    clone.commit("Open another")
    assert [outline(each) for each in told(clone)] == [
        [("Open", CASE, "draft")], [("Open another", NEXT, "draft")],
    ]  # fmt: skip


def test_another_kind_of_case_does_not_go_on_from_one_that_went(clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("Open")
    clone.git("rm", "-q", CASE)
    clone.write(IN_BAND, "---\nperson: ada-lovelace\nkind: in-band-increase\n---\n")
    clone.commit("An increase instead")
    assert [outline(each)[-1][2] for each in told(clone)] == [None, None]


def test_a_folder_that_was_renamed(clone: Clone) -> None:
    clone.write("cases/ada-byron/2027-02.md", case(person="ada-byron"))
    clone.commit("Open")
    clone.write("cases/ada-byron/2027-02.md", case("submitted", person="ada-byron"))
    clone.commit("Submit")
    clone.git("mv", "cases/ada-byron", "cases/ada-lovelace")
    clone.write(CASE, case("submitted"))
    clone.commit("Another handle")
    clone.write(CASE, case("not-yet", decided="2027-02-20"))
    clone.commit("Decide")
    (history,) = told(clone)
    assert [each[0] for each in outline(history)] == ["Open", "Submit", "Another handle", "Decide"]
    assert told(clone, "ada-byron") == ()
    assert told(clone, None) == (history,)
    git = Git(clone.root)
    assert all_histories(git, git.resolve("main"), SCHEMAS, "ada-byron") == (history,)


def test_a_folder_that_was_renamed_twice(clone: Clone) -> None:
    for handle in ("ada-byron", "ada-king", "ada-lovelace"):
        path = f"cases/{handle}/2027-02.md"
        if handle == "ada-byron":
            clone.write(path, case(person=handle))
        else:
            (before,) = (clone.root / "cases").iterdir()
            clone.git("mv", f"cases/{before.name}", f"cases/{handle}")
            clone.write(path, case(person=handle))
        clone.commit(handle)
    (history,) = told(clone)
    assert [each[0] for each in outline(history)] == ["ada-byron", "ada-king", "ada-lovelace"]


def test_a_case_that_lay_in_the_wrong_folder(clone: Clone) -> None:
    clone.write("cases/grace-hopper/2026-08.md", case(person="grace-hopper", review="2026-08"))
    clone.write("cases/grace-hopper/2027-02.md", case())
    clone.commit("Open")
    clone.write(NEXT, case(review="2027-08", level_since="2025-08-01"))
    clone.commit("Another")
    clone.git("mv", "cases/grace-hopper/2027-02.md", CASE)
    clone.commit("Where it belongs")
    assert [[v.path for v in each.versions] for each in told(clone)] == [
        ["cases/grace-hopper/2027-02.md", CASE], [NEXT],
    ]  # fmt: skip


def test_somebody_elses_case_that_begins_alike_is_not_the_same(clone: Clone) -> None:
    clone.write("cases/grace-hopper/2026-08.md", case(person="grace-hopper", review="2026-08"))
    clone.write("cases/grace-hopper/2027-02.md", case(person="grace-hopper"))
    clone.commit("Open")
    clone.git("mv", "cases/grace-hopper/2027-02.md", "cases/x.tmp")
    (clone.root / "cases/x.tmp").unlink()
    clone.write(CASE, case())
    clone.commit("One goes, one comes")
    (history,) = told(clone)
    assert outline(history) == [("One goes, one comes", CASE, "draft")]


def test_versions_that_cannot_be_read_do_not_break_it(clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("Open")
    clone.write(CASE, "---\nperson: [\n---\n")
    clone.commit("Break")
    (clone.root / CASE).write_bytes(b"\xff\xfe\0" * 200_000)
    clone.commit("Too large and no text")
    (clone.root / CASE).unlink()
    (clone.root / CASE).symlink_to("../../README.md")
    clone.commit("A link")
    (clone.root / CASE).unlink()
    clone.write(CASE, case("submitted"))
    clone.commit("Mend")
    (history,) = told(clone)
    assert [each[2] for each in outline(history)] == ["draft", None, None, None, "submitted"]
    assert all(version.case for version in history.versions)


def test_a_submodule_in_place_of_a_case(clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("Open")
    head = clone.git("rev-parse", "HEAD")
    clone.git("update-index", "--cacheinfo", f"160000,{head},{CASE}")
    clone.git("commit", "-q", "-m", "A submodule")
    (history,) = told(clone)
    assert [each[2] for each in outline(history)] == ["draft", None]


def test_what_is_no_case_is_left_out(clone: Clone) -> None:
    clone.write("cases/people.yaml", "people: {}\n")
    clone.write("cases/ada-lovelace/notes.txt", "Notes.\n")
    clone.write("cases/ada-lovelace/.hidden.md", "Notes.\n")
    clone.write("cases/ada-lovelace/deeper/2027-02.md", case())
    clone.commit("Around")
    assert told(clone) == told(clone, None) == ()


def test_nobodys_folder(clone: Clone) -> None:
    assert told(clone, "nobody") == ()


def test_only_what_the_fields_say_for_thousands(clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("Open")
    git = Git(clone.root)
    (history,) = histories(git, git.resolve("main"), SCHEMAS, only_front=True)
    (whole,) = told(clone, None)
    front, full = history.versions[0].case, whole.versions[0].case
    assert front is not None
    assert full is not None
    assert (front.quarters, front.status) == (full.quarters, full.status)
    assert (front.sections, front.document.text, front.document.places) == ((), "", {})
