"""`casework new`: a draft that passes the check, and refusals that say what to do."""

import sys

import pytest

from tests.cli.clones import CASE, PEOPLE, POLICY, TODAY, case, session

FEEDBACK = """
## Feedback

### Reasons

Two of three categories.

### Timeline

In a year -- or so.

### Actions

- Grace hands over "the index" --> as a whole, by May.
- Ada reviews two RFCs.
"""


def new(run, clone, *words, today=TODAY):
    return run("new", *words, at=clone, today=today)


def text(clone, path=CASE):
    return (clone.root / path).read_bytes().decode()


class TestAPromotion:
    def test_passes_the_check_as_a_draft(self, clone, run):
        ran = new(run, clone, "ada-lovelace")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(f"Wrote {CASE}, a draft.\n")
        assert "casework rate ada-lovelace FY27-Q3\n" in ran.out
        assert "12 February 2027" in ran.out
        checked = run("check", at=clone)
        assert checked.code == 0
        assert "error" not in checked.out

    def test_is_filled_in_from_what_is_known(self, clone, run):
        new(run, clone, "ada-lovelace")
        front = text(clone).split("---\n")[1]
        assert front.startswith(
            "person: ada-lovelace\nkind: promotion\nfrom: IC2\nto: IC3\nlevel_since: 2025-02-01\n"
            "manager: grace-hopper\nreview: 2027-02\nstatus: draft\nframework: 1.0.0\n"
        )

    def test_has_a_place_for_the_ended_quarters_that_can_count(self, clone, run):
        new(run, clone, "ada-lovelace")
        written = text(clone)
        headings = [each for each in written.splitlines() if each.startswith("## ")]
        assert headings == [
            "## Summary", "## FY26-Q4", "## FY27-Q1", "## FY27-Q2", "## FY27-Q3", "## Values",
            "## Growth areas",
        ]  # fmt: skip
        assert "  # FY27-Q3: {proficiency: …, execution: …, teamwork: …}\n" in written
        assert "# Earlier quarters that can count as well: FY26-Q1 to FY26-Q3.\n" in written
        assert "# FY27-Q4 counts once it has ended, on 31 January 2027.\n" in written

    def test_leaves_out_quarters_before_the_onboarding(self, clone, run):
        clone.write("cases/people.yaml", PEOPLE.replace("2024-08-01", "2026-07-02"))
        new(run, clone, "ada-lovelace")
        assert "FY27-Q2" not in text(clone)
        assert "## FY27-Q3" in text(clone)

    def test_quotes_what_both_levels_ask_for_and_says_that_behaviours_are_examples(
        self, clone, run
    ):
        new(run, clone, "ada-lovelace")
        comments = " ".join(text(clone).split())
        assert "IC2, the level held:" in comments
        assert "IC3, the level aimed for:" in comments
        assert "examples, not checkboxes" in comments
        assert "IC3-E1" not in comments

    def test_takes_the_next_talent_review_whose_cases_are_not_due_yet(self, clone, run):
        new(run, clone, "ada-lovelace", today="2026-08-14")
        assert (clone.root / "cases/ada-lovelace/2026-08.md").exists()
        new(run, clone, "barbara-liskov", today="2026-08-15")
        assert (clone.root / "cases/barbara-liskov/2027-02.md").exists()

    def test_the_last_decisions_actions_are_to_be_answered(self, clone, run):
        old = case("not-yet", review="2026-08", decided="2026-08-20") + FEEDBACK
        clone.write("cases/ada-lovelace/2026-08.md", old)
        assert new(run, clone, "ada-lovelace").code == 0
        growth = text(clone).partition("## Growth areas\n")[2]
        assert "(cases/ada-lovelace/2026-08.md)" in growth
        assert "The decision `not-yet` of 20 August 2026" in growth
        assert '- Grace hands over "the index" \N{EN DASH}> as a whole, by May.\n' in growth
        assert "- Ada reviews two RFCs." in growth
        assert run("check", at=clone).code == 0

    def test_quotes_lines_as_they_were_broken(self, clone, run):
        long = "- Grace and Ada agree on " + "a " * 44 + "\n  part of the index."
        old = case("not-yet", review="2026-08", decided="2026-08-20")
        clone.write("cases/ada-lovelace/2026-08.md", f"{old}\n## Feedback\n\n{long}\n")
        assert new(run, clone, "ada-lovelace").code == 0
        assert " a\n  part of the index. -->\n" in text(clone)

    def test_says_what_to_do_by_hand(self, clone, run):
        new(run, clone, "ada-lovelace")
        assert "remove the `{}`" in text(clone)
        line = "FY27-Q3: {proficiency: next, execution: next, teamwork: next}"
        waiting = "# FY27-Q3: {proficiency: …, execution: …, teamwork: …}"
        by_hand = text(clone).replace("quarters: {}", "quarters:").replace(waiting, line)
        clone.write(CASE, by_hand)
        assert run("check", at=clone).code == 0


