"""What comes together in one pull request, as `casework review` sees it."""

import json

import pytest

from tests.cli.clones import CASE, PEOPLE, POLICY, Clone, Run, case

PEOPLE_FILE = "cases/people.yaml"
RAISED = PEOPLE.replace(
    "level: IC2, level_since: 2025-02-01", "level: IC3, level_since: 2026-11-01"
)
PROMOTED = case("promoted", decided="2026-11-20", effective="2026-11-01")


def mixed(run: Run, clone: Clone, *words: str) -> list[str]:
    report = json.loads(run("review", "--format", "json", *words, at=clone).out)
    return [each["path"] for each in report["findings"] if each["rule"] == "mixed-change"]


def test_a_case_alone(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    assert mixed(run, clone) == []


def test_other_files_alone(run: Run, clone: Clone) -> None:
    clone.write("README.md", "ours\n")
    clone.write("cases/people.yaml", RAISED)
    assert mixed(run, clone) == []


def test_a_file_that_nobody_governs_and_git_does_not_know_yet(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    clone.write(".github/workflows/mine.yml", "on: push\n")
    assert mixed(run, clone) == [".github/workflows/mine.yml"]


def test_an_ignored_file_is_not_proposed(run: Run, clone: Clone) -> None:
    clone.write(".gitignore", "*.tmp\n")
    clone.commit("What is ignored")
    clone.write(CASE, case())
    clone.write("notes.tmp", "mine\n")
    assert mixed(run, clone) == []


def test_a_link_and_a_deleted_file_are_changes(run: Run, clone: Clone) -> None:
    clone.write("a.txt", "one\n")
    clone.write("b.txt", "two\n")
    clone.commit("Files")
    clone.git("checkout", "-q", "-b", "topic")
    (clone.root / "a.txt").unlink()
    clone.write(CASE, case())
    clone.commit("Deleted")
    assert mixed(run, clone, "--head", "topic") == ["a.txt"]
    clone.write("a.txt", "one\n")
    (clone.root / "b.txt").unlink()
    (clone.root / "b.txt").symlink_to("a.txt")
    clone.commit("Linked")
    assert mixed(run, clone, "--head", "topic") == ["b.txt"]


def test_a_deleted_case_is_a_case(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("A case")
    clone.git("checkout", "-q", "-b", "topic")
    (clone.root / CASE).unlink()
    assert mixed(run, clone) == []
    clone.write("README.md", "ours\n")
    assert mixed(run, clone) == ["README.md"]


@pytest.mark.parametrize(
    ("status", "people", "paths"),
    [
        (PROMOTED, RAISED, []),
        (PROMOTED, "# as decided\n" + RAISED, []),
        (PROMOTED, RAISED.replace("level: IC3", "level: IC3, left: 2026-11-02"), [PEOPLE_FILE]),
        (PROMOTED, RAISED.replace("level: IC3", "level: IC3, level_reason: So."), [PEOPLE_FILE]),
        (PROMOTED, RAISED.replace("ghopper,", "ghopper, level: IC3,"), [PEOPLE_FILE]),
        (PROMOTED, RAISED.replace("github: ada-l", "github: ghopper"), ["cases/people.yaml"]),
        (PROMOTED, RAISED + "  new: {name: New, github: new}\n", ["cases/people.yaml"]),
        (PROMOTED, "# nothing decided\n" + PEOPLE, ["cases/people.yaml"]),
        (PROMOTED, "people: [\n", ["cases/people.yaml"]),
    ],
)
def test_only_the_decisions_own_edit_of_people_belongs_to_the_case(
    run: Run, clone: Clone, status: str, people: str, paths: list[str]
) -> None:
    clone.write(CASE, status)
    clone.write("cases/people.yaml", people)
    assert mixed(run, clone) == paths


def test_an_old_decision_raises_nobody(run: Run, clone: Clone) -> None:
    clone.write(CASE, PROMOTED)
    clone.commit("Promoted")
    clone.git("checkout", "-q", "-b", "topic")
    clone.write(CASE, PROMOTED + "\n")
    clone.write("cases/people.yaml", RAISED)
    assert {"decided-case-edited", "level-change-without-case"} <= set(found(run, clone))


@pytest.mark.parametrize("before", [None, case("submitted")])
@pytest.mark.parametrize(
    ("after", "people", "rule"),
    [
        (PROMOTED, RAISED.replace("2026-11-01", "2026-12-01"), "case-without-level-change"),
        (PROMOTED, RAISED.replace("2026-11-01", "2026-10-01"), "case-without-level-change"),
        (PROMOTED, RAISED.replace("level: IC3", "level: IC4"), "case-without-level-change"),
        (PROMOTED, RAISED.replace("level: IC4", "level: IC5"), "level-change-without-case"),
        (PROMOTED, RAISED.replace("level: IC4, ", ""), "level-change-without-case"),
        (case("submitted"), RAISED, "level-change-without-case"),
    ],
)
def test_a_level_that_does_not_fit_is_one_mistake(
    run: Run, clone: Clone, before: str | None, after: str, people: str, rule: str
) -> None:
    if before is not None:
        clone.write(CASE, before)
        clone.commit("A case")
        clone.git("checkout", "-q", "-b", "topic")
    clone.write(CASE, after + "\n")
    clone.write("cases/people.yaml", people)
    rules = {"mixed-change", "case-without-level-change", "level-change-without-case"}
    assert rules & set(found(run, clone)) == {rule}


@pytest.mark.parametrize("format", ["text", "markdown", "json", "github", "sarif"])
def test_every_output_can_speak_of_a_file_that_is_not_there(
    run: Run, clone: Clone, format: str
) -> None:
    clone.write("a.txt", "one\n")
    clone.commit("A file")
    clone.git("checkout", "-q", "-b", "topic")
    (clone.root / "a.txt").unlink()
    clone.write(CASE, case())
    ran = run("review", "--format", format, at=clone)
    assert ran.code == 1
    assert "a.txt" in ran.out
    assert "must change nothing else" in ran.out


def found(run: Run, clone: Clone, *words: str) -> dict[str, str]:
    """What is found, each rule with its path and line."""
    report = json.loads(run("review", "--format", "json", *words, at=clone).out)
    return {each["rule"]: f"{each['path']}:{each['line']}" for each in report["findings"]}


@pytest.fixture
def on_main(clone: Clone) -> Clone:
    """A submitted case and a decided one are on the main branch, and a branch begins there."""
    clone.write(CASE, case("submitted"))
    clone.write(EARLIER, NOT_YET)
    clone.commit("Two cases")
    clone.git("checkout", "-q", "-b", "topic")
    return clone


EARLIER = "cases/ada-lovelace/2026-08.md"
NOT_YET = case("not-yet", review="2026-08", decided="2026-08-20")


def test_a_submitted_case_is_not_deleted_and_a_decided_one_not_edited(
    run: Run, on_main: Clone
) -> None:
    (on_main.root / CASE).unlink()
    on_main.write(EARLIER, NOT_YET.replace("To hand over sooner", "To hand over"))
    line = NOT_YET[: NOT_YET.index("To hand over")].count("\n") + 1
    assert found(run, on_main) == {
        "illegal-transition": f"{CASE}:1",
        "decided-case-edited": f"{EARLIER}:{line}",
    }


def test_a_case_that_is_edited_after_its_decision_is_invalid(run: Run, on_main: Clone) -> None:
    on_main.write(EARLIER, NOT_YET + "One more word.\n")
    ran = run("review", "--format", "json", at=on_main)
    assert json.loads(ran.out)["cases"][0]["verdict"] == "invalid"
    ran = run("review", at=on_main)
    assert "What to fix: 1 error" in ran.out
    assert "In other files" not in ran.out


def test_a_case_moves_to_the_next_review(run: Run, on_main: Clone) -> None:
    (on_main.root / CASE).rename(on_main.root / CASE.replace("2027-02", "2026-09"))
    assert set(found(run, on_main)) == {"path-mismatch"}


def test_a_promotion_that_is_moved_promotes_nobody_again(run: Run, clone: Clone) -> None:
    clone.write(CASE, PROMOTED)
    clone.commit("Promoted")
    clone.git("checkout", "-q", "-b", "topic")
    (clone.root / CASE).rename(clone.root / EARLIER.replace("2026-08", "2027-08"))
    rules = found(run, clone)
    assert "case-without-level-change" not in rules
    assert rules["decided-case-edited"] == f"{CASE}:1"


def test_the_level_changes_with_the_case_and_not_without(run: Run, on_main: Clone) -> None:
    on_main.write("cases/people.yaml", RAISED)
    line = RAISED[: RAISED.index("level: IC3")].count("\n") + 1
    assert found(run, on_main) == {"level-change-without-case": f"cases/people.yaml:{line}"}
    because = "level: IC3, level_reason: Copied wrongly."
    on_main.write("cases/people.yaml", RAISED.replace("level: IC3", because))
    assert found(run, on_main) == {}
    on_main.write("cases/people.yaml", PEOPLE)
    on_main.write(CASE, PROMOTED)
    assert found(run, on_main)["case-without-level-change"] == f"{CASE}:9"
    on_main.write("cases/people.yaml", RAISED)
    assert "case-without-level-change" not in found(run, on_main)


def test_a_quarter_is_late_unless_the_main_branch_has_it_in_another_case(
    run: Run, clone: Clone
) -> None:
    clone.write("framework/policy.yaml", POLICY.replace("record_within_days: 366", ""))
    clone.commit("Records are due early")
    clone.git("checkout", "-q", "-b", "topic")
    clone.write(CASE, case())
    assert found(run, clone) == {"late-record": f"{CASE}:11"}
    clone.git("checkout", "-q", "main")
    clone.write(EARLIER, NOT_YET)
    clone.commit("The case before")
    clone.git("checkout", "-q", "-B", "topic")
    clone.write(CASE, case())
    assert found(run, clone) == {}


def test_a_changed_rating_is_shown(run: Run, on_main: Clone) -> None:
    on_main.write(CASE, case("submitted", ready=False))
    ran = run("review", at=on_main)
    assert "FY27-Q3 execution is `next` on the main branch; here it is `exceeds`." in ran.out


@pytest.mark.parametrize("format", ["text", "markdown", "json", "github", "sarif"])
def test_every_output_can_speak_of_a_deleted_case(run: Run, on_main: Clone, format: str) -> None:
    (on_main.root / EARLIER).unlink()
    (on_main.root / CASE).unlink()
    ran = run("review", "--format", format, at=on_main)
    assert (ran.code, ran.err) == (1, "")
    for path in (EARLIER, CASE):
        assert path in ran.out
    assert "A decided case must stay where it is" in ran.out
    assert "A submitted case must not be deleted" in ran.out


_ADA = PEOPLE[PEOPLE.index("  ada-lovelace:") :]
LEFT = PEOPLE.replace("level: IC2", "left: 2026-10-31, level: IC2")


@pytest.mark.parametrize(
    ("people", "line"),
    [
        (PEOPLE.replace(_ADA, ""), 1),
        (PEOPLE.replace("  ada-lovelace:", "  ada-king:"), 10),
        (PEOPLE.replace("  ada-lovelace:", "  ada-king:").replace("ada-l,", "ada-k,"), 1),
    ],
)
def test_an_entry_stays_while_the_main_branch_has_cases_of_the_person(
    run: Run, clone: Clone, people: str, line: int
) -> None:
    clone.write(EARLIER, NOT_YET)
    clone.write("cases/people.yaml", LEFT)
    clone.commit("Somebody has left")
    clone.git("checkout", "-q", "-b", "topic")
    clone.write("cases/people.yaml", people)
    assert found(run, clone) == {"unknown-person": f"cases/people.yaml:{line}"}


def test_an_entry_may_go_of_whom_there_are_no_cases(run: Run, clone: Clone) -> None:
    clone.write("cases/people.yaml", LEFT)
    clone.commit("Somebody has left")
    clone.git("checkout", "-q", "-b", "topic")
    clone.write("cases/people.yaml", PEOPLE.replace(_ADA, ""))
    assert found(run, clone) == {}


def test_a_case_that_came_to_the_main_branch_meanwhile_keeps_the_entry(
    run: Run, clone: Clone
) -> None:
    clone.write("cases/people.yaml", LEFT)
    clone.commit("Somebody has left")
    clone.git("branch", "topic")
    clone.write(EARLIER, NOT_YET)
    clone.commit("A case from before")
    clone.git("checkout", "-q", "topic")
    clone.write("cases/people.yaml", PEOPLE.replace(_ADA, ""))
    assert found(run, clone) == {"unknown-person": "cases/people.yaml:1"}


def test_cases_that_go_along_need_no_entry_and_may_not_go_along(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    clone.write("cases/people.yaml", LEFT)
    clone.commit("A draft of somebody who has left")
    clone.git("checkout", "-q", "-b", "topic")
    (clone.root / CASE).unlink()
    clone.write("cases/people.yaml", PEOPLE.replace(_ADA, ""))
    assert set(found(run, clone)) == {"mixed-change"}


@pytest.mark.parametrize(
    ("status", "help"),
    [
        ("not-yet", "Write reasons, a timeline and actions"),
        ("submitted", "or delete the heading if there is nothing"),
    ],
)
def test_an_empty_feedback_may_go_only_where_none_is_asked_for(
    run: Run, clone: Clone, status: str, help: str
) -> None:
    days = {"decided": "2026-08-20"} if status == "not-yet" else {}
    clone.write(EARLIER, case(status, review="2026-08", **days) + "\n## Feedback\n")
    report = json.loads(run("review", "--format", "json", at=clone).out)
    said = [each["help"] for each in report["findings"] if each["rule"] == "empty-section"]
    assert [help in each for each in said] == [True]
