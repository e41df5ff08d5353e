"""The framework that is shipped: complete, in order, and with a page that is current."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from casework.model.blob import Blob
from casework.model.policy import Approvals, Policy
from casework.read.documents import read_document
from casework.read.organisation import read_organisation
from casework.read.schema import read_schemas
from casework.render.ladder import page

ROOT = Path(__file__).parents[2]
README = ROOT / "framework" / "README.md"
CATEGORIES = ("proficiency", "execution", "teamwork")
BEHAVIOURS = {
    "IC1": (5, 4, 5),
    "IC2": (5, 5, 6),
    "IC3": (6, 5, 5),
    "IC4": (4, 5, 3),
    "IC5": (4, 4, 4),
    "IC6": (0, 0, 0),
}
CELLS = [(level, category) for level in BEHAVIOURS for category in CATEGORIES]
VALUES = (
    "customer-first",
    "work-as-a-team",
    "high-agency",
    "high-quality-through-iteration",
    "be-welcoming-and-inclusive",
    "open-and-transparent",
    "continuously-grow",
)


def blobs(*patterns):
    found = (path for pattern in patterns for path in ROOT.glob(pattern))
    return [Blob(path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in found]


@cache
def documents():
    schemas = read_schemas(blobs("schemas/*.schema.json"))
    files = blobs("framework/*.yaml", "framework/levels/*.yaml", "cases/people.yaml")
    return {blob.path: read_document(blob, schemas) for blob in files}


@cache
def organisation():
    return read_organisation(documents())


def behaviours(level, category):
    return organisation().framework.level(level).expectation(category).behaviours


def test_no_file_has_a_flaw():
    assert {path: each.flaws for path, each in documents().items() if each.flaws} == {}


def test_levels_and_categories_stand_in_order():
    (track,) = organisation().framework.tracks
    assert tuple(level.id for level in track.levels) == tuple(BEHAVIOURS)
    assert tuple(category.id for category in track.categories) == CATEGORIES


@pytest.mark.parametrize(("level", "category"), CELLS)
def test_every_behaviour_is_there_under_the_id_of_its_place(level, category):
    count = BEHAVIOURS[level][CATEGORIES.index(category)]
    initial = category[0].upper()
    ids = [behaviour.id for behaviour in behaviours(level, category)]
    assert ids == [f"{level}-{initial}{place}" for place in range(1, count + 1)]


def test_there_are_seventy_behaviours_and_none_is_said_twice():
    texts = [behaviour.text for behaviour in organisation().framework.behaviours()]
    assert len(texts) == 70
    assert [text for text, times in Counter(texts).items() if times > 1] == []


@pytest.mark.parametrize(("level", "category"), CELLS)
def test_every_level_sums_up_every_category(level, category):
    found = organisation().framework.level(level)
    assert found.name
    assert found.summary.endswith(".")
    assert found.expectation(category).summary.endswith(".")


def test_every_behaviour_is_a_sentence():
    texts = [behaviour.text for behaviour in organisation().framework.behaviours()]
    assert [text for text in texts if not text.endswith(".") or not text[0].isupper()] == []


def test_only_the_last_level_is_not_finalised():
    levels = organisation().framework.tracks[0].levels
    assert [level.id for level in levels if not level.finalised] == ["IC6"]


def test_there_are_seven_values():
    values = organisation().framework.values
    assert tuple(value.id for value in values) == VALUES
    assert all(value.description.endswith(".") for value in values)


def test_every_knob_stands_in_the_policy_with_its_default():
    policy = organisation().policy
    own = {"talent_reviews": (), "owners": ()}
    approvals = policy.approvals._replace(reviewers=())
    assert policy._replace(approvals=approvals, **own) == Policy(approvals=Approvals())
    knobs = documents()["framework/policy.yaml"].data
    assert {"window_quarters", "skip_levels", "grace_days"} <= set(knobs["promotion"])
    assert len(knobs) == 9


def test_talent_reviews_are_held_twice_a_year():
    years = Counter(review.opens.year for review in organisation().policy.talent_reviews)
    assert [times for year, times in sorted(years.items())[1:]] == [2, 2]


def test_the_page_is_current():
    made = page(organisation().framework, organisation().policy)
    assert README.read_text("utf-8") == made, "framework/README.md is not current: run `make docs`"
