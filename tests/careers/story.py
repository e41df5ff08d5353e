"""Joan's career, as a script of what happened. README.md tells it in prose.

Each step is what somebody did on that day; `types`, `sees`, `reads` and `looks` keep what was read.
"""

from tests.careers.organisation import (
    EXCEEDS,
    JOAN,
    NEXT,
    PEOPLE,
    PEOPLE_FILE,
    POLICY,
    POLICY_FILE,
    WORK,
    evidence,
    ratings,
    replaced,
    under,
    without,
)
from tests.careers.repository import Repository

GRACE, MARY, MARGARET = "grace-hopper", "mary-kenneth-keller", "margaret-hamilton"
KATHERINE, BARBARA, EDSGER = "katherine-johnson", "barbara-liskov", "edsger-dijkstra"
JOAN_THEN, JOAN_NOW = "joan-clarke", "joan-murray"


def tell(at: Repository) -> None:
    """All that happened, from the first day to the last."""
    the_team_begins(at)
    the_first_quarters(at)
    not_yet(at)
    the_case_that_answers(at)
    promoted_to_ic2(at)
    another_manager_and_another_policy(at)
    an_increase_between(at)
    a_new_name(at)
    promoted_to_ic3(at)
    looking_back(at)


def the_team_begins(at: Repository) -> None:
    at.on("2024-02-01")
    at.write(POLICY_FILE, POLICY)
    at.write(PEOPLE_FILE, PEOPLE)
    at.commit("Margaret Hamilton", "The framework, the policy and the team")

    at.on("2024-02-05")
    pull = at.pull(1, MARGARET, "Joan Clarke joins the search team")
    at.edit(PEOPLE_FILE, lambda text: text + JOAN)
    at.commit("Margaret Hamilton", "Joan Clarke joins the search team")
    at.merge(pull, "squash", [KATHERINE])


def the_first_quarters(at: Repository) -> None:
    at.on("2024-08-06")
    case = f"cases/{JOAN_THEN}/2024-08.md"
    pull = at.pull(2, GRACE, "Joan Clarke: FY25-Q2")
    at.types("new.txt", "new", JOAN_THEN)
    at.looks("new-case.md", case)
    at.types("rate.txt", "rate", JOAN_THEN, "FY25-Q2", *ratings("exceeds", "exceeds", "meets"))
    at.types("check.txt", "check")
    at.edit(case, *evidence("FY25-Q2"))
    at.commit("Grace Hopper", "Joan's first quarter")
    at.sees("review.txt", pull)
    at.sees("review.md", pull)
    at.on("2024-08-07")
    at.merge(pull, "merge")

    at.on("2024-08-12")
    pull = at.pull(3, GRACE, "Joan Clarke: to the talent review 2025-02")
    moved = f"cases/{JOAN_THEN}/2025-02.md"
    at.move(case, moved)
    at.edit(moved, replaced("review: 2024-08", "review: 2025-02"))
    at.commit("Grace Hopper", "FY25-Q3 is to be in it")
    at.sees("review-moved.txt", pull)
    at.merge(pull, "squash")

    at.on("2024-12-09")
    pull = at.pull(4, GRACE, "Joan Clarke: FY25-Q3")
    at.types("rate.txt", "rate", JOAN_THEN, "FY25-Q3", *EXCEEDS)
    at.commit("Grace Hopper", "FY25-Q3: ratings")
    at.edit(moved, *evidence("FY25-Q3"))
    at.commit("Grace Hopper", "FY25-Q3: what they rest on")
    at.on("2024-12-10")
    at.merge(pull, "rebase")


