"""Every rule over one document, in the order in which findings at one place are shown."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from casework.check import (
    agreement,
    evidence,
    files,
    quarters,
    references,
    schema,
    sections,
    time,
    wording,
)
from casework.check.context import Context, Problem
from casework.model.document import DocumentKind
from casework.model.finding import Severity

if TYPE_CHECKING:
    from casework.check.proposals import ProposalRule
    from casework.model.rule import RulePage

ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE

CASES = frozenset({DocumentKind.CASE})
EVERYTHING = frozenset(DocumentKind)


class Group(StrEnum):
    """What a rule is about, in the order of the registry."""

    FILE = "File"
    SCHEMA = "Schema"
    REFERENCES = "References"
    EVIDENCE = "Evidence"
    QUARTERS = "Quarters"
    OVER_TIME = "Over time"
    WORDING = "Wording"


class Rule(NamedTuple):
    """A rule: the function that looks, and when and how loudly it speaks up."""

    function: Callable[[Context], Iterator[Problem]]
    group: Group
    severity: Severity
    draft_severity: Severity | None = None
    """While the case is a draft, where that differs."""
    kinds: frozenset[DocumentKind] = CASES
    """The documents that it looks at."""
    after_decision: bool = False
    """Whether it still looks at decided cases, which are never edited."""

    @property
    def id(self) -> str:
        """The rule's name in reports."""
        return id_of(self.function)

    def severity_for(self, is_draft: bool) -> Severity:
        """How bad a finding of this rule is."""
        return self.draft_severity if is_draft and self.draft_severity else self.severity


def id_of(function: Callable[..., object]) -> str:
    """A rule's name in reports: that of its function, with hyphens."""
    return function.__name__.replace("_", "-")


def _of_files(function: Callable[[Context], Iterator[Problem]], group: Group) -> Rule:
    return Rule(function, group, ERROR, kinds=EVERYTHING, after_decision=True)


def _advice(function: Callable[[Context], Iterator[Problem]]) -> Rule:
    return Rule(function, Group.WORDING, NOTICE)


_K = DocumentKind

RULES: tuple[Rule, ...] = (
    _of_files(files.unreadable_file, Group.FILE),
    _of_files(files.not_utf8, Group.FILE),
    _of_files(files.file_too_large, Group.FILE),
    _of_files(files.symlink, Group.FILE),
    _of_files(files.control_character, Group.FILE),
    _of_files(files.missing_front_matter, Group.FILE),
    _of_files(files.yaml_syntax, Group.FILE),
    _of_files(files.duplicate_key, Group.FILE),
    _of_files(files.yaml_alias, Group.FILE),
    _of_files(schema.unknown_field, Group.SCHEMA),
    _of_files(schema.missing_field, Group.SCHEMA),
    _of_files(schema.wrong_type, Group.SCHEMA),
    _of_files(schema.invalid_value, Group.SCHEMA),
    Rule(
        references.unknown_person,
        Group.REFERENCES,
        ERROR,
        kinds=frozenset({_K.CASE, _K.PEOPLE, _K.POLICY}),
    ),
    Rule(
        references.unknown_level,
        Group.REFERENCES,
        ERROR,
        kinds=frozenset({_K.CASE, _K.PEOPLE, _K.POLICY, _K.FRAMEWORK}),
    ),
    Rule(references.unknown_review, Group.REFERENCES, ERROR),
    Rule(references.unknown_behaviour, Group.REFERENCES, ERROR),
    Rule(references.unknown_witness, Group.REFERENCES, ERROR),
    Rule(
        agreement.path_mismatch,
        Group.REFERENCES,
        ERROR,
        kinds=frozenset({_K.CASE, _K.LEVEL, _K.STRAY}),
    ),
    Rule(agreement.level_mismatch, Group.REFERENCES, ERROR),
    Rule(agreement.manager_mismatch, Group.REFERENCES, WARNING),
    Rule(agreement.manager_cycle, Group.REFERENCES, ERROR, kinds=frozenset({_K.PEOPLE})),
    Rule(sections.missing_section, Group.EVIDENCE, ERROR, WARNING),
    Rule(sections.empty_section, Group.EVIDENCE, ERROR, WARNING),
    Rule(wording.placeholder_text, Group.EVIDENCE, ERROR, WARNING),
    Rule(evidence.unsupported_rating, Group.EVIDENCE, ERROR, WARNING),
    Rule(evidence.unrated_evidence, Group.EVIDENCE, ERROR, WARNING),
    Rule(evidence.evidence_without_source, Group.EVIDENCE, WARNING),
    Rule(wording.pay_figure, Group.EVIDENCE, ERROR),
    Rule(quarters.unfinished_quarter, Group.QUARTERS, WARNING),
    Rule(quarters.quarter_before_level, Group.QUARTERS, WARNING),
    Rule(quarters.quarter_during_onboarding, Group.QUARTERS, WARNING),
    Rule(time.implausible_date, Group.OVER_TIME, ERROR, after_decision=True),
    Rule(time.late_case, Group.OVER_TIME, WARNING),
    _advice(wording.personality_not_work),
    _advice(wording.fixed_trait),
    _advice(wording.vague_praise),
    _advice(wording.potential_not_performance),
    _advice(wording.hedge),
    _advice(wording.no_outcome),
)


def every_rule() -> "tuple[Rule | ProposalRule, ...]":
    """All rules, in the order in which they are listed."""
    from casework.check.proposals import FOLLOWING

    listed: list[Rule | ProposalRule] = []
    for rule in RULES:
        listed += (rule, *FOLLOWING.get(rule.id, ()))
    return tuple(listed)


def pages() -> "tuple[RulePage, ...]":
    """The page of every rule, in the registry's order."""
    return tuple(_page(rule) for rule in every_rule())


def _page(rule: "Rule | ProposalRule") -> "RulePage":
    """A rule's docstring, taken apart at the labels that begin a paragraph."""
    from inspect import cleandoc  # as costly to import as all the rules together
    from textwrap import dedent

    from casework.model.rule import RulePage

    parts = {"Summary": "", "Why": "", "Fix": "", "Bad": "", "Good": ""}
    label = "Summary"
    for line in cleandoc(rule.function.__doc__ or "").splitlines(keepends=True):
        word, colon, rest = line.partition(":")
        if colon and word in parts:
            label, line = word, rest
        parts[label] += line
    summary, why, fix = (" ".join(parts[each].split()) for each in ("Summary", "Why", "Fix"))
    bad, good = (dedent(parts[each]).strip("\n") for each in ("Bad", "Good"))
    return RulePage(
        rule.id,
        rule.group.value,
        rule.severity,
        rule.draft_severity,
        summary,
        why,
        fix,
        bad,
        good,
    )
