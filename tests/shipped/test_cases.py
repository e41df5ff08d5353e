"""The example cases: what each is there to show, on the day that they were written for."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from casework.cli.main import main

ROOT = Path(__file__).parents[2]
CASES = ROOT / "cases"
TODAY = "2026-11-22"
CATEGORIES = ("proficiency", "execution", "teamwork")

INTENDED = {
    "ada-lovelace/2027-02": ("promotion", "submitted", "not-ready"),
    "alan-turing/2026-08": ("promotion", "promoted", "ready"),
    "annie-easley/2026-02": ("promotion", "promoted", "ready"),
    "annie-easley/in-band-2026-12": ("in-band-increase", "draft", "not-ready"),
    "clarence-ellis/in-band-2026-11": ("in-band-increase", "submitted", "ready"),
    "dorothy-vaughan/2026-02": ("promotion", "not-yet", "ready"),
    "dorothy-vaughan/2027-02": ("promotion", "draft", "ready"),
    "joan-clarke/in-band-2026-10": ("in-band-increase", "declined", "ready"),
    "karen-sparck-jones/2027-02": ("promotion", "submitted", "ready"),
    "mary-jackson/in-band-2026-05": ("in-band-increase", "granted", "ready"),
    "rozsa-peter/2025-08": ("promotion", "promoted", "ready"),
    "xia-peisu/2027-08": ("promotion", "draft", "not-ready"),
}

# A promotion needs a review that accepts cases once the quarter is over; an increase needs none.
EARLIEST = {
    "ada-lovelace/2027-02": {"quarter": "FY27-Q4", "review": "2027-02"},
    "annie-easley/in-band-2026-12": {"quarter": "FY27-Q4", "review": None},
    "xia-peisu/2027-08": {"quarter": "FY28-Q1", "review": "2027-08"},
}

USED = {
    "alan-turing/2026-08": {
        "FY27-Q1": "current-level-quarter",
        "FY27-Q2": "next-level-quarter",
    },
    "dorothy-vaughan/2027-02": {
        "FY27-Q2": "current-level-quarter",
        "FY27-Q3": "next-level-quarter",
    },
    "mary-jackson/in-band-2026-05": {"FY27-Q1": "exceeds-current-level"},
}

EVERY_STATUS = {
    "promotion": {"draft", "submitted", "promoted", "not-yet"},
    "in-band-increase": {"draft", "submitted", "granted", "declined"},
}


@pytest.fixture(scope="module")
def report():
    """What `casework check` says of the shipped files on that day."""
    import contextlib
    import io

    output = io.StringIO()
    arguments = ["check", "--format", "json", "--today", TODAY, "--no-cache", "-C", str(ROOT)]
    with contextlib.redirect_stdout(output):
        status = main(arguments)
    return {"status": status, **json.loads(output.getvalue())}


@pytest.fixture(scope="module")
def cases(report):
    """The cases of the report by their path, without folder and ending."""
    return {
        each["path"].removeprefix("cases/").removesuffix(".md"): each for each in report["cases"]
    }


def test_check_passes(report):
    assert report["status"] == 0
    assert [each for each in report["findings"] if each["severity"] == "error"] == []


def test_the_only_thing_pointed_out_is_the_quarter_in_progress(report):
    found = [(each["path"], each["rule"]) for each in report["findings"]]
    assert found == [("cases/ada-lovelace/2027-02.md", "unfinished-quarter")]


def test_no_case_is_without_intention(cases):
    assert cases.keys() == INTENDED.keys()


@pytest.mark.parametrize("name", INTENDED)
def test_a_case_shows_what_it_is_meant_to(cases, name):
    case = cases[name]
    assert (case["kind"], case["status"], case["verdict"]) == INTENDED[name]


@pytest.mark.parametrize("name", INTENDED)
def test_earliest_is_said_where_quarters_are_missing(cases, name):
    assert cases[name]["earliest"] == EARLIEST.get(name)


@pytest.mark.parametrize("name", USED)
def test_quarters_are_used_as_the_text_says(cases, name):
    used = {each["quarter"]: each["used_for"] for each in cases[name]["quarters"]}
    assert {quarter: use for quarter, use in used.items() if use} == USED[name]


@pytest.mark.parametrize("kind", EVERY_STATUS)
def test_every_status_of_a_kind_is_shown(cases, kind):
    shown = {each["status"] for each in cases.values() if each["kind"] == kind}
    assert shown == EVERY_STATUS[kind]


def test_a_decision_of_not_yet_is_followed_by_a_case_that_answers_it():
    after = (CASES / "dorothy-vaughan" / "2027-02.md").read_text("utf-8")
    for place in ("first", "second", "third", "fourth"):
        assert f"Answer to the {place} action:" in after


def test_somebody_has_left_and_is_still_listed():
    assert "left: " in (CASES / "people.yaml").read_text("utf-8")


def test_the_page_about_the_examples_names_every_one_of_them():
    page = (CASES / "README.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z-]+/[0-9a-z-]+)\.md`", page))
    assert named == INTENDED.keys()


@pytest.mark.parametrize("name", INTENDED)
def test_a_case_is_of_a_readable_length(name):
    lines = (CASES / f"{name}.md").read_text("utf-8").splitlines()
    assert 70 <= len(lines) <= 150


def test_what_the_readme_begins_with_works_on_the_examples(tmp_path, capsys):
    for each in ("cases", "framework", "schemas"):
        shutil.copytree(ROOT / each, tmp_path / each)
    who = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), (*who, "commit", "-q", "-m", "All")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    page = (ROOT / "README.md").read_text("utf-8").partition("## Over time\n")[2]
    shown = re.findall(r"^casework (.+?)(?:  +#.*)?$", page.partition("\n## ")[0], re.MULTILINE)
    assert [each.split()[0] for each in shown[:3]] == ["new", "rate", "decide"]
    for words in map(str.split, shown):
        # Without a terminal, nobody can be asked.
        typed = [f"--rating={each}=meets" for each in CATEGORIES if words[0] == "rate"]
        code = main([*words, *typed, "-C", str(tmp_path), "--today", TODAY])
        assert code == 0, (words, capsys.readouterr().err)
