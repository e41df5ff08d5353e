"""`casework decide`: the decision stands in both files or in neither, and nothing else changes."""

import os
import sys
from pathlib import Path

import pytest

from tests.cli.clones import CASE, PEOPLE, case, session

DAY = "2027-02-20"
IN_BAND = "cases/ada-lovelace/in-band-2026-11.md"


@pytest.fixture
def submitted(clone):
    clone.write(CASE, case("submitted"))
    clone.commit("A case")
    return clone


def text(clone, path=CASE):
    return (clone.root / path).read_bytes().decode()


def in_band():
    lines = case(kind="in-band-increase").splitlines(keepends=True)
    return "".join(each for each in lines if not each.startswith(("to:", "review:")))


def test_a_promotion_changes_both_files_and_nothing_else(submitted, run):
    ran = run("decide", CASE, "promoted", at=submitted, today=DAY)
    assert (ran.code, ran.err) == (0, "")
    days = f"decided: {DAY}\neffective: {DAY}\n"
    assert text(submitted) == case("submitted").replace("submitted\n", f"promoted\n{days}")
    old = "level: IC2, level_since: 2025-02-01"
    new = f"level: IC3, level_since: {DAY}"
    assert text(submitted, "cases/people.yaml") == PEOPLE.replace(old, new)
    assert "two approvals of the decision to promote" in ran.out
    assert run("check", at=submitted, today=DAY).code == 0
    assert run("review", at=submitted, today=DAY).code == 0


def test_days_can_be_named(submitted, run):
    words = ("--decided", "2027-02-18", "--effective", "2027-03-01")
    assert run("decide", CASE, "promoted", *words, at=submitted, today=DAY).code == 0
    assert "decided: 2027-02-18\neffective: 2027-03-01\n" in text(submitted)
    assert "level_since: 2027-03-01" in text(submitted, "cases/people.yaml")


def test_not_yet_gets_a_place_for_the_feedback(submitted, run):
    ran = run("decide", CASE, "not-yet", at=submitted, today=DAY)
    assert ran.code == 0
    written = text(submitted)
    decided = case("submitted").replace("submitted\n", f"not-yet\ndecided: {DAY}\n")
    assert written.startswith(decided)
    headings = [each for each in written[len(decided) :].splitlines() if each.startswith("#")]
    assert headings == ["## Feedback", "### Reasons", "### Timeline", "### Actions"]
    assert text(submitted, "cases/people.yaml") == PEOPLE
    place = written.splitlines().index("## Feedback") + 1
    assert f"Its Feedback section, line {place}, has headings to write under." in ran.out
    assert "  - Write the Feedback section: reasons, a timeline, and actions.\n" in ran.out
    assert "Invalid" not in ran.out
    assert run("check", at=submitted, today=DAY).code == 0


def test_feedback_that_is_there_stays(submitted, run):
    content = case("submitted") + "\n## Feedback\n\n**Reasons:** too early.\n\n### Actions\n\n- A."
    submitted.write(CASE, content)
    assert run("decide", CASE, "not-yet", at=submitted, today=DAY).code == 0
    added = text(submitted).partition("- A.")[2]
    assert "### Timeline" in added
    assert "Reasons" not in added
    assert "Actions" not in added
    assert not added.endswith("\n")


@pytest.mark.parametrize(("outcome", "more"), [("granted", "effective"), ("declined", "Feedback")])
def test_in_band(clone, run, outcome, more):
    clone.write(IN_BAND, in_band())
    assert run("decide", IN_BAND, outcome, at=clone).code == 0
    assert f"status: {outcome}\ndecided: 2026-11-22\n" in text(clone, IN_BAND)
    assert more in text(clone, IN_BAND)
    assert text(clone, "cases/people.yaml") == PEOPLE
    assert run("check", at=clone).code == 0


@pytest.mark.parametrize(
    ("old", "new", "message", "help"),
    [
        ("level: IC2", "level: IC3", "there it is `IC3` since 1 February 2025", "`--effective`"),
        ("level: IC2", "level: IC1", "there it is `IC1`", "correct `from`"),
        ("level: IC2", "level: &a IC2", "free of errors of form", ""),
    ],
)
def test_people_that_say_otherwise(submitted, run, old, new, message, help):
    submitted.write("cases/people.yaml", PEOPLE.replace(old, new, 1))
    ran = run("decide", CASE, "promoted", at=submitted, today=DAY)
    assert ran.code == 3
    assert message in ran.err
    assert help in ran.err
    assert text(submitted) == case("submitted")


def test_nobody_is_promoted_by_a_case_in_another_persons_folder(submitted, run):
    submitted.write(CASE, case("submitted").replace("person: ada-lovelace", "person: joan-clarke"))
    ran = run("decide", CASE, "promoted", at=submitted, today=DAY)
    assert ran.code == 3
    assert f"`{CASE}` is about `joan-clarke`" in ran.err
    assert text(submitted, "cases/people.yaml") == PEOPLE


