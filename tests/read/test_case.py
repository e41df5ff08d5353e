import re
import time
from datetime import date

import pytest

from casework.model.blob import Blob, Obstacle
from casework.model.case import Kind, RatedQuarter, Status
from casework.model.fiscal import Quarter
from casework.model.rating import Rating
from casework.read.case import read_case
from tests.read.files import CASE, FRONT_MATTER, ROOT, a_case, schemas

BODY = """
## Summary
Why.

## FY27-Q2
### Execution
- Did it. (shows: IC3-E1; witness: barbara-liskov)
"""


def test_a_case_says_what_its_file_says():
    case = a_case(BODY)
    assert case.path == CASE
    assert case.person == "ada-lovelace"
    assert case.kind is Kind.PROMOTION
    assert (case.from_level, case.to_level) == ("IC2", "IC3")
    assert case.level_since == date(2025, 2, 1)
    assert case.manager == "grace-hopper"
    assert case.review == "2027-02"
    assert case.status is Status.SUBMITTED
    assert case.framework is None
    assert case.decided is None
    assert case.effective is None
    ratings = {"proficiency": Rating.MEETS, "execution": Rating.EXCEEDS, "teamwork": Rating.EXCEEDS}
    assert case.quarters == (RatedQuarter(Quarter(2027, 2), ratings),)


def test_sections_and_items_have_the_places_of_the_file():
    case = a_case(BODY)
    assert [s.at for each in case.sections for s in each.walk()] == [(14, 1), (17, 1), (18, 1)]
    (item,) = case.sections[1].subsections[0].items
    assert item.at == (19, 1)
    assert [tuple(each.at) for each in (*item.shows, *item.witnesses)] == [(19, 19), (19, 36)]


def test_places_are_the_same_with_other_line_ends_and_a_byte_order_mark():
    text = f"---\n{FRONT_MATTER}---\n{BODY}"
    other = ("\ufeff" + text.replace("\n", "\r\n")).encode()
    assert read_case(Blob(CASE, other), schemas()) == a_case(BODY)


def test_a_ruler_in_the_body_divides_nothing():
    case = a_case(BODY + "\n---\nperson: eve\n---\n\n## Values\nx\n")
    assert case.person == "ada-lovelace"
    assert case.section("values").has_content


@pytest.mark.parametrize(
    ("what", "into", "field"),
    [
        ("person: ada-lovelace", "person: 5", "person"),
        ("kind: promotion", "kind: raise", "kind"),
        ("from: IC2", "from: [IC2]", "from_level"),
        ("to: IC3", "to: null", "to_level"),
        ("level_since: 2025-02-01", "level_since: 2025-02-30", "level_since"),
        ("manager: grace-hopper", 'manager: ""', "manager"),
        ("review: 2027-02", "review: {}", "review"),
        ("status: submitted", "status: granted", "status"),
        ("status: submitted", "status: submitted\nframework: 1", "framework"),
        ("status: submitted", "status: submitted\ndecided: 2027-02-01", "decided"),
        ("kind: promotion", "kind: in-band-increase", "to_level"),
        ("kind: promotion", "kind: in-band-increase", "review"),
        ("review: 2027-02", "review: *x", "review"),
    ],
)
def test_what_is_broken_is_none_and_the_rest_is_read(what, into, field):
    case = a_case(BODY, FRONT_MATTER.replace(what, into))
    assert getattr(case, field) is None
    assert len(case.quarters) == 1
    assert len(case.sections) == 2
    assert case.document.flaws


def test_quarters_stand_in_the_order_of_time_and_only_readable_ratings_count():
    listed = """quarters:
  FY28-Q1: {execution: next}
  FY27-Q4: {execution: nxt, teamwork: 5, a: meets}
  x: {}
  FY27-Q3: 5
"""
    case = a_case("", FRONT_MATTER.split("quarters:")[0] + listed)
    assert case.quarters == (
        RatedQuarter(Quarter(2027, 3), {}),
        RatedQuarter(Quarter(2027, 4), {"a": Rating.MEETS}),
        RatedQuarter(Quarter(2028, 1), {"execution": Rating.NEXT}),
    )


def test_sections_are_read_without_front_matter_too():
    case = read_case(Blob(CASE, b"## Summary\nx\n"), schemas())
    assert case.person is None
    assert case.section("Summary").at == (1, 1)


def test_without_a_body_the_preamble_is_where_the_front_matter_ends():
    assert a_case("").preamble.at == (12, 1)


def test_an_obstacle_makes_an_empty_case():
    case = read_case(Blob(CASE, obstacle=Obstacle.DIRECTORY), schemas())
    assert (case.person, case.quarters, case.sections) == (None, (), ())


def test_the_shipped_cases_are_without_flaw():
    paths = sorted((ROOT / "cases").glob("*/*.md"))
    assert paths
    for path in paths:
        case = read_case(Blob(path.relative_to(ROOT).as_posix(), path.read_bytes()), schemas())
        assert not case.document.flaws
        assert case.quarters
        lines = path.read_text("utf-8").split("\n")
        for section in (s for each in case.sections for s in each.walk()):
            assert re.match("##", lines[section.at.line - 1][section.at.column - 1 :])
            for item in section.items:
                assert lines[item.at.line - 1][item.at.column - 1] in "-*+0123456789"
                for each in (*item.shows, *item.witnesses):
                    assert lines[each.at.line - 1][each.at.column - 1 :].startswith(each.word)


def test_quarters_of_a_large_case_are_read_in_little_time():
    many = "".join(f"  FY{year:02}-Q{n}: {{a: met}}\n" for year in range(100) for n in (1, 2, 3, 4))
    start = time.perf_counter()
    case = a_case("", FRONT_MATTER + many)
    assert len(case.document.flaws) == 400
    assert time.perf_counter() - start < 5
