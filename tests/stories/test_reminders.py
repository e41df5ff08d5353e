"""What a day's run of the clock leaves on GitHub: reminders, and the managers' issues.

Each story runs the shipped workflow file as it is, by the date of the day; `reminders/` holds what
people then read, with the days of 2027 in place of its own.
"""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from casework.model.english import day
from tests.cli.clones import PEOPLE, case
from tests.stories.organisation import PEOPLE_FILE, in_words_of_2026, recent
from tests.stories.stage import BOT, Agrees, Stage

HERE = Path(__file__).parent / "reminders"
MANAGER = "ghopper"
CASE = "cases/ada-lovelace/2027-02.md"
WORKFLOW = "reminders.yml"
TODAY = datetime.now(UTC).date()
MONTH = TODAY.replace(day=1)
SINCE = date((MONTH.year * 12 + MONTH.month - 17) // 12, (MONTH.month - 17) % 12 + 1, 1)
"""Ada Lovelace has held her level for sixteen months, whenever this is run."""


def days(until_due: int, until_decided: int) -> dict[str, date]:
    """A talent review's days, counted from today."""
    due, decided = (TODAY + timedelta(days=each) for each in (until_due, until_decided))
    return {"opens": due - timedelta(days=11), "cases_due": due, "decided_by": decided}


DUE, LATE = days(5, 21), days(-18, -2)
OF_2027 = {
    "opens": date(2027, 2, 1), "cases_due": date(2027, 2, 12), "decided_by": date(2027, 2, 28)
}  # fmt: skip


def policy(review: dict[str, date], growth_issues: bool = True) -> str:
    fields = ", ".join(f"{name}: {each}" for name, each in review.items())
    return (
        f"talent_reviews:\n  - {{id: 2027-02, {fields}}}\n"
        "approvals:\n  reviewers: [katherine-johnson, barbara-liskov]\n"
        f"owners: [margaret-hamilton]\ngrowth_issues: {str(growth_issues).lower()}\n"
    )


def people() -> str:
    return PEOPLE.replace("2025-02-01", str(SINCE)).replace("2024-08-01", str(SINCE))


def of_now(status: str) -> str:
    """A case of the quarters that ended last."""
    names = dict(zip(("FY27-Q2", "FY27-Q3"), recent()[:2], strict=True))
    text = case(status, level_since=str(SINCE))
    return re.sub(r"FY\d\d-Q\d", lambda found: names[found[0]], text)


def told(text: str, review: dict[str, date]) -> str:
    """The text with the days of 2027 in place of this run's."""
    shown = {day(each): day(OF_2027[name]) for name, each in review.items()}
    shown |= {day(MONTH): day(date(2027, 2, 1)), day(SINCE): day(date(2025, 10, 1))}
    found = re.compile("|".join(map(re.escape, shown)))
    return in_words_of_2026(found.sub(lambda match: shown[match[0]], text)).rstrip("\n") + "\n"


def agreed(stage: Stage, review: dict[str, date], growth_issues: bool = True) -> None:
    """What the organisation's main branch says from now on."""
    files = {"framework/policy.yaml": policy(review, growth_issues), PEOPLE_FILE: people()}
    stage.hub.move_base(stage.commit("the-organisation", files))
    stage.clone.git("branch", "-q", "-f", "agreed", stage.hub.git.tip("main"))


def proposed(stage: Stage, status: str) -> int:
    head = stage.commit("the-case", {CASE: of_now(status)}, onto="agreed")
    return stage.hub.open_pull_request(MANAGER, head)


def comments(stage: Stage, number: int) -> list[str]:
    return [each["body"] for each in stage.hub.comments(number) if each["login"] == BOT]


@pytest.fixture(autouse=True)
def folder() -> Path:
    HERE.mkdir(exist_ok=True)
    return HERE


def test_due_in_a_week(stage: Stage, agrees: Agrees):
    agreed(stage, DUE)
    number = proposed(stage, "draft")
    first = stage.strikes(WORKFLOW)
    assert first.result == "success", first.log
    assert stage.hub.token not in first.log
    (comment,) = comments(stage, number)
    (issue,) = stage.hub.issues.values()
    agrees(told(comment, DUE), HERE / "due-in-a-week.md")
    agrees(told(f"# {issue.title}\n\n{issue.body}", DUE), HERE / "issue-of-the-manager.md")

    stage.hub.log.clear()
    stage.struck()
    assert stage.hub.writes == [], "what stands there already is not written again"
    assert comments(stage, number) == [comment]


def test_decision_late(stage: Stage, agrees: Agrees):
    agreed(stage, LATE, growth_issues=False)
    number = proposed(stage, "submitted")
    run = stage.strikes(WORKFLOW)
    assert run.result == "success", run.log
    (comment,) = comments(stage, number)
    agrees(told(comment, LATE), HERE / "decision-late.md")
    assert stage.hub.issues == {}, "managers get issues only where the policy wants them"


def test_both_stages_and_nothing_for_what_is_decided(stage: Stage):
    agreed(stage, DUE, growth_issues=False)
    number = proposed(stage, "draft")
    stage.struck()
    late = stage.commit("the-next-month", {"framework/policy.yaml": policy(LATE, False)}, "agreed")
    stage.hub.move_base(late)
    stage.struck()
    assert stage.strikes(WORKFLOW).result == "success"
    assert [each.split()[2] for each in comments(stage, number)] == ["cases-due", "decision-late"]


def test_issues_are_kept_although_a_comment_failed(stage: Stage):
    agreed(stage, DUE)
    number, other = proposed(stage, "draft"), proposed(stage, "draft")
    stage.hub.fail(
        "POST", rf"/issues/{number}/comments$", status=403, times=None, body={"message": "Locked"}
    )
    run = stage.strikes(WORKFLOW)
    assert run.result == "failure", "whoever looks after it must see it"
    assert f"Pull request {number}: the token must have the permission" in run.log
    assert (comments(stage, number), len(comments(stage, other))) == ([], 1)
    assert len(stage.hub.issues) == 1


@pytest.mark.usefixtures("pip_itself")
def test_what_a_pull_request_says_of_the_days_is_not_believed(stage: Stage, tmp_path: Path):
    ran = tmp_path / "ran"
    agreed(stage, DUE, growth_issues=False)
    betrayal = f"import pathlib\npathlib.Path({str(ran)!r}).touch()\nraise SystemExit(0)\n"
    head = stage.commit(
        "the-takeover",
        {
            CASE: of_now("draft"),
            "framework/policy.yaml": policy(days(90, 120), growth_issues=True),
            "scripts/casework/__main__.py": betrayal,
            "scripts/sitecustomize.py": betrayal,
            ".github/workflows/reminders.yml": "on: [schedule]\njobs: {}\n",
        },
        onto="agreed",
    )
    number = stage.hub.open_pull_request(MANAGER, head)
    assert stage.strikes(WORKFLOW).result == "success"
    assert len(comments(stage, number)) == 1
    assert stage.hub.issues == {}
    assert not ran.exists(), "nothing of the head may run"
