import json
from pathlib import Path

import pytest

from tests.cli.clones import CASE, PEOPLE, Clone, Run, case

FEEDBACK = (
    "## Feedback\n\n### Reasons\n\nOnly one quarter.\n\n### Timeline\n\nIn FY27-Q4.\n\n"
    "### Actions\n\n- Ada leads the next migration.\n"
)


def reviewed(run: Run, clone: Clone, *words: str) -> dict[str, object]:
    ran = run("review", "--format", "json", *words, at=clone)
    report: dict[str, object] = json.loads(ran.out)
    return report


def paths(run: Run, clone: Clone, *words: str) -> list[str]:
    ran = run("review", "--format", "json", *words, at=clone)
    return [each["path"] for each in json.loads(ran.out)["cases"]]


@pytest.mark.parametrize(
    ("status", "ready", "code"),
    [
        ("draft", False, 0),
        ("draft", True, 0),
        ("submitted", False, 1),
        ("submitted", True, 0),
    ],
)
def test_the_gate_of_an_open_case(
    run: Run, clone: Clone, status: str, ready: bool, code: int
) -> None:
    clone.git("checkout", "-q", "-b", "ada")
    clone.write(CASE, case(status, ready))
    clone.commit()
    ran = run("review", at=clone)
    assert (ran.code, ran.err) == (code, "")
    assert ("The check passes" if code == 0 else "The check does not pass") in ran.out


@pytest.mark.parametrize(
    ("status", "ready", "feedback", "code"),
    [
        ("promoted", True, "", 0),
        ("promoted", False, "", 1),
        ("not-yet", False, "", 1),
        (
            "not-yet",
            False,
            FEEDBACK,
            0,
        ),
    ],
)
def test_the_gate_of_a_decided_case(
    run: Run, clone: Clone, status: str, ready: bool, feedback: str, code: int
) -> None:
    effective = {"effective": "2027-02-01"} if status == "promoted" else {}
    text = case(status, ready, decided="2027-02-20", **effective)
    clone.git("checkout", "-q", "-b", "ada")
    clone.write(CASE, text + feedback)
    if status == "promoted":
        held, reached = "IC2, level_since: 2025-02-01", "IC3, level_since: 2027-02-01"
        clone.write("cases/people.yaml", PEOPLE.replace(held, reached))
    ran = run("review", at=clone, today="2027-02-25")
    assert (ran.code, ran.err) == (code, ""), ran.out


def test_an_error_fails_a_draft(run: Run, clone: Clone) -> None:
    clone.write(CASE, case(manager="nobody"))
    assert run("review", at=clone).code == 1


def test_uncommitted_and_new_files_count(run: Run, clone: Clone) -> None:
    assert paths(run, clone) == []
    clone.write(CASE, case())
    assert paths(run, clone) == [CASE]
    clone.git("add", CASE)
    assert paths(run, clone) == [CASE]


def test_a_named_head_is_read_from_git_alone(run: Run, clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "ada")
    clone.write(CASE, case("submitted"))
    clone.commit()
    clone.write(CASE, "spoilt")
    clone.git("checkout", "-q", "-f", "main")
    assert paths(run, clone, "--head", "ada") == [CASE]
    assert run("review", "--head", "ada", at=clone).code == 0


def test_what_main_did_meanwhile_is_no_change(run: Run, clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "ada")
    clone.write(CASE, case())
    clone.commit()
    clone.git("checkout", "-q", "main")
    clone.write("cases/barbara-liskov/2027-02.md", "broken")
    clone.commit("Meanwhile")
    assert paths(run, clone, "--head", "ada") == [CASE]


