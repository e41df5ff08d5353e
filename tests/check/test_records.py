"""What is on record of a quarter: when it got there, and what became of it."""

from datetime import date

import pytest

from casework.check.changes import ChangedCase, Proposal
from casework.check.run import check_proposal
from casework.model.case import Case
from tests.factories import a_case, a_rated_quarter, an_evidence, an_organisation

PATH = "cases/ada-lovelace/2027-02.md"
FOLDER = "cases/ada-lovelace"
HIGH = "exceeds exceeds exceeds"


def said(before: Case | None, after: Case | None, **rest: object) -> list[str]:
    proposal = Proposal(
        (ChangedCase(PATH, before, after),),
        **{"organisation": an_organisation(), "today": date(2027, 2, 10), **rest},
    )
    own = ("late-record", "rating-changed")
    return [each.message for each in check_proposal(proposal) if each.rule in own]


def a_draft(*labels: str, **fields: object) -> Case:
    return a_case(dict.fromkeys(labels, HIGH), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "late"), [("2026-10-31", 0), ("2026-11-30", 0), ("2026-12-01", 1)]
)
@pytest.mark.parametrize("status", ["draft", "submitted", "not-yet"])
def test_a_quarter_is_late_from_the_31st_day_on(today: str, late: int, status: str) -> None:
    after = a_draft("FY27-Q3", status=status)
    assert len(said(None, after, today=date.fromisoformat(today))) == late


def test_only_what_is_new_is_late() -> None:
    assert said(a_draft("FY27-Q2"), a_draft("FY27-Q2")) == []
    (message,) = said(a_draft("FY27-Q2"), a_draft("FY27-Q2", "FY27-Q3"))
    assert "FY27-Q3 ended on `2026-10-31`" in message
    assert said(a_draft("FY27-Q2"), None) == []


def test_what_another_case_has_on_record_alike_is_not_late() -> None:
    for ratings, late in ((HIGH, 0), ("exceeds exceeds next", 1)):
        record = {FOLDER: [a_rated_quarter("FY27-Q3", ratings)]}
        assert len(said(None, a_draft("FY27-Q3"), on_record=record)) == late


def test_a_case_that_is_moved_to_a_new_handle_keeps_what_is_on_record() -> None:
    entry = {"name": "Ada", "github": "ada-l"}
    lines = "\n".join(map(str, range(10)))
    before = a_draft("FY27-Q3", status="not-yet")
    before = before._replace(document=before.document._replace(text=f"{lines}\nada-lovelace"))
    after = before._replace(
        person="ada-king",
        document=before.document._replace(
            path=PATH.replace("lovelace", "king"), text=f"{lines}\nada-king"
        ),
    )

    def rules(handle: str, moved: Case) -> dict[str, str]:
        proposal = Proposal(
            (ChangedCase(PATH, before, None), ChangedCase(moved.path, None, moved)),
            people_before={"ada-lovelace": entry},
            people_after={handle: entry},
            organisation=an_organisation(),
            today=date(2027, 2, 10),
        )
        return {each.rule: each.message for each in check_proposal(proposal)}

    found = rules("ada-king", after)
    assert "late-record" not in found
    assert found["decided-case-edited"].endswith(f"is moved to `{after.path}` and changed.")
    other = after._replace(document=after.document._replace(text="Something else"))
    for found in (rules("ada-byron", after), rules("ada-king", other)):
        assert "late-record" in found
        assert found["decided-case-edited"].endswith("is deleted.")


def test_an_old_decision_is_not_late() -> None:
    decided = a_draft("FY27-Q3", status="not-yet")
    assert said(decided, decided) == []


def test_each_cell_is_shown() -> None:
    before, after = (a_case({"FY27-Q2": each}) for each in ("meets meets -", "next meets below"))
    assert said(before, after) == [
        "FY27-Q2 proficiency is `meets` on the main branch; here it is `next`.",
        "FY27-Q2 teamwork is `not rated` on the main branch; here it is `below`.",
    ]
    assert len(said(after, before)) == 2


def items(*texts: str) -> Case:
    case = a_draft("FY27-Q2")
    quarter, values = case.sections
    execution = quarter.subsections[1]._replace(items=tuple(map(an_evidence, texts)))
    first, _, last = quarter.subsections
    return case._replace(sections=(quarter._replace(subsections=(first, execution, last)), values))


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        (("Cut the search to 6 s.",), ("Cut the search to 6 s.",), 0),
        (("Cut the search to 6 s.",), ("Cut  the\nSEARCH to 6 s.",), 0),
        (("Cut the search to 6 s.",), ("Cut the search to 7 s.", "Ran the rota."), 0),
        (("Cut the search to 6 s.",), ("Ran the rota all summer.",), 1),
        (("Cut the search to 6 s.",), (), 1),
        (("One thing.", "One thing."), ("One thing.",), 1),
        (("Cut the search.", "Ran the rota."), ("Ran the rota.", "Cut the search."), 0),
    ],
)
def test_evidence_that_is_gone(before: tuple[str, ...], after: tuple[str, ...], gone: int) -> None:
    assert len(said(items(*before), items(*after))) == gone


def test_evidence_whose_section_is_gone_too() -> None:
    after = a_draft("FY27-Q2")._replace(sections=())
    assert len(said(a_draft("FY27-Q2"), after)) == 3


def test_what_cannot_be_read_has_not_changed() -> None:
    broken = a_draft()
    broken = broken._replace(document=broken.document._replace(readable=False))
    assert said(a_draft("FY27-Q2"), broken) == []
    assert said(a_draft("FY27-Q2"), a_draft("FY27-Q2", from_level="L9")) == []


def test_pay_is_not_repeated() -> None:
    pay = "Deserves a salary of 120,000 USD."
    (message,) = said(items(pay), items(), organisation=shipped())
    assert "120,000" not in message


def shipped():
    from casework.read.documents import read_document
    from casework.read.organisation import read_organisation
    from tests.check.repository import BASE, WorkingTree, schemas

    tree = WorkingTree(BASE)
    paths = [e.relative_to(BASE).as_posix() for e in BASE.rglob("*.yaml")]
    ours = schemas()
    return read_organisation({each: read_document(tree.read_one(each), ours) for each in paths})
