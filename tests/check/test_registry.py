"""The registry is the design's list, and every rule explains itself."""

import re

import pytest

from casework.check.registry import RULES, every_rule, pages
from casework.model.document import DocumentKind
from casework.model.finding import Severity

# E error, W warning, N notice; E/W: a warning while the case is a draft.
DESIGN = {
    "File": """
        unreadable-file E  not-utf8 E  file-too-large E  symlink E  control-character E
        missing-front-matter E  yaml-syntax E  duplicate-key E  yaml-alias E""",
    "Schema": "unknown-field E  missing-field E  wrong-type E  invalid-value E",
    "References": """
        unknown-person E  unknown-level E  unknown-review E  unknown-behaviour E
        unknown-witness E  path-mismatch E  level-mismatch E  manager-mismatch W
        manager-cycle E""",
    "Evidence": """
        missing-section E/W  empty-section E/W  placeholder-text E/W  unsupported-rating E/W
        unrated-evidence E/W  evidence-without-source W  pay-figure E""",
    "Quarters": "unfinished-quarter W  quarter-before-level W  quarter-during-onboarding W",
    "Over time": """
        illegal-transition E  decided-case-edited E  implausible-date E
        level-change-without-case E  case-without-level-change E  late-case W
        late-record N  rating-changed N  mixed-change E  outdated-case E""",
    "Wording": """
        personality-not-work N  fixed-trait N  vague-praise N  potential-not-performance N
        hedge N  no-outcome N""",
}
LETTERS = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.NOTICE: "N"}


def test_holds_the_rules_of_the_design_in_its_order_with_its_severities():
    ours = {}
    for rule in every_rule():
        letters = LETTERS[rule.severity]
        if rule.draft_severity:
            letters += f"/{LETTERS[rule.draft_severity]}"
        ours.setdefault(rule.group.value, []).append(f"{rule.id} {letters}")
    design = {group: re.split(r"\s{2,}", rules.strip()) for group, rules in DESIGN.items()}
    assert list(ours.items()) == list(design.items())


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.id)
class TestEachPage:
    def test_has_a_summary_a_reason_and_a_remedy(self, page):
        assert page.summary.endswith(".")
        assert page.why.endswith(".")
        assert page.fix.endswith(".")

    def test_shows_either_both_sides_or_none(self, page):
        assert bool(page.bad) == bool(page.good)
        assert not page.bad or page.bad != page.good


def test_only_files_fields_and_dates_are_judged_after_a_decision():
    after = {rule.id for rule in RULES if rule.after_decision}
    own = {rule.id for rule in RULES if rule.group.value in ("File", "Schema")}
    assert after == own | {"implausible-date"}


def test_every_kind_of_document_is_judged():
    for kind in DocumentKind:
        assert any(kind in rule.kinds for rule in RULES)
