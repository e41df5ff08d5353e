import json
import os
from pathlib import Path

import pytest

from tests.cli.clones import CASE, Clone, Run, case

EARLIER = CASE.replace("2027-02", "2026-08")
NOT_YET = case("not-yet", review="2026-08", decided="2026-08-20")


def rules(run: Run, clone: Clone, *words: str) -> set[tuple[str, str]]:
    found = run("check", "--format", "json", *words, at=clone)
    return {(each["path"], each["rule"]) for each in json.loads(found.out)["findings"]}


def test_nothing_is_wrong(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    ran = run("check", at=clone)
    assert (ran.code, ran.err) == (0, "")
    assert CASE in ran.out
    assert "\x1b" not in ran.out


def test_an_error_fails(run: Run, clone: Clone) -> None:
    clone.write(CASE, case(status="sumbitted"))
    ran = run("check", at=clone)
    assert ran.code == 1
    assert "Did you mean" in ran.out
    assert "status: sumbitted" in ran.out


def test_where_no_review_is_listed_none_is_to_be_taken(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    clone.write("framework/policy.yaml", "talent_reviews: []\n")
    said = " ".join(run("check", at=clone).out.split())
    assert "which lists none so far" in said
    assert "help: Ask the owners of the policy to add the talent review." in said


def test_a_case_in_the_summer_of_its_own_folder(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    ran = run("check", CASE, "--format", "json", at=clone)
    report = json.loads(ran.out)
    assert [each["path"] for each in report["cases"]] == [CASE]
    assert report["cases"][0]["verdict"] == "ready"
    assert report["as_of"] == "2026-11-22"


@pytest.mark.parametrize(
    ("folder", "word"),
    [
        (".", CASE),
        ("cases", CASE),
        ("cases", "ada-lovelace/2027-02.md"),
        ("cases/ada-lovelace", "2027-02.md"),
        ("cases/ada-lovelace", "."),
        ("cases/ada-lovelace", "../ada-lovelace/./2027-02.md"),
        (".", "cases/ada-lovelace"),
        (".", "cases/ada-lovelace/"),
    ],
)
def test_paths_start_at_the_root_or_else_where_one_stands(
    run: Run, clone: Clone, folder: str, word: str
) -> None:
    clone.write(CASE, case())
    ran = run("check", word, "--format", "json", "-C", str(clone.root / folder))
    cases = [each["path"] for each in json.loads(ran.out)["cases"]]
    # `.` is first of all the repository's root.
    assert cases == [CASE]


def test_an_absolute_path(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    ran = run("check", str(clone.root / CASE), "--format", "json", at=clone)
    assert [each["path"] for each in json.loads(ran.out)["cases"]] == [CASE]


def test_an_absolute_path_by_another_name_of_the_same_folder(
    run: Run, clone: Clone, tmp_path: Path
) -> None:
    clone.write(CASE, case())
    (tmp_path / "link").symlink_to(clone.root)
    for start, named in ((clone.root, tmp_path / "link"), (tmp_path / "link", clone.root)):
        ran = run("check", "-C", str(start), str(named / CASE), "--format", "json")
        assert [each["path"] for each in json.loads(ran.out)["cases"]] == [CASE]


def test_the_folder_above_may_be_meant_from_where_one_stands(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    ran = run("check", "..", "--format", "json", at=(clone.root / CASE).parent)
    assert [each["path"] for each in json.loads(ran.out)["cases"]] == [CASE]


@pytest.mark.parametrize("words", [(), (CASE,)])
@pytest.mark.parametrize("fault", ["absent", "broken", "folder"])
def test_where_nobody_is_known_nothing_passes(
    run: Run, clone: Clone, fault: str, words: tuple[str, ...]
) -> None:
    clone.write(CASE, case())
    people = clone.root / "cases/people.yaml"
    people.unlink()
    if fault == "broken":
        people.write_text("}", "utf-8")
    elif fault == "folder":
        people.mkdir()
    ran = run("check", *words, "--format", "json", at=clone)
    assert ran.code == 1
    assert {e["path"] for e in json.loads(ran.out)["findings"]} == {"cases/people.yaml"}


def test_decided_cases_of_somebody_without_an_entry(run: Run, clone: Clone) -> None:
    people = (clone.root / "cases/people.yaml").read_text()
    clone.write("cases/people.yaml", people.replace("  ada-lovelace:", "  ada-king:"))
    clone.write(EARLIER, NOT_YET)
    clone.write("cases/README.md", "Ours.\n")
    assert rules(run, clone) == {("cases/people.yaml", "unknown-person")}
    assert rules(run, clone, "cases/people.yaml") == {("cases/people.yaml", "unknown-person")}
    assert rules(run, clone, EARLIER) == set()
    ran = run("check", at=clone)
    assert ran.code == 1
    assert "since `cases/ada-lovelace/` has cases" in ran.out


def test_an_open_case_of_somebody_without_an_entry_says_so_itself(run: Run, clone: Clone) -> None:
    people = (clone.root / "cases/people.yaml").read_text()
    clone.write("cases/people.yaml", people.replace("  ada-lovelace:", "  ada-king:"))
    clone.write(CASE, case())
    clone.write(EARLIER, NOT_YET)
    assert rules(run, clone) == {(CASE, "unknown-person")}


def test_an_unknown_path_is_guessed(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    ran = run("check", "cases/ada-lovelace/2027-2.md", at=clone)
    assert (ran.code, ran.out) == (2, "")
    assert "there is no `cases/ada-lovelace/2027-2.md`" in ran.err
    assert f"Did you mean `{CASE}`?" in ran.err


@pytest.mark.parametrize("word", ["README.md", "/etc/passwd", "..", "scripts"])
def test_a_path_that_nobody_governs(run: Run, clone: Clone, word: str) -> None:
    clone.write("README.md", "# Hello\n")
    clone.write("scripts/x.py", "")
    ran = run("check", word, at=clone)
    assert (ran.code, ran.out) == (2, "")
    assert "must lie in `cases/`, `framework/`, `schemas/`" in ran.err


def test_a_file_that_is_let_be_may_be_named(run: Run, clone: Clone) -> None:
    assert run("check", "framework/README.md", at=clone).code == 0


def test_ignored_files_are_not_looked_at_unless_they_are_named(run: Run, clone: Clone) -> None:
    clone.write(".gitignore", "*.md\n")
    clone.write(CASE, "no case")
    assert run("check", at=clone).code == 0
    assert run("check", CASE, at=clone).code == 1


def test_a_folder_named_like_a_case(run: Run, clone: Clone) -> None:
    clone.write(f"{CASE}/inner.txt", "x")
    assert rules(run, clone, CASE) == {(CASE, "unreadable-file")}
    assert run("check", CASE, at=clone).code == 1


def test_a_submodule_named_like_a_case(run: Run, clone: Clone) -> None:
    (clone.root / CASE).mkdir(parents=True)
    clone.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{CASE}")
    assert (CASE, "unreadable-file") in rules(run, clone)
    assert "submodule" in run("check", at=clone).out


def test_a_symlink(run: Run, clone: Clone) -> None:
    clone.write("outside.md", case())
    (clone.root / CASE).parent.mkdir()
    (clone.root / CASE).symlink_to(clone.root / "outside.md")
    assert rules(run, clone, CASE) == {(CASE, "symlink")}


def test_a_file_below_a_symlinked_folder(run: Run, clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/2027-02.md").write_text(case())
    (clone.root / "cases/ada-lovelace").symlink_to(tmp_path / "elsewhere")
    assert rules(run, clone, CASE) == {(CASE, "symlink")}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes there")
def test_something_that_cannot_be_read(run: Run, clone: Clone) -> None:
    (clone.root / CASE).parent.mkdir()
    os.mkfifo(clone.root / CASE)
    assert rules(run, clone, CASE) == {(CASE, "unreadable-file")}


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    (clone.root / CASE).chmod(0)
    assert rules(run, clone, CASE) == {(CASE, "unreadable-file")}


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may enter any folder")
def test_a_case_in_a_folder_that_may_not_be_entered(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit()
    folder = (clone.root / CASE).parent
    folder.chmod(0)
    try:
        assert rules(run, clone) == rules(run, clone, CASE) == {(CASE, "unreadable-file")}
        assert run("review", at=clone).code == 1
    finally:
        folder.chmod(0o755)


def test_a_circle_of_links(run: Run, clone: Clone, tmp_path: Path) -> None:
    (clone.root / "cases/circle").symlink_to("circle")
    (tmp_path / "circle").symlink_to("circle")
    assert rules(run, clone, "cases/circle") == {("cases/circle", "path-mismatch")}
    assert run("check", str(tmp_path / "circle"), at=clone).code == 2


def test_a_broken_case_does_not_hide_another(run: Run, clone: Clone) -> None:
    clone.write("cases/ada-lovelace/2026-08.md", "\x00\xff")
    clone.write(CASE, case(status="sumbitted"))
    assert {path for path, _ in rules(run, clone)} == {CASE, "cases/ada-lovelace/2026-08.md"}


def test_a_thousand_findings_in_one_file(run: Run, clone: Clone) -> None:
    fields = "".join(f"unknown-{number}: 1\n" for number in range(1000))
    clone.write(CASE, case().replace("quarters:", f"{fields}quarters:", 1))
    ran = run("check", CASE, "--format", "json", at=clone)
    found = json.loads(ran.out)["findings"]
    assert (ran.code, len(found) >= 1000) == (1, True)
    assert len(run("check", CASE, at=clone).out.splitlines()) < 400


def test_a_broken_framework_is_reported_and_cases_are_checked_by_themselves(
    run: Run, clone: Clone
) -> None:
    clone.write("framework/framework.yaml", "version: [\n")
    clone.write(CASE, case(status="sumbitted"))
    ran = run("check", "--format", "json", at=clone)
    report = json.loads(ran.out)
    assert (ran.code, report["framework"], report["cases"]) == (1, None, [])
    assert {each["rule"] for each in report["findings"]} >= {"yaml-syntax", "invalid-value"}
    assert "Cases were not judged" in run("check", at=clone).out


def test_a_name_that_is_not_utf8(run: Run, clone: Clone) -> None:
    folder = os.fsencode(clone.root) + b"/cases/ada-lovelace"
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + b"/caf\xe9\n.md")).write_text("x", "utf-8")
    ran = run("check", at=clone)
    assert ran.code == 1
    assert "<U+DCE9> .md:1:1" in ran.out
    assert json.loads(run("check", "--format", "json", at=clone).out)["findings"]


@pytest.mark.parametrize("format", ["text", "json", "markdown", "github", "sarif"])
def test_every_format(run: Run, clone: Clone, format: str) -> None:
    clone.write(CASE, case(status="sumbitted"))
    ran = run("check", "--format", format, at=clone)
    assert ran.code == 1
    assert "sumbitted" in ran.out


def test_where_nothing_is_wrong_github_is_told_nothing(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    assert run("check", "--format", "github", at=clone) == (0, "", "")
