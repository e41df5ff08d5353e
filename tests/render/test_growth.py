"""What is said of those below the expected level, for a terminal and as issues."""

from datetime import date

import pytest
from tests.factories import a_case, a_finding, a_person, quarters
from tests.render.flavour import assert_harmless
from tests.render.scenes import judged
from tests.render.test_escape import HOSTILE

from casework.model.growth import DecidedCase, Growing, Growth, KnownCase, Team
from casework.render.escape import INVISIBLE
from casework.render.growth import lines
from casework.render.growth_markup import LIMIT, growth_markdown, issue_body, issue_title, marker
from casework.render.growth_text import growth_text

TODAY = date(2026, 11, 22)
PLAIN = "exceeds exceeds exceeds"


def somebody(name="Ada Lovelace", **fields):
    person = a_person("ada-lovelace", name=name, level="IC2", level_since="2025-02-01",
                      onboarded="2024-08-01")  # fmt: skip
    return Growing(person, **fields)


def growth(*people, manager="Grace Hopper"):
    team = Team(a_person("grace-hopper", name=manager) if manager is not None else None, people)
    return Growth(TODAY, "1.0.0", "IC3", (team,))


def known(case, findings=()):
    return KnownCase(judged(case, findings, today=TODAY).report, len(findings))


def said(**fields):
    return {each.label: each.text for each in lines(somebody(**fields), TODAY)}


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ({"FY27-Q2": PLAIN}, "2027-02, if FY27-Q4 is rated as needed"),
        ({}, "after FY28-Q1, for which no talent review is listed yet"),
        (None, "2027-02; no more quarters are needed"),
    ],
)
def test_the_earliest_review_is_that_of_the_case_in_progress(ratings, words):
    assert said(open=(known(a_case(ratings)),))["earliest review"] == words


def test_several_quarters_are_each_to_be_rated():
    case = known(a_case({}))
    earliest = case.report.assessment.earliest._replace(review="2027-08")
    report = case.report._replace(assessment=case.report.assessment._replace(earliest=earliest))
    told = said(open=(KnownCase(report),))["earliest review"]
    assert told == "2027-08, if each quarter through FY28-Q1 is rated as needed"


def test_a_case_whose_own_review_is_over_waits_for_the_next():
    told = said(open=(known(a_case(review="2026-08")),))
    assert told["earliest review"] == "the next one that is open; no more quarters are needed"


def test_a_broken_case_promises_nothing():
    told = said(open=(known(a_case(), [a_finding()]),))
    assert told["earliest review"] == "not known until the case's errors are fixed"


def test_an_in_band_increase_waits_for_no_review():
    told = said(open=(known(a_case(kind="in-band-increase")),))
    assert told["earliest review"] == "no promotion case yet"
    assert told["in progress"].startswith("in-band increase: draft, ")


def test_without_a_case_nothing_is_made_up():
    told = said()
    assert (told["last case"], told["in progress"]) == ("none yet", "no case yet")
    assert "earliest review" not in told


def test_the_last_outcome_has_its_day():
    case = known(a_case(review="2026-08", status="not-yet", decided="2026-08-20")).report
    told = said(last=DecidedCase(case, date(2026, 8, 20)))
    assert told["last case"] == "promotion to IC3: not yet (20 August 2026)"
    assert said(last=DecidedCase(case, None))["last case"] == "promotion to IC3: not yet"


def test_silence_is_a_call_to_write_things_down():
    silent = somebody(unrecorded=quarters("FY27-Q2", "FY27-Q3"))
    (call,) = [each for each in lines(silent, TODAY) if each.is_call]
    assert call.text.startswith("nothing for FY27-Q2 and FY27-Q3: ")
    assert "- **on record: nothing for FY27-Q2 and FY27-Q3" in growth_markdown(growth(silent))
    assert "\x1b[33m    on record" in growth_text(growth(silent), colour=True, width=80)


def test_no_output_has_a_score():
    page = growth_markdown(growth(somebody(open=(known(a_case()),))))
    assert "%" not in page
    assert " of " not in page.replace("As of", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_names_by_others_are_harmless(text):
    found = growth(somebody(text), manager=text)
    shown = growth_text(found, colour=False, width=80)
    assert not INVISIBLE.search(shown.replace("\n", ""))
    first, _, rest = issue_body(found.teams[0], found).partition("\n")
    assert first == marker("grace-hopper")
    assert_harmless(rest)
    assert_harmless(growth_markdown(found))
    assert "\n" not in issue_title(found.teams[0], found)
    assert len(issue_title(found.teams[0], found)) <= 256


def test_an_issue_of_many_people_stays_below_githubs_limit():
    found = growth(*(somebody(f"Somebody {place}") for place in range(1000)))
    body = issue_body(found.teams[0], found)
    assert len(body.encode()) <= LIMIT
    assert body.startswith(marker("grace-hopper") + "\n")
    assert "More is left out" in body
    assert "Somebody 0, IC2" in body


def test_no_marker_is_the_beginning_of_another():
    made = [marker(each) for each in (None, "ada", "ada-lovelace")]
    assert not [(a, b) for a in made for b in made if a != b and b.startswith(a)]
