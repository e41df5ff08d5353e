"""The ladder in each of its forms, with one track and with two whose categories differ."""

import re
from datetime import date

import pytest
from markdown_it import MarkdownIt
from tests.factories import a_framework, a_level, a_policy, a_track
from wcwidth import wcswidth

from casework.model.fiscal import FiscalCalendar
from casework.model.framework import Behaviour, Category, Expectation, Level
from casework.model.policy import Approvals, TalentReview
from casework.render import ladder

MANAGING = (
    Category("people", "People", "P", "How the people fare."),
    Category("delivery", "Delivery", "D", "What the team ships."),
    Category("hiring", "Hiring", "H", "Who joins."),
    Category("direction", "Direction", "R", "Where it goes."),
)
ENGINEERS = a_track()
MANAGERS = a_track("M1", "M2", name="Engineering managers", categories=MANAGING)
ONE = a_framework(ENGINEERS)
TWO = a_framework(ENGINEERS, MANAGERS)


def page(framework=ONE, **knobs):
    return ladder.page(framework, a_policy(**knobs))


def text(level=None, category=None, framework=TWO, colour=False, width=80):
    return ladder.text(framework, level, category, colour, width)


def html(markdown):
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)


@pytest.mark.parametrize("framework", [ONE, TWO], ids=["one track", "two tracks"])
def test_every_level_and_behaviour_has_one_anchor_on_the_page(framework):
    made = page(framework)
    ids = re.findall(r'<a id="([^"]+)"', made)
    assert len(ids) == len(set(ids))
    wanted = (*framework.level_ids(), *(each.id for each in framework.behaviours()))
    assert set(ids) == set(map(str.lower, wanted))


@pytest.mark.parametrize("framework", [ONE, TWO], ids=["one track", "two tracks"])
def test_links_on_the_page_lead_somewhere(framework):
    made = html(page(framework))
    targets = set(re.findall(r'href="#([^"]+)"', made))
    headings = re.findall(r"<h2>([^<]+)</h2>", made)
    known = {*re.findall(r'id="([^"]+)"', made)}
    assert targets <= known | {heading.lower().replace(" ", "-") for heading in headings}


def test_a_track_has_its_own_levels_categories_and_overview():
    made = page(TWO)
    assert "**Software engineers have six levels,** [IC1](#ic1) to [IC6](#ic6)." in made
    assert "**Engineering managers have two levels,** [M1](#m1) to [M2](#m2)." in made
    assert "(people, delivery, hiring and direction)" in made
    assert "| Level | Proficiency | Execution | Teamwork |" in made
    assert "| Level | People | Delivery | Hiring | Direction |" in made
    assert "every category rated `next`" in made
    assert 'we expect everybody on the ladder "Software engineers" to get there' in made


def test_a_track_with_one_level_is_not_said_to_run_from_it_to_itself():
    made = page(a_framework(a_track("IC1")), expected_level=None)
    assert "**Software engineers have one level,** [IC1](#ic1). A level" in made
    assert "**Levels build on each other,** as a rule. And" in made


def test_a_level_that_is_not_finalised_is_marked():
    made = page()
    assert "> [!NOTE]\n> Not finalised" in made.split('id="ic6"')[1]
    assert "Not finalised" not in made.split('id="ic6"')[0]
    assert "**[IC6](#ic6)**<br>Engineer IC6 (not finalised) |  |  |  |" in made


def test_the_page_says_that_behaviours_are_no_checkboxes():
    assert "examples, never checkboxes" in page()
    assert "[ ]" not in page()