def test_a_draft_may_be_decided_at_once(clone, run):
    clone.write(CASE, case())
    ran = run("decide", CASE, "promoted", at=clone, today=DAY)
    assert ran.code == 0
    assert "It was a draft" in ran.out


def test_what_is_missing_is_said(clone, run):
    clone.write(CASE, case("submitted", ready=False))
    ran = run("decide", CASE, "promoted", at=clone, today=DAY)
    assert ran.code == 0
    assert "a pull request with it cannot be merged" in ran.out
    assert "still needs" in ran.out
    assert "lacks" in ran.out
    assert "set `status` back and delete `decided` and `effective`, and restore cases" in ran.out


def test_what_can_be_merged_is_not_said_to_be_unfit(submitted, run):
    for outcome in ("not-yet", "promoted"):
        submitted.write(CASE, case("submitted"))
        ran = run("decide", CASE, outcome, at=submitted, today=DAY)
        assert (ran.code, "cannot be merged" in ran.out) == (0, False)


@pytest.mark.parametrize("outcome", ["promoted", "granted"])
def test_nobody_is_promoted_after_leaving(submitted, run, outcome):
    people = PEOPLE.replace("level: IC2", "left: 2027-02-19, level: IC2")
    submitted.write("cases/people.yaml", people)
    submitted.write(IN_BAND, in_band())
    path = CASE if outcome == "promoted" else IN_BAND
    before = text(submitted, path)
    ran = run("decide", path, outcome, at=submitted, today=DAY)
    assert ran.code == 3
    assert f"must still be here on {DAY}; `ada-lovelace` left on 2027-02-19" in ran.err
    for each in ("`--decided` and `--effective`", "correct it", "back to `draft`"):
        assert each in ran.err
    assert (text(submitted, path), text(submitted, "cases/people.yaml")) == (before, people)


def test_what_was_decided_before_somebody_left_is_written_down(submitted, run):
    people = PEOPLE.replace("level: IC2", "left: 2027-02-19, level: IC2")
    submitted.write("cases/people.yaml", people)
    words = ("--decided", "2027-02-18")
    later = run("decide", CASE, "promoted", *words, "--effective", "2027-03-01",
                at=submitted, today=DAY)  # fmt: skip
    assert (later.code, "on 2027-03-01" in later.err) == (3, True)
    assert run("decide", CASE, "promoted", *words, at=submitted, today=DAY).code == 0
    assert "left: 2027-02-19, level: IC3" in text(submitted, "cases/people.yaml")


def test_whoever_has_left_gets_an_answer(submitted, run):
    people = PEOPLE.replace("level: IC2", "left: 2027-02-19, level: IC2")
    submitted.write("cases/people.yaml", people)
    assert run("decide", CASE, "not-yet", at=submitted, today=DAY).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals there")
class TestInATerminal:
    def test_asks_which_case_and_how(self, submitted):
        submitted.write(IN_BAND, in_band())  # a draft, though the word stands in it: submitted
        submitted.write("cases/ada-lovelace/2026-08.md", "not a case, and submitted\n")
        answers = ["ada", "ada-lovelace/2027-02", "grantd", "not-yet"]
        code, shown = session(submitted, ["decide"], answers, DAY)
        assert code == 0, shown
        assert "Did you mean `ada-lovelace/2027-02`?" in shown
        assert "ada-lovelace/2027-02  Ada Lovelace, promotion to IC3" in shown
        assert "in-band-2026" not in shown
        assert "2026-08" not in shown
        assert "promoted  the level changes" in shown
        assert "granted" not in shown
        assert f"status: not-yet\ndecided: {DAY}" in text(submitted)

    def test_asks_how_and_nothing_that_was_said(self, clone):
        clone.write(IN_BAND, in_band())
        code, shown = session(clone, ["decide", IN_BAND], ["granted"])
        assert code == 0, shown
        assert "Which case" not in shown
        assert "declined  no increase" in shown
        assert "status: granted" in text(clone, IN_BAND)

    def test_where_none_is_submitted(self, clone):
        clone.write(CASE, case("draft"))
        code, shown = session(clone, ["decide"], [])
        assert code == 3
        assert "a case must be submitted before it can be chosen here; none is" in shown


