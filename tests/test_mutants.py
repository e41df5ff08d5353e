"""Whatever is done to a case: no traceback, no hang, and every place lies inside the file."""

import time
from functools import lru_cache

import pytest

from tests.judging import Judge
from tests.mutation import mutants

SEEDS = range(40)
PER_SEED = 525  # 21,000 in all
TOO_LONG = (
    5.0  # seconds of processor time for one case of some kilobytes: a hang, not a slow machine
)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_cases_are_reported_and_nothing_else_happens(seed, judge):
    for damaged in mutants(judge.cases, seed, PER_SEED):
        began = time.process_time()
        judged = judge(damaged)
        assert time.process_time() - began < TOO_LONG, damaged
        for finding in judged.findings:
            assert_inside(finding, damaged)


@lru_cache(maxsize=1)
def lines_of(damaged):
    """As an editor counts: it shows what it cannot decode as one character or more a byte."""
    text = damaged.decode("utf-8", "replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def assert_inside(finding, damaged):
    lines = lines_of(damaged)
    assert 1 <= finding.line <= len(lines), (finding, damaged)
    assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1, (finding, damaged)
    assert finding.message, damaged
    assert finding.help, damaged
    assert "\n" not in finding.message + finding.help, damaged


def test_the_mutants_are_worth_their_time(judge):
    """They break in many different ways, and many still read well enough to be judged."""
    judged = [judge(each) for each in mutants(judge.cases, 0, 300)]
    rules = {finding.rule for each in judged for finding in each.findings}
    assert len(rules) >= 15, sorted(rules)
    assert sum(each.case.person is not None for each in judged) > 100
