"""`casework rate`: a quarter comes into a draft, and nothing else in it changes."""

import os
import stat
import subprocess
import sys

import pytest

from tests.cli.clones import CASE, ROOT, case

ALL = ("--rating", "proficiency=exceeds", "--rating", "execution=next", "--rating", "teamwork=next")
LINE = "  FY27-Q1: {proficiency: exceeds, execution: next, teamwork: next}\n"


@pytest.fixture
def draft(clone):
    clone.write(CASE, case())
    return clone


def text(clone, path=CASE):
    return (clone.root / path).read_bytes().decode()


def test_adds_ratings_and_headings_in_their_order(draft, run):
    ran = run("rate", "ada-lovelace", "FY27-Q1", *ALL, at=draft)
    assert (ran.code, ran.err) == (0, "")
    written = text(draft)
    assert f"quarters:\n{LINE}  FY27-Q2: " in written
    assert written.index("## FY27-Q1") < written.index("## FY27-Q2")
    inserted = written.replace(LINE, "")
    start, end = inserted.index("## FY27-Q1"), inserted.index("## FY27-Q2")
    assert inserted[:start] + inserted[end:] == case()
    assert run("check", at=draft).code == 0


def test_says_once_in_a_quarter_what_evidence_is(draft, run):
    before = text(draft).count("<!-- One list item")
    run("rate", "ada-lovelace", "FY27-Q1", *ALL, at=draft)
    assert text(draft).count("<!-- One list item") == before + 1


def test_fills_the_line_that_waits_for_it(clone, run):
    run("new", "ada-lovelace", at=clone)
    before = text(clone)
    assert run("rate", "ada-lovelace", "fy27-q1", *ALL, at=clone).code == 0
    waiting = "  # FY27-Q1: {proficiency: …, execution: …, teamwork: …}\n"
    assert text(clone) == before.replace(waiting, LINE).replace("quarters: {}\n", "quarters:\n")


def test_a_second_run_changes_nothing(draft, run):
    run("rate", "ada-lovelace", "FY27-Q1", *ALL, at=draft)
    before = text(draft)
    ran = run("rate", "ada-lovelace", "FY27-Q1", *ALL, at=draft)
    assert (ran.code, "nothing was changed" in ran.out) == (0, True)
    assert text(draft) == before


def test_changes_one_rating_of_a_quarter_that_is_there(draft, run):
    ran = run("rate", "ada-lovelace", "FY27-Q2", "--rating", "Teamwork=meets", at=draft)
    assert ran.code == 0
    assert "teamwork: exceeds → meets" in ran.out
    old = "FY27-Q2: {proficiency: exceeds, execution: exceeds, teamwork: exceeds}"
    assert text(draft) == case().replace(old, old[:-8] + "meets}")


OLD = "cases/ada-lovelace/2026-08.md"
RECALLED = f"FY27-Q2 was rated in {OLD}: proficiency exceeds, execution exceeds, teamwork exceeds."


@pytest.mark.parametrize("rating", ["exceeds", "meets"])
def test_says_how_another_case_rated_the_quarter(draft, run, rating):
    draft.write(OLD, case("not-yet", review="2026-08", decided="2026-08-20"))
    ran = run("rate", "ada-lovelace", "FY27-Q2", "--rating", f"teamwork={rating}", at=draft)
    assert ran.code == 0
    if rating == "meets":  # else nothing is changed, and nothing needs to be said
        assert f"teamwork: exceeds → meets\n{RECALLED}\n" in ran.out
    assert "was rated in" not in run("rate", "ada-lovelace", "FY27-Q1", *ALL, at=draft).out


def test_says_how_another_case_rated_the_quarter_where_ratings_are_missing(clone, run):
    clone.write(OLD, case("not-yet", review="2026-08", decided="2026-08-20"))
    clone.write(CASE, case().replace("FY27-Q2", "FY27-Q1"))
    ran = run("rate", "ada-lovelace", "FY27-Q2", *ALL[:4], at=clone)
    assert ran.code == 2
    assert f"below, meets, exceeds or next. {RECALLED}" in ran.err.replace(", next", " or next")


def test_keeps_line_ends_mode_and_comments(draft, run):
    place = draft.root / CASE
    place.write_bytes(
        b"\xef\xbb\xbf"
        + case().replace("review:", "# hm: {\nreview:").replace("\n", "\r\n").encode()
    )
    place.chmod(0o640)
    before = place.read_bytes()
    assert run("rate", "ada-lovelace", "FY27-Q1", *ALL, at=draft).code == 0
    after = place.read_bytes()
    assert stat.S_IMODE(place.stat().st_mode) == 0o640
    assert after.count(b"\n") == after.count(b"\r\n")
    new = after.replace(LINE.replace("\n", "\r\n").encode(), b"")
    start, end = new.index(b"## FY27-Q1"), new.index(b"## FY27-Q2")
    assert new[:start] + new[end:] == before
    assert [each.name for each in place.parent.iterdir()] == [place.name]


@pytest.mark.parametrize(
    ("quarter", "why"),
    [
        ("FY27-Q4", "ends on 31 January 2027"),
        ("FY25-Q4", "began before the level was reached"),
    ],
)
def test_a_quarter_that_does_not_count_is_written_and_pointed_out(draft, run, quarter, why):
    ran = run("rate", "ada-lovelace", quarter, *ALL, at=draft)
    assert ran.code == 0
    assert why in ran.out
    assert run("check", at=draft).code == 0