def not_yet(at: Repository) -> None:
    case = f"cases/{JOAN_THEN}/2025-02.md"
    at.on("2025-02-05")
    pull = at.pull(5, GRACE, "Joan Clarke: FY25-Q4, and the case is submitted")
    at.types("rate.txt", "rate", JOAN_THEN, "FY25-Q4", *NEXT)
    at.edit(
        case,
        *evidence("FY25-Q4"),
        under("Summary", WORK["Summary of the first case"]),
        under("Values", WORK["Values"]),
    )
    at.edit(
        case,
        under("Growth areas", WORK["Growth areas"]),
        replaced("status: draft", "status: submitted"),
    )
    at.commit("Grace Hopper", "FY25-Q4; submitted")
    at.sees("review.md", pull)
    at.on("2025-02-07")
    at.merge(pull, "merge")
    at.types("status.txt", "status", "2025-02")

    at.on("2025-02-18")
    pull = at.pull(6, GRACE, "Joan Clarke: teamwork in FY25-Q4 was at IC1")
    at.edit(case, replaced("status: submitted", "status: draft"))
    at.types("rate.txt", "rate", JOAN_THEN, "FY25-Q4", "--rating", "teamwork=exceeds")
    at.commit("Grace Hopper", "Taken back, with the rating that reviewers could follow")
    at.sees("review.txt", pull)
    at.sees("review.md", pull)
    at.on("2025-02-19")
    at.merge(pull, "merge")

    at.on("2025-02-25")
    pull = at.pull(7, GRACE, "Joan Clarke: not yet")
    at.types("decide.txt", "decide", case, "not-yet")
    at.edit(
        case,
        under("Feedback > Reasons", WORK["Reasons"]),
        under("Feedback > Timeline", WORK["Timeline"]),
    )
    at.edit(case, under("Feedback > Actions", WORK["Actions"]))
    at.commit("Grace Hopper", "Not yet, and what is to be done")
    at.sees("review.txt", pull)
    at.sees("review-approved.md", pull, [BARBARA])
    at.on("2025-02-26")
    at.merge(pull, "squash", [BARBARA])

    at.on("2025-03-03")
    at.types("history.txt", "history", JOAN_THEN)
    at.types("growth.txt", "growth")
    at.types("audit.txt", "audit")


def the_case_that_answers(at: Repository) -> None:
    case = f"cases/{JOAN_THEN}/2025-08.md"
    at.on("2025-05-12")
    pull = at.pull(8, GRACE, "Joan Clarke: a case for 2025-08")
    at.types("new.txt", "new", JOAN_THEN)
    at.looks("new-case.md", case)
    at.types("rate.txt", "rate", JOAN_THEN, "FY25-Q3", *EXCEEDS)
    at.types("rate.txt", "rate", JOAN_THEN, "FY25-Q4", *ratings("next", "next", "exceeds"))
    at.edit(case, *evidence("FY25-Q3", "FY25-Q4"))
    at.commit("Grace Hopper", "The two quarters that count already")
    at.sees("review.txt", pull)
    at.on("2025-05-14")
    at.merge(pull, "merge")

    at.on("2025-07-10")
    pull = at.pull(9, GRACE, "Joan Clarke: FY26-Q1, late")
    at.types("rate.txt", "rate", JOAN_THEN, "FY26-Q1", *EXCEEDS)
    at.edit(case, *evidence("FY26-Q1"))
    at.commit("Grace Hopper", "FY26-Q1, written down from notes")
    at.sees("review.txt", pull)
    at.on("2025-07-11")
    at.merge(pull, "squash")


def promoted_to_ic2(at: Repository) -> None:
    case = f"cases/{JOAN_THEN}/2025-08.md"
    at.on("2025-08-05")
    pull = at.pull(10, GRACE, "Joan Clarke: FY26-Q2, and the case is submitted")
    at.types("rate.txt", "rate", JOAN_THEN, "FY26-Q2", *NEXT)
    at.edit(
        case,
        *evidence("FY26-Q2"),
        under("Summary", WORK["Summary of the second case"]),
        under("Values", WORK["Values"]),
    )
    at.edit(
        case,
        under("Growth areas", WORK["Growth areas"]),
        replaced("status: draft", "status: submitted"),
    )
    at.edit(case, without("FY25-Q2"))  # `new` made a place for it, and it is not needed
    at.commit("Grace Hopper", "FY26-Q2; submitted")
    at.on("2025-08-06")
    at.merge(pull, "merge")

    at.on("2025-08-11")
    pull = at.pull(11, GRACE, "Joan Clarke: taken back")
    at.edit(case, replaced("status: submitted", "status: draft"))
    at.commit("Grace Hopper", "The actions are not answered yet")
    at.sees("review.txt", pull)
    at.merge(pull, "squash")

    at.on("2025-08-12")
    pull = at.pull(12, GRACE, "Joan Clarke: submitted again, with answers")
    answered = f"{WORK['Answers']}\n\n{WORK['Growth areas']}"
    at.edit(case, under("Growth areas", answered))
    at.edit(case, replaced("status: draft", "status: submitted"))
    at.commit("Grace Hopper", "The actions of the last decision, answered")
    at.sees("review.md", pull)
    at.merge(pull, "squash")
    at.types("status.txt", "status", "2025-08")

    at.on("2025-08-26")
    pull = at.pull(13, GRACE, "Promote Joan Clarke to IC2")
    at.types("decide.txt", "decide", case, "promoted", "--effective", "2025-09-01")
    at.commit("Grace Hopper", "Promoted to IC2")
    at.sees("review.txt", pull)
    at.sees("review-approved.md", pull, [KATHERINE])
    at.on("2025-08-27")
    at.merge(pull, "merge", [KATHERINE])
    at.types("history.txt", "history", case)
    at.types("status.txt", "status", "2025-08")


