"""A second track, engineering managers with levels and categories of their own, by data alone."""

import json
from typing import Any

import pytest

from tests.cli.clones import PEOPLE, Clone, Run

FRAMEWORK = "framework/framework.yaml"
CASE = "cases/radia-perlman/2027-02.md"
NAMES = {
    "people": "People",
    "delivery": "Delivery",
    "technical-judgement": "Technical judgement",
    "organisation": "Organisation",
}
TRACK = """\
tracks:
  - track: Engineering managers
    levels: [M1, M2, M3]
    categories:
""" + "".join(
    f"      - {{id: {each}, name: {name}, initial: {name[0]}, description: What it is about.}}\n"
    for each, name in NAMES.items()
)
MANAGER = (
    "  radia-perlman: {name: Radia Perlman, github: rperlman, level: M1, level_since: 2025-02-01,"
    " onboarded: 2024-08-01, manager: margaret-hamilton}\n"
)


def level(id: str) -> str:
    """The file of a level."""
    return f"level: {id}\nname: Manager\nsummary: Leads.\ncategories:\n" + "".join(
        f"  {category}:\n    summary: Leads well.\n    behaviours:\n"
        f"      - {{id: {id}-{name[0]}1, text: Does so.}}\n"
        for category, name in NAMES.items()
    )


def case(last: str = "next next next next", to: str = "M2") -> str:
    """A case of the manager whose second quarter is rated so."""
    rated = {"FY27-Q2": ["exceeds"] * 4, "FY27-Q3": last.split()}
    quarters = "".join(
        f"  {label}: {{{', '.join(map(': '.join, zip(NAMES, ratings, strict=True)))}}}\n"
        for label, ratings in rated.items()
    )
    evidence = "".join(
        f"### {name}\n\n- Cut the wait for a decision from 40 days to 6"
        f" ([notes](https://example.com/n)). (shows: M2-{name[0]}1)\n\n"
        for name in NAMES.values()
    )
    return (
        "---\nperson: radia-perlman\nkind: promotion\nfrom: M1\n"
        f"to: {to}\nlevel_since: 2025-02-01\nmanager: margaret-hamilton\nreview: 2027-02\n"
        f"status: submitted\nquarters:\n{quarters}---\n\n## Summary\n\nThree teams now ship on"
        " the day they name.\n\n" + "".join(f"## {label}\n\n{evidence}" for label in rated)
        + "## Values\n\nOpen and transparent: wrote each decision down.\n\n"
        "## Growth areas\n\nTo hand over sooner.\n"
    )  # fmt: skip


@pytest.fixture
def organisation(clone: Clone) -> Clone:
    framework = (clone.root / FRAMEWORK).read_text("utf-8")
    assert "\ntracks: []\n" in framework
    clone.write(FRAMEWORK, framework.replace("\ntracks: []\n", "\n" + TRACK))
    for each in ("M1", "M2"):
        clone.write(f"framework/levels/{each.lower()}.yaml", level(each))
    clone.write(
        "framework/levels/m3.yaml",
        "level: M3\nname: Manager\nsummary: To come.\nfinalised: false\n",
    )
    clone.write("cases/people.yaml", PEOPLE + MANAGER)
    return clone


def checked(run: Run, clone: Clone, text: str) -> tuple[int, dict[str, Any], list[Any]]:
    clone.write(CASE, text)
    ran = run("check", "--format", "json", at=clone)
    report = json.loads(ran.out)
    return ran.code, report["cases"][0], report["findings"]


def states(report: dict[str, Any]) -> dict[str, str]:
    return {each["id"]: each["state"] for each in report["requirements"]}


def test_a_case_is_judged_in_the_four_categories_of_its_track(
    run: Run, organisation: Clone
) -> None:
    code, report, findings = checked(run, organisation, case())
    assert (code, findings, report["verdict"]) == (0, [], "ready")
    assert [each["used_for"] for each in report["quarters"]] == [
        "current-level-quarter",
        "next-level-quarter",
    ]
    assert "in all four categories" in report["requirements"][1]["detail"]


def test_the_fourth_category_decides(run: Run, organisation: Clone) -> None:
    _, report, _ = checked(run, organisation, case("next next next exceeds"))
    requirement = report["requirements"][2]
    assert (report["verdict"], requirement["state"]) == ("not-ready", "unmet")
    assert "FY27-Q3 comes nearest: organisation is rated `exceeds`" in requirement["detail"]
    assert report["earliest"] == {"quarter": "FY27-Q4", "review": "2027-02"}


@pytest.mark.parametrize("to", ["M3", "IC4"])
def test_tracks_do_not_lead_into_each_other(run: Run, organisation: Clone, to: str) -> None:
    _, report, _ = checked(run, organisation, case(to=to))
    assert states(report)["next-level"] == "unmet"


def test_the_categories_of_the_other_track_are_none_of_this_one(
    run: Run, organisation: Clone
) -> None:
    text = case().replace("delivery:", "execution:").replace("### Delivery", "### Execution")
    code, _, findings = checked(run, organisation, text)
    assert code == 1
    assert {each["rule"] for each in findings} == {
        "missing-field", "unknown-field", "unrated-evidence"
    }  # fmt: skip


def test_the_ladder_shows_both(run: Run, organisation: Clone) -> None:
    assert "M2-T1" in run("ladder", "M2", at=organisation).out
    assert "Engineering managers" in run("ladder", at=organisation).out
    assert "M2-T1" not in run("ladder", "IC2", at=organisation).out