@pytest.mark.parametrize(
    ("knobs", "said"),
    [
        ({}, ("high performance at the level you hold, for at least one quarter: all three "
             "categories rated `exceeds` or better")),
        ({}, ("work at the level you aim for, for at least one quarter: all three categories "
             "rated `next`\n")),
        ({"next_level": (2, "next")}, "for at least two quarters: all three categories rated `nex"),
        ({"current_level": (1, "meets")}, ("what your level asks for, for at least one quarter: "
                                          "all three categories rated `meets` or better")),
        ({}, ("No quarter counts for both. A quarter at `next` is one of high performance too, so "
             "two quarters at `next` are enough for both.")),
        ({"current_level": (2, "exceeds")}, "so three quarters at `next` are enough for both"),
        ({"a_quarter_may_count_twice": True}, "One quarter may count for both. The order"),
        ({}, "The order of the quarters does not matter, nor whether others lie between them."),
        ({"consecutive": True}, "The quarters follow each other without a gap"),
        ({}, "A promotion goes to the level right above yours."),
        ({"skip_levels": True}, "A promotion may skip a level."),
        ({}, "FY27-Q1 is 1 February 2026 to 30 April 2026."),
        ({"calendar": FiscalCalendar(7, False)}, "FY27-Q1 is 1 July 2027 to 30 September 2027."),
        ({}, "(if you reached it no more than 31 days into the quarter, the whole quarter counts)"),
        ({"grace_days": 0}, "- began when you already held your level\n"),
        ({"window_quarters": 4}, "- is among the four quarters before the one in progress\n"),
        ({"evidence_per_cell": 2}, "at least two pieces of evidence with a link or a witness"),
        ({}, "**[IC3](#ic3) is for everybody.**"),
        ({"expected_level": "IC2"}, "**[IC2](#ic2) is for everybody.**"),
        ({"record_within_days": 45}, "on record more than 45 days after its end"),
        ({}, "a talent review, once a year."),
        ({"talent_reviews": ()}, "none has been announced yet."),
        ({}, "| 2026-08 | 1 August 2026 | 14 August 2026 | 31 August 2026 |"),
        ({}, ("Two members of the calibration group approve the case, at least one of them at the "
             "level you aim for or above. ")),
        ({"approvals": Approvals((), 1, 0, 1)}, ("One member of the calibration group approves the "
                                                "case. ")),
        ({"approvals": Approvals((), 0, 0, 3)}, "No reviewer's approval is asked for."),
        ({"approvals": Approvals(answer_within_days=3)}, "answers within three days."),
        ({"in_band_increase": (2, "exceeds")}, ("It takes that for at least two quarters: "
                                                "all three categories rated `exceeds` or better.")),
    ],
)  # fmt: skip
def test_the_page_says_what_the_policy_says(knobs, said):
    assert said in page(**knobs)


@pytest.mark.parametrize(
    ("knobs", "unsaid"),
    [
        ({"expected_level": None}, "is for everybody"),
        ({"evidence_per_cell": 0}, "with a link or a witness"),
        ({}, "before the one in progress"),
        ({"a_quarter_may_count_twice": True}, "No quarter stands for both"),
        ({"next_level": (1, "meets")}, "one of high performance too"),
        ({"talent_reviews": ()}, "| Review |"),
    ],
)
def test_the_page_leaves_out_what_does_not_apply(knobs, unsaid):
    assert unsaid not in page(**knobs)


def test_reviews_are_counted_per_year():
    days = [date(2027, month, 1) for month in (2, 6, 8)]
    reviews = tuple(TalentReview(str(day), day, day, day) for day in days)
    assert "a talent review, three times a year." in page(talent_reviews=reviews)
    assert "a talent review, twice a year." in page(talent_reviews=reviews[1:])


def a_hostile_framework():
    bad = '</a><img src=x onerror="y"> | **b** [c](http://d) `e` <!-- @f #1'
    expectations = (Expectation("p", bad, (Behaviour("X-P1", bad),)),)
    category = Category("p", bad, "P", bad)
    level = Level("X", bad, bad, True, expectations)
    return a_framework(a_track(level, name=bad, categories=(category,)), version=bad)


@pytest.mark.parametrize(
    "make",
    [
        lambda framework: page(framework, expected_level=None),
        lambda framework: ladder.markdown(framework, None, None),
        lambda framework: ladder.markdown(framework, "x", None),
    ],
    ids=["page", "overview", "level"],
)
def test_what_the_data_say_is_shown_as_it_is(make):
    made = html(make(a_hostile_framework()))
    assert "<img" not in made
    assert "<strong>b</strong>" not in made
    assert "http://d" not in re.findall(r'href="([^"]+)"', made)
    assert made.count("<tr>") in (
        0,
        2,
        5,
    )  # a level has one, a talent review too, and so has a table's head