class TestWhatOtherCasesRated:
    OLD = "cases/ada-lovelace/2026-08.md"
    BEFORE = f"was rated in {OLD}: proficiency exceeds, execution exceeds, teamwork exceeds"

    def decided(self, clone, *changes, path=OLD, **fields):
        text = case("not-yet", review="2026-08", **{"decided": "2026-08-20", **fields})
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        clone.write(path, text)

    def test_is_told_in_the_words_of_the_file_and_nothing_is_copied(self, clone, run):
        self.decided(clone, ready=False)
        ran = new(run, clone, "ada-lovelace")
        assert "Some were rated in other cases; comments in the file say where, and how." in ran.out
        front = text(clone).split("---\n")[1]
        told = f"# FY27-Q2 {self.BEFORE}\n# FY27-Q3 {self.BEFORE}\nquarters: {{}}\n"
        assert told in front
        assert "  # FY27-Q2: {proficiency: …, execution: …, teamwork: …}\n" in front
        assert run("check", at=clone).code == 0

    def test_is_told_of_earlier_quarters_that_still_count(self, clone, run):
        self.decided(clone, ("  FY27-Q2:", "  FY26-Q1:"))
        new(run, clone, "ada-lovelace")
        assert f"# FY26-Q1 {self.BEFORE}\n# FY27-Q3 was rated in" in text(clone)

    def test_says_nothing_of_quarters_that_cannot_count(self, clone, run):
        self.decided(clone, ("  FY27-Q2:", "  FY25-Q1:"), ("  FY27-Q3:", "  FY27-Q4:"))
        assert "other cases" not in new(run, clone, "ada-lovelace").out
        assert "was rated" not in text(clone)
        assert "rated before" not in text(clone)

    def test_names_the_latest_and_each_that_differs(self, clone, run):
        self.decided(clone)
        for month in ("03", "04"):
            path = f"cases/ada-lovelace/in-band-2026-{month}.md"
            given = {"kind": "in-band-increase", "decided": f"2026-{month}-10"}
            other = case("granted", **given).replace("to: IC3\n", "")
            clone.write(path, other.replace("{proficiency: exceeds", "{proficiency: below"))
        new(run, clone, "ada-lovelace")
        below = "in-band-2026-04.md: proficiency below, execution exceeds, teamwork exceeds\n"
        told = f"# FY27-Q2 {self.BEFORE}\n# FY27-Q2 was rated in cases/ada-lovelace/{below}"
        assert told in text(clone)
        assert "in-band-2026-03" not in text(clone)
        assert run("check", CASE, at=clone).code == 0

    def test_says_that_a_case_is_still_open(self, clone, run):
        clone.write(CASE, case("submitted"))
        path = "cases/ada-lovelace/in-band-2026-11.md"
        new(run, clone, "ada-lovelace", "--in-band")
        assert f"# FY27-Q3 was rated in {CASE} (submitted): proficiency next, " in text(clone, path)

    def test_says_against_what_else_it_was_rated(self, clone, run):
        self.decided(clone, ("from: IC2", "from: IC1"))
        new(run, clone, "ada-lovelace")
        assert f"was rated in {self.OLD}, against IC1: proficiency" in text(clone)

    @pytest.mark.parametrize("level", ['"IC1\\nkind: x"', "IC" + "1" * 90, "[IC1]"])
    def test_repeats_no_word_that_could_do_anything(self, clone, run, level):
        self.decided(clone, ("from: IC2", f"from: {level}"))
        assert new(run, clone, "ada-lovelace").code == 0
        assert f"was rated in {self.OLD}, against another level: proficiency" in text(clone)

    def test_leaves_out_what_cannot_be_read_or_is_about_somebody_else(self, clone, run):
        self.decided(clone, ("execution: exceeds", "execution: superb"))
        theirs = "cases/ada-lovelace/in-band-2026-03.md"
        self.decided(clone, path=theirs, person="barbara-liskov")
        odd = "cases/ada-lovelace/a\nquarters: [.md"
        self.decided(clone, path=odd)
        new(run, clone, "ada-lovelace")
        told = [each for each in text(clone).splitlines() if " was rated in " in each]
        assert told == [
            f"# FY27-Q2 was rated in {self.OLD}: proficiency exceeds, teamwork exceeds",
            f"# FY27-Q3 was rated in {self.OLD}: proficiency next, execution next, teamwork next",
        ]

    def test_has_an_end(self, clone, run):
        clone.write("cases/people.yaml", PEOPLE.replace("2025-02-01", "2012-02-01").replace(
            "2024-08-01", "2012-02-01"))  # fmt: skip
        cells = "{proficiency: next, execution: next, teamwork: next}\n"
        labels = [f"FY{year}-Q{q}" for year in range(14, 27) for q in range(1, 5)]
        many = "quarters:\n" + "".join(f"  {each}: {cells}" for each in labels)
        self.decided(clone, ("quarters:\n", many), level_since="2012-02-01")
        new(run, clone, "ada-lovelace")
        told = [each for each in text(clone).splitlines() if " was rated in " in each]
        assert len(told) == 12
        assert (told[0][:9], told[-1][:9]) == ("# FY24-Q3", "# FY27-Q3")
        assert "\n# `casework history ada-lovelace` tells of older ones\n# FY24" in text(clone)

    def test_stays_where_it_is_once_the_quarter_is_rated(self, clone, run):
        self.decided(clone)
        new(run, clone, "ada-lovelace")
        before = text(clone)
        words = [f"--rating={each}=meets" for each in ("proficiency", "execution", "teamwork")]
        assert run("rate", "ada-lovelace", "FY27-Q2", *words, at=clone).code == 0
        waiting = "  # FY27-Q2: {proficiency: …, execution: …, teamwork: …}\n"
        line = "  FY27-Q2: {proficiency: meets, execution: meets, teamwork: meets}\n"
        rated = before.replace(waiting, line).replace("quarters: {}", "quarters:")
        assert text(clone) == rated