def another_manager_and_another_policy(at: Repository) -> None:
    at.on("2025-09-15")
    pull = at.pull(14, MARGARET, "Joan Clarke moves to the indexing team")
    mine = "onboarded: 2024-04-30, manager: "
    at.edit(PEOPLE_FILE, replaced(f"{mine}{GRACE}", f"{mine}{MARY}"))
    at.commit("Margaret Hamilton", "Joan Clarke moves to the indexing team")
    at.merge(pull, "squash", [KATHERINE])

    at.on("2025-10-01")
    pull = at.pull(15, MARGARET, "Two approvals, and quarters within a month")
    at.edit(POLICY_FILE, replaced("required: 1", "required: 2"))
    at.edit(POLICY_FILE, replaced("record_within_days: 60", "record_within_days: 30"))
    at.commit("Margaret Hamilton", "Two approvals, and quarters within a month")
    at.sees("review-policy.txt", pull)
    at.merge(pull, "squash", [KATHERINE])


def an_increase_between(at: Repository) -> None:
    case, increase = f"cases/{JOAN_THEN}/2026-08.md", f"cases/{JOAN_THEN}/in-band-2026-02.md"
    at.on("2025-11-12")
    pull = at.pull(16, MARY, "Joan Clarke: FY26-Q3")
    at.types("new.txt", "new", JOAN_THEN, "--review", "2026-08")
    at.types("rate.txt", "rate", JOAN_THEN, "FY26-Q3", *EXCEEDS)
    at.edit(case, *evidence("FY26-Q3"))
    at.commit("Mary Kenneth Keller", "A case for August, begun with FY26-Q3")
    at.on("2025-11-13")
    at.merge(pull, "merge")

    at.on("2026-02-16")
    pull = at.pull(17, MARY, "An increase for Joan Clarke within IC2")
    at.types("new.txt", "new", JOAN_THEN, "--in-band")
    for quarter, given in (
        ("FY26-Q3", EXCEEDS),
        ("FY26-Q4", ratings("exceeds", "meets", "exceeds")),
    ):
        at.types("rate.txt", "rate", JOAN_THEN, quarter, *given, "--case", increase)
    at.edit(
        increase, *evidence("FY26-Q3", "FY26-Q4"), under("Summary", WORK["Summary of the increase"])
    )
    at.edit(increase, under("Values", WORK["Values"]), under("Growth areas", WORK["Growth areas"]))
    at.types("decide.txt", "decide", increase, "granted", "--effective", "2026-03-01")
    at.commit("Mary Kenneth Keller", "An increase within IC2")
    at.sees("review.txt", pull, [KATHERINE])
    at.sees("review-approved.md", pull, [KATHERINE, EDSGER])
    at.on("2026-02-18")
    at.merge(pull, "squash", [KATHERINE, EDSGER])

    at.on("2026-03-03")
    pull = at.pull(18, MARY, "Joan Clarke: FY26-Q4 in the promotion's case")
    at.types("rate.txt", "rate", JOAN_THEN, "FY26-Q4", *ratings("exceeds", "meets", "exceeds"))
    at.edit(case, *evidence("FY26-Q4"))
    at.commit("Mary Kenneth Keller", "FY26-Q4, as on record")
    at.sees("review.txt", pull)
    at.merge(pull, "rebase")