def test_a_base_may_be_named(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    first = clone.commit()
    clone.write("cases/ada-lovelace/2026-08.md", case(review="2026-08"))
    clone.commit()
    assert paths(run, clone, "--base", first) == ["cases/ada-lovelace/2026-08.md"]
    assert len(paths(run, clone, "--base", f"{first}~1")) == 2


def test_the_rules_are_those_of_the_main_branch(run: Run, clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "ada")
    clone.write(CASE, case("submitted", ready=False))
    policy = (clone.root / "framework/policy.yaml").read_text("utf-8")
    easier = "promotion: {next_level: {quarters: 0, rating: next}}\n"
    clone.write("framework/policy.yaml", easier + policy)
    clone.commit()
    ran = run("review", "--format", "json", at=clone)
    assert ran.code == 1
    assert json.loads(ran.out)["cases"][0]["verdict"] == "not-ready"


def test_people_must_be_known_to_the_main_branch(run: Run, clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "stranger")
    clone.write("cases/people.yaml", f"{PEOPLE}  stranger: {{name: S, github: s}}\n")
    clone.write(CASE, case(manager="stranger"))
    found = run("review", "--format", "json", at=clone)
    assert "unknown-person" in {each["rule"] for each in json.loads(found.out)["findings"]}


def test_changed_rules_are_checked_as_the_head_has_them(run: Run, clone: Clone) -> None:
    clone.write("cases/people.yaml", PEOPLE.replace("kjohnson,", "ghopper,"))
    ran = run("review", "--format", "json", at=clone)
    findings = json.loads(ran.out)["findings"]
    assert (ran.code, {each["path"] for each in findings}) == (1, {"cases/people.yaml"})


def test_what_no_longer_fits_an_unchanged_file_is_found(run: Run, clone: Clone) -> None:
    before, _, rest = PEOPLE.partition("  barbara-liskov:")
    clone.write("cases/people.yaml", before + rest[rest.index("  ada-lovelace:") :])
    ran = run("review", "--format", "json", at=clone)
    findings = json.loads(ran.out)["findings"]
    assert {(e["path"], e["rule"]) for e in findings} == {
        ("framework/policy.yaml", "unknown-person"),
        ("cases/people.yaml", "level-change-without-case"),
    }


def test_a_deleted_case_is_mentioned(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit()
    clone.git("checkout", "-q", "-b", "gone")
    clone.git("rm", "-q", CASE)
    ran = run("review", at=clone)
    assert ran.code == 0
    assert f"`{CASE}` is deleted." in " ".join(ran.out.split())


def test_a_case_that_was_moved_is_not_called_deleted(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit()
    clone.git("checkout", "-q", "-b", "later")
    clone.git("rm", "-q", CASE)
    later = "cases/ada-lovelace/2027-08.md"
    clone.write(later, case(review="2027-08"))
    said = " ".join(run("review", at=clone).out.split())
    assert f"`{CASE}` was moved to `{later}`." in said
    assert "is deleted" not in said


def test_without_changes_every_open_case_is_shown(run: Run, clone: Clone) -> None:
    clone.write(CASE, case("submitted", ready=False))
    clone.write("cases/ada-lovelace/2026-08.md", case("not-yet", review="2026-08"))
    clone.commit()
    assert paths(run, clone) == [CASE]
    ran = run("review", at=clone)
    assert ran.code == 0
    assert "Nothing is changed" in ran.out


def test_the_first_pull_request_brings_its_own_rules(run: Run, clone: Clone) -> None:
    clone.git("checkout", "-q", "--orphan", "start")
    clone.git("rm", "-rq", "--cached", ".")
    clone.git("commit", "-q", "--allow-empty", "-m", "Nothing yet")
    clone.git("branch", "-f", "main", "start")
    ran = run("review", at=clone)
    assert ran.code == 0
    assert "the rules come from the head itself" in " ".join(ran.out.split())


def test_a_bare_repository(run: Run, clone: Clone, tmp_path: Path) -> None:
    clone.git("checkout", "-q", "-b", "ada")
    clone.write(CASE, case("submitted"))
    clone.commit()
    clone.git("clone", "-q", "--bare", str(clone.root), str(tmp_path / "bare.git"))
    bare = Clone(tmp_path / "bare.git")
    assert paths(run, bare) == [CASE]
    ran = run("check", at=bare)
    assert (ran.code, "bare repository" in ran.err) == (3, True)
    assert run("ladder", at=bare, today=None).code == 0


@pytest.mark.parametrize("format", ["text", "json", "markdown", "github", "sarif"])
def test_every_format(run: Run, clone: Clone, format: str) -> None:
    clone.write(CASE, case(manager="nobody"))
    ran = run("review", "--format", format, at=clone)
    assert (ran.code, "nobody" in ran.out) == (1, True)


def test_a_symlink_in_a_commit(run: Run, clone: Clone) -> None:
    (clone.root / CASE).parent.mkdir()
    (clone.root / CASE).symlink_to("../people.yaml")
    clone.git("checkout", "-q", "-b", "linked")
    head = clone.commit()
    ran = run("review", "--head", head, "--format", "json", at=clone)
    assert {each["rule"] for each in json.loads(ran.out)["findings"]} == {"symlink"}


def test_a_submodule_in_a_commit(run: Run, clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "sub")
    clone.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{CASE}")
    clone.git("commit", "-q", "-m", "A submodule")
    ran = run("review", "--head", "sub", "--format", "json", at=clone)
    assert {each["rule"] for each in json.loads(ran.out)["findings"]} == {"unreadable-file"}


def findings(run: Run, clone: Clone, *words: str) -> set[tuple[str, str]]:
    ran = run("review", "--format", "json", *words, at=clone)
    assert ran.err == ""
    return {(each["path"], each["rule"]) for each in json.loads(ran.out)["findings"]}


@pytest.mark.parametrize(
    "path", ["framework/framework.yaml", "cases/people.yaml", "schemas/case.schema.json"]
)
def test_what_everything_is_judged_by_cannot_be_deleted(run: Run, clone: Clone, path: str) -> None:
    clone.git("checkout", "-q", "-b", "gone")
    clone.git("rm", "-q", path)
    clone.commit()
    assert (path, "unreadable-file") in findings(run, clone, "--head", "gone")
    assert run("review", at=clone).code == 1


def test_a_folder_of_cases_that_became_a_link(run: Run, clone: Clone, tmp_path: Path) -> None:
    (clone.root / "cases").rename(tmp_path / "cases")
    (clone.root / "cases").symlink_to(tmp_path / "cases")
    assert findings(run, clone) == {("cases/people.yaml", "symlink")}


def test_a_broken_schema_is_found_and_hides_nothing(run: Run, clone: Clone) -> None:
    clone.write("schemas/case.schema.json", "}")
    clone.write(CASE, case(status="sumbitted"))
    broken = ("schemas/case.schema.json", "yaml-syntax")
    mixed = ("schemas/case.schema.json", "mixed-change")
    assert findings(run, clone) == {broken, mixed, (CASE, "invalid-value")}


def test_the_schemas_of_the_head_judge_nothing(run: Run, clone: Clone) -> None:
    slow = {"propertyNames": {"pattern": "^(a|a?)+$"}, "$ref": "https://example.com/schema"}
    clone.write("schemas/people.schema.json", json.dumps(slow))
    clone.write("cases/people.yaml", f"{'a' * 60}!: 1\n{PEOPLE}")
    assert findings(run, clone) == {("cases/people.yaml", "unknown-field")}


def test_without_a_commit_of_ones_own(run: Run, clone: Clone) -> None:
    clone.git("checkout", "-q", "--orphan", "nothing-yet")
    assert run("review", "--head", "main", at=clone).code == 0
    ran = run("review", at=clone)
    assert (ran.code, "has none yet" in ran.err) == (3, True)


def test_a_case_that_became_a_folder_is_not_deleted(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit()
    (clone.root / CASE).unlink()
    (clone.root / CASE).mkdir()
    assert findings(run, clone) == {(CASE, "unreadable-file")}


@pytest.mark.parametrize("in_the_way", ["framework", "framework/framework.yaml"])
def test_what_lies_in_the_frameworks_way_gives_no_head_the_right_to_bring_one(
    run: Run, clone: Clone, in_the_way: str
) -> None:
    clone.git("checkout", "-q", "-b", "topic")
    clone.write(CASE, case())
    clone.commit()
    clone.git("checkout", "-q", "main")
    clone.git("rm", "-q", "-r", in_the_way)
    place = clone.root / in_the_way
    place.parent.mkdir(exist_ok=True)
    place.symlink_to("elsewhere")
    clone.commit("A link")
    ran = run("review", "--base", "main", "--head", "topic", at=clone)
    assert (ran.code, ran.out) == (3, "")