class TestInBand:
    def test_is_named_after_the_month_and_passes_the_check(self, clone, run):
        ran = new(run, clone, "ada-lovelace", "--in-band")
        path = "cases/ada-lovelace/in-band-2026-11.md"
        assert (ran.code, f"Wrote {path}" in ran.out) == (0, True)
        assert "\nkind: in-band-increase\nfrom: IC2\nlevel_since" in text(clone, path)
        assert run("check", at=clone).code == 0

    def test_may_stand_beside_a_promotion(self, clone, run):
        clone.write(CASE, case())
        ran = new(run, clone, "ada-lovelace", "--in-band")
        assert ran.code == 0
        assert f"Other open case: {CASE}, promotion." in ran.out
        named = "FY27-Q3 --case cases/ada-lovelace/in-band-2026-11.md\n"
        assert named in ran.out

    @pytest.mark.parametrize("words", [["--to", "IC3"], ["--review", "2027-02"]])
    def test_takes_neither_level_nor_review(self, clone, run, words):
        assert new(run, clone, "ada-lovelace", "--in-band", *words).code == 2


@pytest.mark.parametrize(
    ("words", "code", "message", "help"),
    [
        (["ada-lovelce"], 2, "there is no `ada-lovelce`", "Did you mean `ada-lovelace`?"),
        (["ada"], 2, "there is no `ada`", "Did you mean `ada-lovelace`?"),
        (["grace-hopper"], 2, "`grace-hopper` holds none", ""),
        (["katherine-johnson"], 2, "that of `IC6` is not", "--in-band"),
        (["ada-lovelace", "--to", "IC4"], 2, "`--to` must be IC3", ""),
        (["ada-lovelace", "--review", "2027-03"], 2, "there is no `2027-03`", "2027-02"),
        (["ada-lovelace", "--review", "2026-08"], 2, "ended on 31 August 2026", "2027-02"),
        (["ada-lovelace", "barbara-liskov"], 2, "one word too many", ""),
        ([], 2, "must be told whom the case is about", "casework new ada-lovelace"),
    ],
)
def test_what_is_refused(clone, run, words, code, message, help):
    ran = new(run, clone, *words)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert help in ran.err
    assert clone.git("status", "--short") == ""


