"""The program and the oracle agree on thousands of random cases, over all knobs."""

from casework.assess import assess, verdict
from casework.model.report import Assessment, Verdict
from tests.assess.oracle import Answer, Scenario, answer
from tests.assess.scenarios import a_scenario, built
from tests.chance import for_many

EXAMPLES = 4_000


def as_answer(assessment: Assessment, judged: Verdict) -> Answer:
    """What the program says, in the oracle's plain values."""
    earliest = assessment.earliest
    return Answer(
        {q.quarter.label: q.because and q.because.value for q in assessment.quarters},
        {q.quarter.label: q.used_for for q in assessment.quarters},
        {
            r.id: (r.state.value, tuple(quarter.label for quarter in r.quarters))
            for r in assessment.requirements
        },
        earliest and (earliest.quarter.label, earliest.review, earliest.more),
        tuple(quarter.label for quarter in assessment.unrated),
        tuple(quarter.label for quarter in assessment.lower_since),
        judged.value,
    )


def test_program_and_oracle_agree() -> None:
    for_many(EXAMPLES, a_scenario, agree)


def agree(scenario: Scenario) -> None:
    case, organisation = built(scenario)
    assessment = assess(case, organisation, scenario.today)
    found = as_answer(assessment, verdict(assessment, scenario.has_error))
    expected = answer(scenario)
    for name in Answer._fields:
        assert getattr(found, name) == getattr(expected, name), name
    assert list(found.requirements) == list(expected.requirements)
    assert all(each.detail.endswith(".") for each in assessment.requirements)