def test_the_terminal_shows_the_level_first_and_then_what_it_builds_on():
    shown = text("IC3")
    places = [shown.index(f"{level} · Engineer {level}") for level in ("IC3", "IC2", "IC1")]
    assert places == sorted(places)
    assert "IC3 builds on IC2:" in shown
    assert "IC4" not in shown
    assert "never checkboxes" in shown
    assert "At all levels: High agency" in shown


def test_the_terminal_shows_one_category_alone():
    shown = text("m2", "People")
    assert "M2-P1" in shown
    assert "M1-P2" in shown
    assert "Delivery" not in shown


def test_without_a_level_the_terminal_shows_the_overview_of_every_track():
    shown = text()
    assert "Software engineers\n" in shown
    assert "Engineering managers\n" in shown
    assert "Direction  What M2 asks for in Direction." in shown
    assert "IC3-E1" not in shown
    assert "Not finalised" in shown
    assert shown.endswith("casework ladder M2\n")


def test_a_category_without_a_level_leaves_tracks_out_that_lack_it():
    assert "Software engineers" not in text(category="hiring")


@pytest.mark.parametrize("width", [1, 40, 72, 500])
@pytest.mark.parametrize("level", [None, "IC5", "M2"])
def test_lines_fit_the_width(width, level):
    framework = a_framework(a_track(a_level("IC5")), MANAGERS)
    lines = text(level, framework=framework, width=width).splitlines()
    assert max(map(wcswidth, lines)) <= max(40, min(width, 100))
    assert not [line for line in lines if line != line.rstrip()]


def test_colour_changes_nothing_but_colour():
    coloured = text("IC3", colour=True)
    assert "\x1b[1mIC3-E1\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text("IC3")
    assert "\x1b" not in text("IC3")


def test_data_hold_the_whole_ladder():
    data = ladder.data(TWO, None, None)
    assert data["framework"] == "1.0.0"
    assert [track["track"] for track in data["tracks"]] == [
        "Software engineers",
        "Engineering managers",
    ]
    assert [level["finalised"] for level in data["tracks"][0]["levels"]] == [True] * 5 + [False]
    assert data["values"][0]["id"] == "high-agency"


def test_data_hold_a_level_with_what_it_builds_on():
    (track,) = ladder.data(TWO, "ic2", "EXECUTION")["tracks"]
    assert [level["level"] for level in track["levels"]] == ["IC1", "IC2"]
    assert [category["id"] for category in track["categories"]] == ["execution"]
    assert track["levels"][1]["categories"] == {
        "execution": {
            "summary": "What IC2 asks for in Execution.",
            "behaviours": [
                {"id": "IC2-E1", "text": "Example 1 of IC2."},
                {"id": "IC2-E2", "text": "Example 2 of IC2."},
            ],
        }
    }


def test_markdown_shows_the_level_first():
    made = ladder.markdown(TWO, "M2", None)
    assert made.index("Engineer M2") < made.index("Engineer M1")
    assert "never checkboxes" in made
    assert ladder.markdown(TWO, None, "people").count("| Level | People |") == 1


@pytest.mark.parametrize(
    ("level", "category", "message"),
    [
        ("IC9", None, ("there is no level `IC9`; "
                      "the levels are IC1, IC2, IC3, IC4, IC5, IC6, M1, M2")),
        ("M1", "execution", ("there is no category `execution`; "
                            "the categories are people, delivery, hiring, direction")),
        (None, "speed", ("there is no category `speed`; the categories are proficiency, execution, "
                        "teamwork, people, delivery, hiring, direction")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", [text, ladder.markdown, ladder.data])
def test_what_there_is_not_is_said(form, level, category, message):
    arguments = (level, category) if form is text else (TWO, level, category)
    with pytest.raises(LookupError) as error:
        form(*arguments)
    assert error.value.args == (message,)