@pytest.mark.parametrize(
    ("people", "message"),
    [
        (PEOPLE.replace("manager: grace-hopper}\n", "}\n"), "must have a `manager`"),
        (PEOPLE.replace("2025-02-01", "2027-02-01"), "from 2027-02-01 on"),
        (PEOPLE.rstrip("}\n") + ", left: 2026-01-31}\n", "left on 2026-01-31"),
    ],
)
def test_who_can_have_no_case(clone, run, people, message):
    clone.write("cases/people.yaml", people)
    ran = new(run, clone, "ada-lovelace")
    assert ran.code == 2
    assert message in ran.err
    assert not (clone.root / CASE).exists()


def test_no_review_that_still_takes_cases(clone, run):
    clone.write("framework/policy.yaml", POLICY.replace("2027-", "2025-").replace("2026-", "2024-"))
    ran = new(run, clone, "ada-lovelace")
    assert ran.code == 3
    assert "`talent_reviews`" in ran.err


def test_a_flawed_policy_is_repaired_first(clone, run):
    clone.write("framework/policy.yaml", POLICY.replace("2027-02-12", "2027-2-12"))
    ran = new(run, clone, "ada-lovelace")
    assert ran.code == 3
    assert "`framework/policy.yaml` must be free of errors of form; line" in ran.err
    assert not (clone.root / CASE).exists()


def test_one_open_case_of_a_kind(clone, run):
    clone.write("cases/ada-lovelace/2026-08.md", case("submitted", review="2026-08"))
    ran = new(run, clone, "ada-lovelace")
    assert ran.code == 3
    assert "`cases/ada-lovelace/2026-08.md` is submitted" in ran.err
    assert not (clone.root / CASE).exists()


def test_a_broken_case_is_repaired_first(clone, run):
    clone.write("cases/ada-lovelace/2026-08.md", "broken")
    ran = new(run, clone, "ada-lovelace")
    assert ran.code == 3
    assert "`casework check" in ran.err or "casework check cases" in ran.err


def test_a_review_that_has_decided_is_passed_over(clone, run):
    clone.write("cases/ada-lovelace/2026-08.md", case("not-yet", review="2026-08"))
    assert new(run, clone, "ada-lovelace", today="2026-08-10").code == 0
    assert (clone.root / CASE).exists()


def test_feedback_beyond_measure_is_pointed_at(clone, run):
    old = case("not-yet", review="2026-08", decided="2026-08-20")
    clone.write("cases/ada-lovelace/2026-08.md", old + FEEDBACK + "- Again and again.\n" * 9000)
    assert new(run, clone, "ada-lovelace").code == 0
    assert "(cases/ada-lovelace/2026-08.md)" in text(clone)
    assert len(text(clone)) < 10_000


@pytest.mark.parametrize("content", [case(), "mine\n", ""])
def test_never_overwrites(clone, run, content):
    clone.write(CASE, content)
    ran = new(run, clone, "ada-lovelace")
    assert ran.code == 3
    assert f"`{CASE}` must not be there yet" in ran.err
    assert text(clone) == content


