"""What `check` says in a terminal and on a pipe."""

import re
from datetime import date
from pathlib import Path

import pytest
from tests.factories import a_finding
from tests.render.hostile import a_review_of
from tests.render.scenes import REVIEWS
from tests.render.test_escape import HOSTILE

from casework.model.report import Report
from casework.render.text import check_text

SNAPSHOTS = Path(__file__).parent / "snapshots"


def source_of(text):
    return lambda path: text


def check(*findings, text=None, colour=False, width=80, **rest):
    report = Report(date(2027, 2, 3), "1.0.0", (), findings)
    return check_text(
        report, colour=colour, width=width, source=source_of(text), expects_cases=False, **rest
    )


@pytest.mark.parametrize("name", ["three-cases", "no-case"])
def test_it_reads_well(name, agrees):
    text = "\n".join(f"  FY27-Q{n}: {{proficiency: meets, execution: next}}" for n in range(40))
    report = REVIEWS[name]().report
    output = check_text(report, colour=False, width=100, source=source_of(text), files=14)
    agrees(output, SNAPSHOTS / f"check-{name}.txt")


def test_a_caret_stands_under_the_place():
    output = check(a_finding(line=1, column=7), text="status: sumbitted")
    assert "  1 | status: sumbitted\n    |       ^\n" in output


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("日本: x", 5, "日本: x", 6),
        ("\tx", 2, "    x", 4),
        ("ab\tx", 4, "ab  x", 4),
        ("e\u0301: x", 5, "e\u0301: x", 3),
        ("a\x1bb", 3, "a<U+001B>b", 9),
        ("end", 4, "end", 3),
        ("end", 9, "end", 3),
    ],
)
def test_width_is_that_of_what_is_shown(line, column, shown, caret):
    output = check(a_finding(line=1, column=column), text=line)
    assert f"  1 | {shown}\n    | {' ' * caret}^\n" in output


@pytest.mark.parametrize("column", [1, 40, 200, 395, 400, 401])
@pytest.mark.parametrize("letter", ["x", "日"])
def test_a_long_line_is_trimmed_around_the_place(column, letter):
    line = letter * (column - 1) + "!" + letter * (400 - column)
    output = check(a_finding(line=1, column=column), text=line).split("\n")
    place = next(number for number, text in enumerate(output) if text.startswith("  1 |"))
    excerpt, pointer = output[place], output[place + 1]
    wide = "".join(each * (2 if each == "日" else 1) for each in excerpt)
    assert len(wide) <= 80
    assert wide[pointer.index("^")] == "!"


@pytest.mark.parametrize("line", [0, 2, 99])
def test_a_line_that_is_not_there_is_not_shown(line):
    assert " | " not in check(a_finding(line=line or 99), text="one line")


@pytest.mark.parametrize("colour", [True, False])
def test_a_line_that_tells_somebodys_pay_is_not_shown(colour):
    findings = (a_finding("hedge", "notice", line=2), a_finding("pay-figure", line=2, column=12))
    text = "before\nHer salary: 120,000, somewhat low.\nafter"
    output = check(*findings, a_finding(line=3), text=text, colour=colour)
    assert "120,000" not in output
    assert output.count("(the line is not shown)") == 2
    assert "3 | after" in re.sub(r"\x1b\[[0-9;]*m", "", output)


def test_what_is_decided_is_not_listed():
    three, decided = REVIEWS["three-cases"]().report, REVIEWS["approved"]().report.cases
    for cases, said in (
        (decided, "No open case; one is decided.\n"),
        (decided * 2, "No open case; two are decided.\n"),
        ((*three.cases, *decided), "One decided case is not listed.\n"),
        ((*three.cases, *decided * 2), "Two decided cases are not listed.\n"),
    ):
        output = check_text(
            three._replace(cases=cases, findings=()), colour=False, width=99, source=source_of("")
        )
        assert said in output
        assert "promoted" not in output


def test_a_pipe_gets_no_colour_and_a_place_that_tools_understand():
    output = check(a_finding(), text="x")
    assert "\x1b" not in output
    assert output.startswith("cases/ada-lovelace/2027-02.md:12:3  error  unsupported-rating\n")


def test_colour_adds_colour_only():
    finding = a_finding(line=1, column=2)
    plain, coloured = (check(finding, text="xyz", colour=each) for each in (False, True))
    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_thousand_findings_are_folded():
    output = check(*[a_finding(line=line) for line in range(1, 1001)])
    assert output.count("  error  ") == 30
    assert "cases/ada-lovelace/2027-02.md: and 970 more: --format json shows all" in output
    assert "1000 errors." in output


@pytest.mark.parametrize("colour", [True, False])
@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_of_anybody_does_anything(word, colour):
    output = check_text(
        a_review_of(word).report, colour=colour, width=60, source=source_of(f"{word}\n" * 9)
    )
    bare = re.sub(r"\x1b\[[0-9;]*m", "", output) if colour else output
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", bare)
    assert not re.search(r"^\s*::|##\[", output, re.MULTILINE)


@pytest.mark.parametrize("width", [1, 20, 40, 60, 80, 100, 200])
def test_any_width_will_do(width):
    report = REVIEWS["three-cases"]().report
    assert check_text(report, colour=False, width=width, source=source_of("x\n" * 99))
