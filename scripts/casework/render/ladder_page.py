"""`framework/README.md`: the ladder as a page to read, with how to read it and how to move up."""

from collections.abc import Iterator

from casework.model.english import counted, enumerated, number
from casework.model.framework import Framework, Track, Value
from casework.model.policy import Policy
from casework.render import terms
from casework.render.escape import inline as escaped
from casework.render.ladder_markup import (
    bullets,
    joined,
    levels_of,
    link,
    overview,
    table,
)  # fmt: skip

_NOTICE = """\
<!-- Made by `make docs` from the data in this folder. Edit the data, not this page. -->"""

_OPENING = """\
This page says what we expect of you, level by level. It gives you and your manager the same \
words to talk about where you stand and where you want to go. And it has a wider purpose: that \
everybody is recognised fairly for what their work changes, and that there is less room for bias \
when we hire and promote."""

_EXAMPLES = """\
**Behaviours are examples, never checkboxes.** They show what a level can look like. Nobody needs \
all of them for a promotion, and having all of them is not enough for one. What we ask for is \
impact: as much of it as your level's description of each category implies. How much you grow is \
measured, in the end, by how large that impact is."""

_CITING = """\
**Each behaviour has an id** that stays the same for good. A case cites it where a piece of work \
is an example of it: `(shows: {id})`."""

_BUILDING = """\
**Levels build on each other,** as a rule{example}. And [our values](#values) hold at all levels."""

_CONSISTENTLY = """\
**Read "consistently" into every line.** We mean it each time, and so we write it nowhere."""

_BEGINNING = """\
**A description is where a level begins.** It is the least that is expected there. Whoever has \
that impact in {everywhere} is due for the promotion, and nobody is before."""

_ONBOARDING = """\
**All this is meant for the time after your onboarding.** Some of it holds from the first day, \
such as how we talk to each other. Other things take until you are up to speed, such as knowing \
the code inside out."""

_EXPECTED = """\
**{level} is for everybody.** Growing is part of the job here, so we expect {whom} to get there \
over time."""

_MANAGER = """\
**Your manager looks after your growth:** keeps an eye on how far you have come, and is \
responsible for getting you the support and the opportunities that you need."""

_RATINGS = """\
When a quarter is over, your manager rates each category against the level you hold: `below` what \
it asks for, `meets` it, `exceeds` it, which is high performance, or `next`, which is work \
at the level above. You are promoted when a case written by your manager shows:"""

_WHY_QUARTERS = """\
Why whole quarters? Because it takes a while until "consistently" shows, and because we do nobody \
a favour with a promotion into a level where everything is a struggle."""


def page(framework: Framework, policy: Policy) -> str:
    """The whole page: how to read the ladder, how to move up, all levels, and the values."""
    return joined(
        (
            _NOTICE,
            "# Career framework",
            _contents(framework),
            _OPENING,
            "## How to read it",
            bullets(_reading(framework, policy)),
            "## How you get promoted",
            *_promotion(framework, policy),
            *(block for track in framework.tracks for block in _track(track)),
            "## Values",
            "At all levels, whatever else they ask for:",
            bullets(_value(value) for value in framework.values),
        )
    )


def _contents(framework: Framework) -> str:
    version = escaped(f"Version {framework.version}")
    ways = ["[How you get promoted](#how-you-get-promoted)", *map(link, framework.level_ids())]
    return " · ".join((version, *ways, "[Values](#values)"))


def _reading(framework: Framework, policy: Policy) -> Iterator[str]:
    yield from map(_scope, framework.tracks)
    yield _EXAMPLES
    yield from (_CITING.format(id=each.id) for each in framework.behaviours()[-1:])
    yield _BUILDING.format(example=_building_example(framework))
    yield _CONSISTENTLY
    yield _BEGINNING.format(everywhere=_everywhere(framework))
    yield _ONBOARDING
    expected = policy.expected_level
    if expected is not None:
        yield _EXPECTED.format(level=link(expected), whom=_expected_of(framework, expected))
    yield _MANAGER


def _scope(track: Track) -> str:
    ends = " to ".join(dict.fromkeys(link(track.levels[end].id) for end in (0, -1)))
    names = enumerated([escaped(category.name.lower()) for category in track.categories])
    return (
        f"**{escaped(track.name)} have {counted(len(track.levels), 'level')},** {ends}. "
        f"A level has a description for each category ({names}): "
        "a sentence that sums it up, and some behaviours."
    )


def _building_example(framework: Framework) -> str:
    track = next((each for each in framework.tracks if len(each.levels) > 1), None)
    if track is None:
        return ""
    lower, upper = (escaped(level.id) for level in track.levels[:2])
    return f": at {upper} you do what {lower} asks for as well, and so on upwards"


def _everywhere(framework: Framework) -> str:
    counts = {len(track.categories) for track in framework.tracks}
    if len(counts) != 1 or counts == {1}:
        return "every category"
    return "both categories" if counts == {2} else f"all {number(*counts)} categories"


def _expected_of(framework: Framework, level: str) -> str:
    track = framework.track_of(level)
    if track is None or len(framework.tracks) == 1:
        return "every one of us"
    return f'everybody on the ladder "{escaped(track.name)}"'


def _promotion(framework: Framework, policy: Policy) -> Iterator[str]:
    everywhere = _everywhere(framework)
    yield _RATINGS
    yield bullets(terms.bars(policy, everywhere))
    yield " ".join((*terms.sharing(policy), terms.steps(policy)))
    yield _WHY_QUARTERS
    yield f"{terms.fiscal_year(policy)} A quarter counts when it:"
    yield bullets(terms.counting(policy))
    yield terms.recording(policy)
    yield f"**When it is decided.** {terms.reviews(policy)}"
    if policy.talent_reviews:
        heads = ("Review", "Opens", "Cases are due", "Decided by")
        yield table(heads, map(terms.review_row, policy.talent_reviews))
    yield f"**Who decides.** {terms.approvals(policy)}"
    yield f"**A pay increase within your level.** {terms.in_band(policy, everywhere)}"
    yield "All these numbers and days are set in [policy.yaml](policy.yaml)."


def _track(track: Track) -> Iterator[str]:
    yield f"## {escaped(track.name)}"
    yield bullets(f"**{escaped(c.name)}.** {escaped(c.description)}" for c in track.categories)
    yield overview(track)
    yield levels_of(track, track.levels, 3)


def _value(value: Value) -> str:
    return f"**{escaped(value.name)}.** {escaped(value.description)}"
