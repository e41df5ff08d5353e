"""Those below the expected level as GitHub Markdown: a page, and one issue for each manager."""

from collections.abc import Iterator
from datetime import date

from casework.model.english import day
from casework.model.growth import Growing, Growth, Team
from casework.model.people import Person
from casework.render.escape import code, inline, plain, prose
from casework.render.fitting import cut
from casework.render.growth import (
    NO_MANAGER,
    NOBODY_EXPECTED,
    lines,
    name_of,
    nobody,
    purpose,
    unplaced,
)

MARKED = "<!-- casework:growth "
"""How the text of every such issue begins."""

LIMIT = 65_000
"""GitHub takes 65,536 characters; as for the summary."""

_LONGEST_TITLE = 250
_LEFT_OUT = (
    "More is left out, since GitHub limits the length of an issue; `casework growth` has it all."
)


def growth_markdown(growth: Growth, manager: Person | None = None) -> str:
    """The list as a page; `manager` is the one whose reports were asked for."""
    return "".join(f"{each}\n" for each in _page(growth, manager))


def _page(growth: Growth, manager: Person | None) -> Iterator[str]:
    if growth.expected is None:
        yield prose(NOBODY_EXPECTED)
        return
    yield f"# Growth towards {inline(growth.expected)}"
    yield from ("", prose(purpose(growth)))
    if not growth.teams:
        yield from ("", prose(nobody(growth, manager)))
    for team in growth.teams:
        yield from ("", f"## {inline(name_of(team))}")
        yield from _team(team, growth.as_of)
    if note := unplaced(growth):
        yield from ("", f"Note: {prose(note)}")
    yield from ("", f"As of {day(growth.as_of)}, by framework {inline(growth.framework)}.")


def marker(manager: str | None) -> str:
    """How the issue for a manager is known again; None is that of those who have none."""
    # No handle begins with a hyphen.
    return f"{MARKED}{manager or '-'} -->"


def issue_title(team: Team, growth: Growth) -> str:
    """The title of a manager's issue, plain text."""
    if team.manager is None:
        return plain(f"Growth towards {growth.expected}: who has no manager", _LONGEST_TITLE)
    who = f"who reports to {team.manager.name}"
    return plain(f"Growth towards {growth.expected}: {who}", _LONGEST_TITLE)


def issue_body(team: Team, growth: Growth) -> str:
    """What a manager's issue says, below GitHub's limit.

    It changes with the cases and, in what it says of time, once a month.
    """
    return cut(_issue(team, growth), LIMIT, _LEFT_OUT)


def _issue(team: Team, growth: Growth) -> Iterator[str]:
    yield marker(team.manager and team.manager.handle)
    yield prose(purpose(growth))
    if team.manager is None:
        yield ""
        yield prose(
            f"{NO_MANAGER}: the people listed here have none in `cases/people.yaml`, "
            "or one who has left. Name one there."
        )
    counted_to = growth.as_of.replace(day=1)
    yield from _team(team, counted_to)
    of = f" --manager {team.manager.handle}" if team.manager else ""
    now = code(f"casework growth{of}")
    yield ""
    yield f"Times are counted to {day(counted_to)}; {now} shows them as of today."


def _team(team: Team, as_of: date) -> Iterator[str]:
    for each in team.people:
        yield from ("", *_person(each, as_of))


def _person(growing: Growing, as_of: date) -> Iterator[str]:
    person = growing.person
    yield f"### {inline(person.name)}, {inline(person.level or '')}"
    yield ""
    for each in lines(growing, as_of):
        text = prose(f"{each.label}: {each.text}")
        yield f"- **{text}**" if each.is_call else f"- {text}"
