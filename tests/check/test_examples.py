"""Every folder under examples/ is a test of the rule that it is named after."""

import pytest

from casework.check.registry import every_rule
from tests.check.repository import EXAMPLES, Example, examples, findings, schemas, written

IDS = [rule.id for rule in every_rule()]


@pytest.fixture(scope="module")
def ours():
    return schemas()


@pytest.mark.parametrize("rule", IDS)
class TestEachRule:
    def test_says_what_is_expected_of_bad_files(self, rule, ours, tmp_path, agrees):
        blocks = []
        for example in examples(rule, "bad"):
            found = findings(example, tmp_path / example.entry.name, ours)
            assert rule in {each.rule for each in found}, f"{example.entry} is not bad"
            blocks.append(f"# {example.entry.name}\n{written(found)}")
        agrees("\n".join(blocks), EXAMPLES / rule / "expected.txt")

    def test_is_silent_about_good_files(self, rule, ours, tmp_path):
        good = examples(rule, "good")
        assert good, "show what is right, too"
        for example in good:
            found = findings(example, tmp_path / example.entry.name, ours)
            assert [each for each in found if each.rule == rule] == []


def test_every_rule_has_a_folder_and_every_folder_a_rule():
    folders = {each.name for each in EXAMPLES.iterdir() if each.name != "_base"}
    assert folders == set(IDS)


def test_the_base_has_nothing_wrong(ours, tmp_path):
    everything = Example(EXAMPLES / "_base")
    assert written(findings(everything, tmp_path, ours)) == ""