@pytest.mark.parametrize(
    ("words", "code", "message", "help"),
    [
        ([CASE, "granted"], 2, "it is `granted`", ""),
        ([CASE, "promotd"], 2, "it is `promotd`", "Did you mean `promoted`?"),
        ([CASE], 2, "promoted or not-yet", "casework decide"),
        ([], 2, "which case is decided", "casework decide"),
        (["cases/people.yaml", "promoted"], 2, "one case's file", ""),
        (["cases/ada-lovelace/2027-03.md", "promoted"], 2, "there is no", CASE),
        ([CASE, "not-yet", "--effective", DAY], 2, "`--effective`", ""),
        ([CASE, "promoted", "--decided", "20.2.2027"], 2, "`--decided` must be a day", ""),
        ([CASE, "promoted", "--decided", "2027-02-21"], 3, "not lie after today", "--decided"),
        ([CASE, "promoted", "--decided", "2027-01-31"], 3, "opens, `2027-02-01`", "--decided"),
        ([CASE, "promoted", "--effective", "2026-10-31"], 3, "ended on `2026-10-31`", "--eff"),
    ],
)
def test_what_is_refused(submitted, run, words, code, message, help):
    ran = run("decide", *words, at=submitted, today=DAY)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert help in ran.err
    assert submitted.git("status", "--short") == ""


def test_a_decided_case_is_never_edited(submitted, run):
    run("decide", CASE, "promoted", at=submitted, today=DAY)
    before = text(submitted)
    ran = run("decide", CASE, "not-yet", at=submitted, today=DAY)
    assert ran.code == 3
    assert "never edited" in ran.err
    assert text(submitted) == before


def test_no_other_case_may_start_from_the_old_level(submitted, run):
    submitted.write(IN_BAND, in_band())
    ran = run("decide", CASE, "promoted", at=submitted, today=DAY)
    assert ran.code == 3
    assert f"`{IN_BAND}` is" in ran.err
    assert text(submitted) == case("submitted")


class TestAllOrNothing:
    @pytest.mark.parametrize(
        "people",
        [
            PEOPLE.replace("ada-lovelace:\n    {name", "ada-lovelace: &ada\n    {name"),
            PEOPLE.replace("level: IC2,", "level: IC2, level: IC2,"),
            PEOPLE.replace("level: IC2,", "level: IC1,"),
        ],
    )
    def test_where_people_cannot_be_edited(self, submitted, run, people):
        submitted.write("cases/people.yaml", people)
        ran = run("decide", CASE, "promoted", at=submitted, today=DAY)
        assert ran.code == 3
        assert text(submitted) == case("submitted")
        assert text(submitted, "cases/people.yaml") == people

    def test_where_the_second_file_cannot_be_put_in_place(self, submitted, run, monkeypatch):
        replace = Path.replace

        def fails(self, target):
            if target.name == "people.yaml":
                raise OSError(28, "No space left on device")
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", fails)
        ran = run("decide", CASE, "promoted", at=submitted, today=DAY)
        assert ran.code == 3
        assert "no space left" in ran.err
        assert submitted.git("status", "--short") == ""

    def test_where_nothing_can_be_written_or_removed(self, submitted, run, monkeypatch):
        def fails(*args, **options):
            raise OSError(30, "Read-only file system")

        opened = os.open
        monkeypatch.setattr(
            os, "open", lambda p, *a, **o: (fails if ".tmp" in str(p) else opened)(p, *a, **o)
        )
        monkeypatch.setattr(Path, "unlink", fails)
        ran = run("decide", CASE, "promoted", at=submitted, today=DAY)
        assert ran.code == 3
        assert "must be writable; it is not: read-only file system" in ran.err
        assert submitted.git("status", "--short") == ""

    def test_where_people_is_a_symbolic_link(self, submitted, run, tmp_path):
        place = submitted.root / "cases/people.yaml"
        place.unlink()
        place.symlink_to(tmp_path / "people.yaml")
        (tmp_path / "people.yaml").write_text(PEOPLE)
        assert run("decide", CASE, "promoted", at=submitted, today=DAY).code == 3
        assert text(submitted) == case("submitted")
        assert (tmp_path / "people.yaml").read_text() == PEOPLE

    def test_where_somebody_interrupts_it_half_way(self, submitted, run, monkeypatch):
        replace = Path.replace

        def interrupted(self, target):
            if target.name == "people.yaml":
                raise KeyboardInterrupt
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", interrupted)
        assert run("decide", CASE, "promoted", at=submitted, today=DAY).code == 130
        assert submitted.git("status", "--short") == ""

    def test_where_somebody_else_edits_meanwhile(self, submitted, run, monkeypatch):
        from casework.cli import files

        put = files._aside

        def meanwhile(source, wanted):
            aside = put(source, wanted)
            if wanted.path == CASE:
                submitted.write(CASE, "theirs\n")
            return aside

        monkeypatch.setattr(files, "_aside", meanwhile)
        ran = run("decide", CASE, "promoted", at=submitted, today=DAY)
        assert (ran.code, "meanwhile" in ran.err) == (3, True)
        assert text(submitted) == "theirs\n"
        assert text(submitted, "cases/people.yaml") == PEOPLE
