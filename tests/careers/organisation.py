"""The team that Joan joins, its policy, and how her managers write into a case."""

import re
from collections.abc import Callable
from pathlib import Path

PEOPLE_FILE = "cases/people.yaml"
POLICY_FILE = "framework/policy.yaml"

POLICY = """\
expected_level: IC3
record_within_days: 60
talent_reviews:
  - {id: 2024-08, opens: 2024-08-01, cases_due: 2024-08-16, decided_by: 2024-08-31}
  - {id: 2025-02, opens: 2025-02-01, cases_due: 2025-02-14, decided_by: 2025-02-28}
  - {id: 2025-08, opens: 2025-08-01, cases_due: 2025-08-15, decided_by: 2025-08-31}
  - {id: 2026-02, opens: 2026-02-01, cases_due: 2026-02-13, decided_by: 2026-02-28}
  - {id: 2026-08, opens: 2026-08-01, cases_due: 2026-08-14, decided_by: 2026-08-31}
  - {id: 2027-02, opens: 2027-02-01, cases_due: 2027-02-12, decided_by: 2027-02-28}
approvals:
  reviewers: [katherine-johnson, barbara-liskov, edsger-dijkstra]
  required: 1
owners: [margaret-hamilton, katherine-johnson]
"""

PEOPLE = """\
people:
  margaret-hamilton: {name: Margaret Hamilton, github: mhamilton}
  grace-hopper: {name: Grace Hopper, github: ghopper, manager: margaret-hamilton}
  mary-kenneth-keller: {name: Mary Kenneth Keller, github: mkkeller, manager: margaret-hamilton}
  katherine-johnson:
    {name: Katherine Johnson, github: kjohnson, level: IC5, level_since: 2022-03-01,
     onboarded: 2018-10-01, manager: margaret-hamilton}
  barbara-liskov:
    {name: Barbara Liskov, github: bliskov, level: IC4, level_since: 2022-09-01,
     onboarded: 2020-02-01, manager: grace-hopper}
  edsger-dijkstra:
    {name: Edsger Dijkstra, github: edijkstra, level: IC4, level_since: 2022-09-01,
     onboarded: 2021-05-01, manager: mary-kenneth-keller}
  annie-easley:
    {name: Annie Easley, github: aeasley, level: IC2, level_since: 2023-09-01,
     onboarded: 2022-09-01, manager: grace-hopper}
"""
JOAN = """\
  # Joan's level and its day are written by `casework decide`.
  joan-clarke:
    {name: Joan Clarke, github: jclarke, level: IC1, level_since: 2024-02-05,
     onboarded: 2024-04-30, manager: grace-hopper}
"""

_, *_PROSE = re.split(
    r"^## (.+)\n", (Path(__file__).parent / "work.md").read_text("utf-8"), flags=re.M
)
WORK = {title: body.strip() for title, body in zip(_PROSE[::2], _PROSE[1::2], strict=True)}
"""What is written into the cases, by the heading that it has in `work.md`."""

Change = Callable[[str], str]


def replaced(old: str, new: str) -> Change:
    """One passage instead of another, which stands there once."""

    def change(text: str) -> str:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        return text.replace(old, new)

    return change


def under(heading: str, body: str) -> Change:
    """What a section says, in place of its hint: `FY25-Q2 > Execution`, or `Summary`."""
    *outer, title = heading.split(" > ")
    lead = f"## {outer[0]}\n.*?^###" if outer else "##"
    found = re.compile(rf"(^{lead} {title}\n).*?(?=^##|\Z)", re.MULTILINE | re.DOTALL)

    def change(text: str) -> str:
        assert len(found.findall(text)) == 1, heading
        return found.sub(lambda match: f"{match[1]}\n{body.strip()}\n\n", text).rstrip("\n") + "\n"

    return change


def without(title: str) -> Change:
    """A section that is not needed is taken out, with all that stands below it."""
    section = re.compile(rf"^## {title}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    return lambda text: section.sub("", text)


def evidence(*quarters: str) -> tuple[Change, ...]:
    """What Joan did in these quarters, each piece in its place."""
    return tuple(
        under(f"{quarter} > {category}", item)
        for quarter in quarters
        for category, item in zip(
            ("Proficiency", "Execution", "Teamwork"), _items(WORK[quarter]), strict=True
        )
    )


def _items(text: str) -> list[str]:
    return re.split(r"\n(?=- )", text)


def ratings(proficiency: str, execution: str, teamwork: str) -> tuple[str, ...]:
    """As `casework rate` takes them."""
    given = {"proficiency": proficiency, "execution": execution, "teamwork": teamwork}
    return tuple(word for pair in given.items() for word in ("--rating", "=".join(pair)))


EXCEEDS = ratings("exceeds", "exceeds", "exceeds")
NEXT = ratings("next", "next", "next")
