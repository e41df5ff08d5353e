"""Texts as items of a case, and what the wording rules say of them."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from casework.check import wording
from casework.check.context import Context
from casework.check.pay import pay_figures
from casework.model.blob import Blob
from casework.model.organisation import Organisation
from casework.read.case import read_case
from casework.read.documents import read_document
from casework.read.organisation import read_organisation
from casework.read.schema import Schemas

ROOT = Path(__file__).parent.parent.parent
NO_SCHEMAS = Schemas({})

RULES = {
    function.__name__.replace("_", "-"): function
    for function in (
        wording.placeholder_text,
        wording.pay_figure,
        wording.personality_not_work,
        wording.fixed_trait,
        wording.vague_praise,
        wording.potential_not_performance,
        wording.hedge,
        wording.no_outcome,
    )
}

FRONT = """\
---
person: ada-lovelace
kind: promotion
from: IC2
to: IC3
manager: grace-hopper
status: submitted
quarters:
  FY27-Q4: {proficiency: next, execution: next, teamwork: next}
---

"""


@cache
def shipped() -> Organisation:
    """The shipped framework with its word lists."""
    paths = [*(ROOT / "framework").rglob("*.yaml"), ROOT / "cases" / "people.yaml"]
    names = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    documents = {
        name: read_document(Blob(name, content), NO_SCHEMAS) for name, content in names.items()
    }
    organisation = read_organisation(documents)
    assert organisation is not None
    return organisation


class Report(NamedTuple):
    rule: str
    line: int
    column: int
    message: str
    help: str


def reports(body: str, organisation: Organisation | None = None) -> list[Report]:
    """What all eight rules say of a case with that body."""
    text = FRONT + body
    case = read_case(Blob("cases/ada-lovelace/2027-02.md", text.encode()), NO_SCHEMAS)
    context = Context(case.document, date(2026, 11, 22), case, organisation or shipped())
    return [
        Report(rule, *problem.at, problem.message, problem.help)
        for rule, function in RULES.items()
        for problem in function(context)
    ]


def pay_offsets(text: str) -> list[int]:
    """Where amounts beside words for pay stand in a text."""
    return list(pay_figures(text, shipped().wording.pay))


def of_item(text: str, organisation: Organisation | None = None) -> list[Report]:
    """What they say of one item of evidence."""
    item = text.strip().replace("\n", "\n  ")
    return reports(f"## FY27-Q4\n\n### Execution\n\n- {item}\n", organisation)


def rules_of(text: str) -> list[str]:
    """The rules that speak up about an item, each as often as it does."""
    return [report.rule for report in of_item(text)]


def corpus(name: str) -> dict[str, Any]:
    """One of the labelled collections of texts."""
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text("utf-8"))


class Measure(NamedTuple):
    """How well the rules do on a collection, counting each rule once a text."""

    texts: int
    good: int
    expected: int
    found: int
    wrong: int
    """Reports that nobody expected, in good texts and in bad ones."""

    @property
    def precision(self) -> str:
        return f"{self.found} of {self.found + self.wrong}"

    @property
    def recall(self) -> str:
        return f"{self.found} of {self.expected}"


def measure(collection: dict[str, Any]) -> Measure:
    """The figures for a collection."""
    good: Sequence[str] = collection["good"]
    bad: Sequence[dict[str, Any]] = collection["bad"]
    wanted = [(text, set()) for text in good] + [(each["text"], set(each["rules"])) for each in bad]
    said = [(set(rules_of(text)), rules) for text, rules in wanted]
    return Measure(
        texts=len(wanted),
        good=len(good),
        expected=sum(len(rules) for _, rules in said),
        found=sum(len(found & rules) for found, rules in said),
        wrong=sum(len(found - rules) for found, rules in said),
    )
