"""What is told of an earlier state, and how much of it."""

import pytest
from tests.factories import a_case, a_quarter, an_evidence
from tests.render.scenes import ORGANISATION, a_review, ready

from casework.model.difference import Change, Changes, EvidenceChange, FieldChange, SectionChange
from casework.render.differences import MOST, sentences, told
from casework.render.fitting import size
from casework.render.review import review_text
from casework.render.summary import LIMIT, summary

SINCE, OTHER = "1f0c2b9d7e41a8836c1d", "2f0c2b9d7e41a8836c1d"


def said(changes):
    return sentences(changes, ready(), ORGANISATION)


def evidence(*items, is_quotable=True, **kinds):
    kinds = kinds or {"added": items}
    change = EvidenceChange(a_quarter("FY27-Q2"), "execution", **kinds)
    return Changes(SINCE, evidence=(change,), is_quotable=is_quotable)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("status", "draft", "submitted"), "Status: `draft` → `submitted`."),
        (("review", None, "2027-02"), "Talent review: `2027-02`, which is new."),
        (("to", "IC3", None), "Level asked for: nothing readable any more; it was `IC3`."),
        (("manager", "grace-hopper", "nobody"), "Manager: Grace Hopper → nobody."),
        (("level_since", a_case().level_since, None),
         "Level held since: nothing readable any more; it was 1 February 2025."),
        (("framework", "1.0.0", "a`b"), "Version of the framework: `1.0.0` → `a'b`."),
    ],
)  # fmt: skip
def test_fields_are_called_what_people_call_them(change, words):
    assert said(Changes(SINCE, fields=(FieldChange(*change),))) == (words,)


def test_every_field_of_a_case_has_a_name():
    from casework.assess.differences import differences

    one = a_case(status="draft", decided="2027-02-20", effective="2027-02-21", framework="1.0.0")
    other = type(one)(one.document)
    changes = differences(one, other, None, SINCE)
    assert len(changes.fields) == 11
    assert all(": " in each for each in said(changes._replace(quarters=(), sections=())))


def test_evidence_is_quoted_by_its_beginning():
    text = "Took over **the search**, wrote [RFC 612](https://example.com/612) " + "and so on " * 30
    (sentence,) = said(evidence(an_evidence(text)))
    assert sentence.startswith(
        "FY27-Q2, Execution: evidence added: “Took over the search, wrote RFC 612 and so on"
    )
    assert sentence.endswith(" …”.")
    assert len(sentence) < 200


def test_of_many_items_the_first_are_quoted():
    items = [an_evidence(f"Item {place}.") for place in range(5)]
    (sentence,) = said(evidence(removed=tuple(items)))
    assert sentence == (
        "FY27-Q2, Execution: evidence removed: “Item 0”, “Item 1”, “Item 2” and two more items."
    )


def test_where_pay_is_told_evidence_is_counted_and_not_quoted():
    items = (an_evidence("A salary of 120,000 USD."),)
    kinds = {"added": items, "removed": items, "reworded": items}
    headed = (SectionChange("A salary of 120,000 USD", Change.REMOVED),)
    changes = evidence(is_quotable=False, **kinds)._replace(sections=headed)
    assert said(changes) == (
        "FY27-Q2, Execution: evidence added (one item).",
        "FY27-Q2, Execution: evidence removed (one item).",
        "FY27-Q2, Execution: evidence changed (one item).",
        "A section was removed.",
    )


def test_an_item_without_words_is_told_too():
    (sentence,) = said(evidence(an_evidence("![](https://example.com/x.png)")))
    assert "(nothing written)" in sentence


def test_a_long_list_is_cut_off_and_says_so():
    sections = tuple(SectionChange(f"Notes {n}", Change.ADDED) for n in range(MOST + 3))
    listed = said(Changes(SINCE, sections=sections))
    assert len(listed) == MOST + 1
    assert listed[-1] == "Three more changes are not listed here."


def test_two_states_that_differ_alike_are_told_once():
    changes = Changes(SINCE, sections=(SectionChange("Values", Change.CHANGED),))
    one = ready()._replace(since_main=changes, since_push=changes._replace(since=OTHER))
    ((title, compared, listed),) = told(one, ORGANISATION)
    assert title == (
        "What changed since the last push, and since the case was last on the main branch"
    )
    assert compared == "Compared with commits `2f0c2b9d7e41` and `1f0c2b9d7e41`:"
    assert len(listed) == 1


def test_nothing_is_told_of_what_nobody_knows():
    assert list(told(ready(), ORGANISATION)) == []
    assert "What changed" not in summary(a_review(ready()), ORGANISATION)


def test_what_changed_goes_before_the_last_findings_do():
    text = "x " * 60
    items = tuple(an_evidence(f"{place} {text}") for place in range(3))
    many = tuple(
        EvidenceChange(a_quarter("FY27-Q2"), "execution", items, items, items) for _ in range(30)
    )
    one = ready()._replace(since_main=Changes(SINCE, evidence=many))
    short = summary(a_review(one), ORGANISATION)
    assert "<summary>What changed" in short
    long = summary(a_review(*[one] * 8), ORGANISATION)
    assert size(long) <= LIMIT
    assert "<summary>What changed" not in long
    assert "Left out, since GitHub limits the length of a comment: the evidence" in long
    assert "what changed (the commits have it)" in long
    assert "### Requirements" in long


def test_a_terminal_keeps_its_width():
    changes = evidence(an_evidence("word " * 40))
    one = ready()._replace(since_main=changes)
    shown = review_text(
        a_review(one), ORGANISATION, colour=False, width=60, source=lambda path: None
    )
    assert all(len(line) <= 60 for line in shown.split("\n"))
    assert "What changed since the case was last on the main branch" in shown