def a_new_name(at: Repository) -> None:
    """What the rules refuse in a pull request, an administrator pushes to main."""
    at.on("2026-03-20")
    pull = at.pull(19, MARGARET, "Joan's name is Murray now")
    _rename(at)
    at.commit("Margaret Hamilton", "Joan's name is Murray now")
    at.sees("review-refused.txt", pull, [KATHERINE])
    at.git("checkout", "-q", "main")
    at.git("branch", "-q", "-D", pull.branch)
    _rename(at)
    at.commit("Margaret Hamilton", "Joan's name is Murray now")
    at.types("check.txt", "check")
    at.types("audit.txt", "audit")


def _rename(at: Repository) -> None:
    folder = at.root / "cases" / JOAN_THEN
    for each in sorted(folder.iterdir()):
        moved = f"cases/{JOAN_NOW}/{each.name}"
        at.move(f"cases/{JOAN_THEN}/{each.name}", moved)
        at.edit(moved, replaced(f"person: {JOAN_THEN}", f"person: {JOAN_NOW}"))
    at.edit(PEOPLE_FILE, replaced(f"{JOAN_THEN}:", f"{JOAN_NOW}:"))
    at.edit(PEOPLE_FILE, replaced("name: Joan Clarke", "name: Joan Murray"))


def promoted_to_ic3(at: Repository) -> None:
    case = f"cases/{JOAN_NOW}/2026-08.md"
    at.on("2026-05-11")
    pull = at.pull(20, MARY, "Joan Murray: FY27-Q1")
    at.types("rate.txt", "rate", JOAN_NOW, "FY27-Q1", *NEXT)
    at.edit(case, *evidence("FY27-Q1"))
    at.commit("Mary Kenneth Keller", "FY27-Q1")
    at.sees("review.txt", pull)
    at.on("2026-05-12")
    at.merge(pull, "merge")
    at.types("growth.txt", "growth")

    at.on("2026-08-04")
    pull = at.pull(21, MARY, "Joan Murray: FY27-Q2, and the case is submitted")
    at.types("rate.txt", "rate", JOAN_NOW, "FY27-Q2", *NEXT)
    at.edit(
        case,
        *evidence("FY27-Q2"),
        under("Summary", WORK["Summary of the third case"]),
        under("Values", WORK["Values"]),
    )
    at.edit(
        case,
        under("Growth areas", WORK["Growth areas"]),
        replaced("status: draft", "status: submitted"),
    )
    at.commit("Mary Kenneth Keller", "FY27-Q2; submitted")
    at.on("2026-08-06")
    at.merge(pull, "squash")
    at.types("status.txt", "status", "2026-08")

    at.on("2026-08-25")
    pull = at.pull(22, MARY, "Promote Joan Murray to IC3")
    at.types("decide.txt", "decide", case, "promoted", "--effective", "2026-09-01")
    at.commit("Mary Kenneth Keller", "Promoted to IC3")
    at.sees("review.txt", pull, [KATHERINE])
    at.sees("review-approved.md", pull, [KATHERINE, BARBARA])
    at.on("2026-08-26")
    at.merge(pull, "merge", [KATHERINE, BARBARA])


def looking_back(at: Repository) -> None:
    at.on("2026-11-22")
    for end in ("txt", "md", "json"):
        at.types(f"history-person.{end}", "history", JOAN_NOW)
        at.types(f"history-case.{end}", "history", f"cases/{JOAN_NOW}/2026-08.md")
        at.types(f"history-all.{end}", "history")
        at.types(f"audit.{end}", "audit")
        at.types(f"growth.{end}", "growth")
        at.types(f"status.{end}", "status")
    at.types("history-not-yet.txt", "history", f"cases/{JOAN_NOW}/2025-02.md")
    at.types("audit-case.txt", "audit", f"cases/{JOAN_THEN}/2025-08.md")
    at.reads("log.txt", "log", "--first-parent", "--notes=approvals", "--date=short", "--", "cases")