@pytest.mark.parametrize(
    ("content", "help"),
    [
        (case("draft"), "with `casework rate`"),
        (case("submitted"), "set its `status` back"),
        (case("not-yet", decided="2027-02-05"), "Name another talent review"),
        ("mine\n", f"`casework check {CASE}`"),
    ],
)
def test_says_what_to_do_about_the_case_that_is_there(clone, run, content, help):
    clone.write(CASE, content)
    ran = new(run, clone, "ada-lovelace", "--review", "2027-02")
    assert ran.code == 3
    assert help in ran.err


def test_not_even_a_file_that_git_ignores(clone, run):
    clone.write(".gitignore", "cases/ada-lovelace/\n")
    clone.write(CASE, "mine\n")
    assert new(run, clone, "ada-lovelace").code == 3
    assert text(clone) == "mine\n"


@pytest.mark.parametrize("place", ["cases/ada-lovelace", CASE])
def test_follows_no_symbolic_link(clone, run, tmp_path, place):
    target = tmp_path / "elsewhere"
    target.mkdir()
    (clone.root / place).parent.mkdir(exist_ok=True)
    (clone.root / place).symlink_to(target)
    ran = new(run, clone, "ada-lovelace")
    assert ran.code == 3
    assert ("symbolic link" in ran.err) == (place != CASE)  # a case there is unreadable
    assert not list(target.iterdir())


def test_a_bare_repository(clone, run, tmp_path):
    clone.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    for command in ("new", "rate", "decide"):
        ran = run(command, "x", at=tmp_path / "bare.git")
        assert (ran.code, "bare repository" in ran.err) == (3, True)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals there")
class TestInATerminal:
    def test_asks_for_person_and_kind(self, clone):
        code, shown = session(clone, ["new"], ["ada-lovelce", "ada-lovelace", "promotion"])
        assert code == 0, shown
        assert "Did you mean ada-lovelace?" in shown.replace("`", "")
        assert "grace-hopper" not in shown
        assert (clone.root / CASE).exists()

    def test_an_increase(self, clone):
        code, shown = session(clone, ["new"], ["ada-lovelace", "in-band"])
        assert code == 0, shown
        assert (clone.root / "cases/ada-lovelace/in-band-2026-11.md").exists()

    def test_knows_a_part_of_a_handle(self, clone):
        code, shown = session(clone, ["new"], ["ada", "ada-lovelace", "in-band"])
        assert code == 0, shown
        assert "Did you mean `ada-lovelace`?" in shown

    def test_asks_nothing_that_was_said(self, clone):
        code, shown = session(clone, ["new", "ada-lovelace"], [])
        assert (code, "?" in shown) == (0, False)

    def test_gives_up_at_the_end_of_the_input(self, clone):
        code, shown = session(clone, ["new"], ["\x04"])
        assert code == 2, shown
        assert not (clone.root / "cases/ada-lovelace").exists()

    def test_rating_says_what_was_rated_before_it_asks(self, clone):
        old = "cases/ada-lovelace/2026-08.md"
        clone.write(old, case("not-yet", review="2026-08", decided="2026-08-20"))
        clone.write(CASE, case(status="draft").replace("FY27-Q2", "FY27-Q1"))
        code, shown = session(clone, ["rate", "ada-lovelace", "FY27-Q2"], ["meets"] * 3)
        assert code == 0, shown
        told = f"FY27-Q2 was rated in {old}: proficiency exceeds, execution exceeds, teamwork"
        assert shown.count(told) == 1
        assert shown.index(told) < shown.index("FY27-Q2, Proficiency?")

    def test_rating_asks_for_what_is_missing(self, clone):
        clone.write(CASE, case(status="draft"))
        answers = ["ada-lovelace", "FY27-Q1", "exeeds", "exceeds", "next"]
        code, shown = session(clone, ["rate", "--rating", "execution=meets"], answers)
        assert code == 0, shown
        line = "  FY27-Q1: {proficiency: exceeds, execution: meets, teamwork: next}\n"
        assert line in text(clone)