@pytest.mark.parametrize(
    ("words", "message", "help"),
    [
        (["ada-lovelce", "FY27-Q1", *ALL], "there is no `ada-lovelce`", "Did you mean"),
        (["ada-lovelace", "Q1", *ALL], "it is `Q1`", "FY27-Q3"),
        (["ada-lovelace", "FY27-Q5", *ALL], "it is `FY27-Q5`", ""),
        (["ada-lovelace", "FY28-Q1", *ALL], "begins on 1 February 2027", "FY27-Q4"),
        (["ada-lovelace", "FY27-Q1"], "proficiency, execution, teamwork of FY27-Q1", "--rating"),
        (["ada-lovelace", "FY27-Q1", *ALL[:4]], "teamwork of FY27-Q1 is missing", "--rating"),
        (["ada-lovelace", "FY27-Q1", "--rating", "x=next"], "it is `x=next`", "proficiency"),
        (["ada-lovelace", "FY27-Q1", "--rating", "teamwrk=next"], "", "`teamwork`?"),
        (["ada-lovelace", "FY27-Q1", "--rating", "teamwork=exeeds"], "", "`exceeds`?"),
        (["ada-lovelace", "FY27-Q1", *ALL, *ALL[:1], "execution=below"], "given once", ""),
        (["ada-lovelace"], "which quarter is rated", "FY27-Q3"),
        ([], "whose quarter is rated", "FY27-Q3"),
        (["ada-lovelace", "FY27-Q1", *ALL, "--case", "cases/people.yaml"], "`--case` must be", ""),
    ],
)
def test_what_was_mistyped(draft, run, words, message, help):
    ran = run("rate", *words, at=draft)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert help in ran.err
    assert text(draft) == case()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (case("submitted"), "is submitted"),
        (case("promoted", decided="2026-08-20", effective="2026-09-01"), "there is none"),
        (case().replace("from: IC2", "from: &a IC2"), "line 4"),
        (case().replace("kind:", "person: x\nkind:"), "line 3"),
        (case().replace("quarters:\n", "quarters: [\n"), "errors of form"),
        (case() + "\n<!-- never closed\n", None),
    ],
)
def test_what_is_refused(clone, run, content, message):
    clone.write(CASE, content)
    label = "FY27-Q1" if message else "FY27-Q4"
    ran = run("rate", "ada-lovelace", label, *ALL, at=clone)
    if message is None:  # headings of the latest quarter go before `## Values`, which is fine
        assert ran.code == 0
        return
    assert ran.code == 3
    assert message in ran.err
    assert text(clone) == content


def test_no_case_at_all(clone, run):
    ran = run("rate", "ada-lovelace", "FY27-Q1", *ALL, at=clone)
    assert ran.code == 3
    assert "casework new ada-lovelace" in ran.err


def test_the_person_comes_before_the_quarter(draft, run):
    ran = run("rate", "FY27-Q1", "ada-lovelace", at=draft)
    assert ran.code == 2
    assert "the person comes before the quarter" in ran.err
    assert "casework rate ada-lovelace FY27-Q3" in ran.err


def test_a_category_without_its_rating_is_told_what_it_lacks(draft, run):
    ran = run("rate", "ada-lovelace", "FY27-Q1", "--rating", "teamwork", at=draft)
    assert ran.code == 2
    assert "Such as `--rating teamwork=meets`." in ran.err
    assert "Did you mean" not in ran.err


def test_a_decided_case_that_is_named_is_never_edited(draft, run):
    old = "cases/ada-lovelace/2026-08.md"
    draft.write(old, case("not-yet", review="2026-08", decided="2026-08-20"))
    ran = run("rate", "ada-lovelace", "FY27-Q1", *ALL, "--case", old, at=draft)
    assert ran.code == 3
    assert f"never edited; `{old}` is `not-yet`" in ran.err


def test_a_level_that_nobody_knows(draft, run):
    draft.write(CASE, case().replace("from: IC2", "from: IC9"))
    for words in (ALL, ()):
        ran = run("rate", "ada-lovelace", "FY27-Q1", *words, at=draft)
        assert ran.code == 3
        assert "it is `IC9`" in ran.err


def test_several_drafts(draft, run):
    run("new", "ada-lovelace", "--in-band", at=draft)
    ran = run("rate", "ada-lovelace", "FY27-Q1", *ALL, at=draft)
    assert ran.code == 2
    path = "cases/ada-lovelace/in-band-2026-11.md"
    assert f"--case {path}" in ran.err
    assert run("rate", "ada-lovelace", "FY27-Q1", *ALL, "--case", path, at=draft).code == 0
    assert text(draft) == case()
    assert LINE in text(draft, path)


def test_follows_no_symbolic_link(draft, run, tmp_path):
    target = tmp_path / "elsewhere.md"
    target.write_text(case())
    (draft.root / CASE).unlink()
    (draft.root / CASE).symlink_to(target)
    assert run("rate", "ada-lovelace", "FY27-Q1", *ALL, at=draft).code == 3
    assert target.read_text() == case()


def test_a_check_loads_nothing_of_what_edits(clone):
    script = (
        "import sys; from casework.cli.main import main; main(['check']); "
        "print([each for each in sys.modules if each.startswith(('casework.edit', "
        "'casework.cli.workplace', 'casework.cli.files', 'casework.cli.asking'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=clone.root, check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
    )  # fmt: skip
    assert done.stdout.endswith("[]\n")
