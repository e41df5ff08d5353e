import json
import re
import time

import pytest

from casework.check.phrases import framework_text
from casework.model.blob import Blob
from casework.model.document import Document
from casework.model.framework import Behaviour, Expectation
from casework.model.wording import Wording
from casework.read.documents import read_document
from casework.read.schema import Schemas, conforms
from casework.read.wording import entries, read_wording
from tests.check.wording_bench import (
    FRONT,
    ROOT,
    corpus,
    measure,
    of_item,
    pay_offsets,
    reports,
    rules_of,
    shipped,
)

CORPUS = corpus("wording_corpus")
HELD_OUT = corpus("wording_held_out")
INDEPENDENT = corpus("wording_independent")
LISTS = ROOT / "framework" / "wording.yaml"
PAGE = (ROOT / "docs" / "wording.md").read_text("utf-8")


def document(text: str) -> Document:
    return read_document(Blob("framework/wording.yaml", text.encode()), Schemas({}))


def with_lists(text: str):
    return shipped()._replace(wording=read_wording(document(text)))


def said(text: str, lists: str) -> list[str]:
    """What is pointed out in a paragraph by lists that are nothing but `hedge`'s."""
    found = reports(f"## Summary\n\n{text}\n", with_lists(f"rules:\n  hedge:\n    - {lists}\n"))
    return [re.search("`(.*)`", each.message)[1] for each in found]


class TestTheCorpus:
    @pytest.mark.parametrize("text", [*CORPUS["good"], *HELD_OUT["good"], *INDEPENDENT["good"]])
    def test_good_texts_are_left_alone(self, text):
        assert of_item(text) == []

    @pytest.mark.parametrize("item", CORPUS["bad"], ids=lambda item: item["text"][:40])
    def test_bad_texts_are_pointed_out_and_for_nothing_else(self, item):
        assert sorted(rules_of(item["text"])) == sorted(item["rules"])

    @pytest.mark.parametrize(
        "item", [*HELD_OUT["bad"], *INDEPENDENT["bad"]], ids=lambda item: item["text"][:40]
    )
    def test_what_is_pointed_out_in_other_bad_texts_is_right(self, item):
        assert set(rules_of(item["text"])) <= set(item["rules"])

    @pytest.mark.parametrize("name", ["wording_corpus", "wording_held_out", "wording_independent"])
    def test_the_page_says_how_well_the_rules_do(self, name):
        now = measure(corpus(name))
        row = (
            f"| `{name}.yaml`, today | {now.texts} | {now.good} | {now.recall} | {now.precision} |"
        )
        assert row in PAGE


class TestTheFramework:
    def test_none_of_its_own_statements_is_reported(self):
        statements = framework_text(shipped().framework).split("\n\n")
        assert len(statements) > 80
        body = "\n\n".join(
            f"{start}{each}" for each in statements for start in ("", "Ada ", "She is ", "She ")
        )
        assert reports(f"## Summary\n\n{body}\n") == []

    @pytest.mark.parametrize("text", ["A rock star.", "A Rock-star on call.", "A rock\nstar."])
    def test_what_it_says_itself_is_nobodys_mistake(self, text):
        ours = shipped()
        track, *others = ours.framework.tracks
        own = Expectation("teamwork", "Is a rock star.", (Behaviour("IC1-T1", "Sings."),))
        first = track.levels[0]._replace(expectations=(own,))
        track = track._replace(levels=(first, *track.levels[1:]))
        changed = ours._replace(framework=ours.framework._replace(tracks=(track, *others)))
        body = f"## Summary\n\n{text}\n"
        assert [each.rule for each in reports(body)] == ["vague-praise"]
        assert reports(body, changed) == []


class TestTheNotation:
    @pytest.mark.parametrize(
        "text",
        ["rock star", "Rock Star", "rock-star", "rock\nstar", "_rock star_", "**rock star**"],
    )
    def test_a_space_is_a_space_a_line_break_or_a_hyphen(self, text):
        assert said(f"A {text}, they say.", "{phrases: rock star, advice: a}")

    @pytest.mark.parametrize("text", ["rockstar", "rock stars", "bedrock star", "rock star-shaped"])
    def test_words_are_whole(self, text):
        assert not said(f"A {text} is it.", "{phrases: rock star, advice: a}")

    def test_a_star_stands_for_any_ending(self):
        lists = "{phrases: tireless*, advice: a}"
        assert said("Tireless, and tirelessly so.", lists) == ["Tireless", "tirelessly"]

    @pytest.mark.parametrize("text", ["doesn't sing", "doesn\u2019t sing"])
    def test_apostrophes_may_be_curved(self, text):
        assert said(f"It {text}.", "{phrases: doesn't sing, advice: a}") == [text]

    @pytest.mark.parametrize(
        "text", ["She is loud.", "Ada is too\nloud.", "He's loud.", "Ada Lovelace was loud."]
    )
    def test_what_stands_before_counts_but_is_not_pointed_out(self, text):
        assert said(text, _LOUD) == ["loud"]

    @pytest.mark.parametrize(
        "text", ["The fan is loud.", "Ada's loud fan.", "Canada is loud.", "They are loud."]
    )
    def test_without_it_nothing_is_pointed_out(self, text):
        assert said(text, _LOUD) == []

    def test_longer_phrases_may_mean_something_else(self):
        lists = "{phrases: natural, unless: natural language, advice: a}"
        assert said("Natural language search is natural.", lists) == ["natural"]

    def test_longer_phrases_win(self):
        assert said("A very great job.", "{phrases: 'great, great job', advice: a}") == [
            "great job"
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "It says `rock star` in the code.",
            'A customer wrote "rock star" to us.',
            "A customer wrote “you rock star” to us.",
            "> A rock star.",
            "See [rock star](https://example.com/rock-star).",
            "See https://example.com/rock-star?q=rock star".replace("rock star", "rock-star"),
            "<!-- A rock star. -->",
            "    rock star",
            "A rock `x` star, a rock “x” star.",
        ],
    )
    def test_quotations_code_and_links_are_left_alone(self, text):
        assert said(text, "{phrases: rock star, advice: a}") == []

    def test_a_phrase_is_shown_where_it_begins(self):
        found = reports("## Summary\n\nAda asked, and she is a rock\nstar.\n")
        assert [(each.line, each.column) for each in found] == [(14, 25)]
        assert found[0].message == (
            "Praise should say what it is for; `rock star` says nothing that a reviewer can weigh."
        )
        assert found[0].help == "Say what was done and what changed because of it."


_LOUD = """{after: 'she {is} {very?}, he {is}, {person} {is} {very?}', phrases: loud, advice: a}
lists: {person: '{name}', is: "is, was, 's", very: too}"""


class TestReadingTheLists:
    def test_the_shipped_ones_fit_their_schema(self):
        schema = json.loads((ROOT / "schemas" / "wording.schema.json").read_text("utf-8"))
        assert conforms(document(LISTS.read_text("utf-8")).data, schema)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("{person} {is}", "{persn} {is}"),
            ("rock star,", "rock (star),"),
            ("rock star,", "{person} rock star,"),
            ("hedge:", "hedges:"),
            ("short: 6", "short: six"),
            ("words: >-", "word: >-"),
        ],
    )
    def test_slips_do_not(self, before, after):
        schema = json.loads((ROOT / "schemas" / "wording.schema.json").read_text("utf-8"))
        text = LISTS.read_text("utf-8")
        assert before in text
        assert not conforms(document(text.replace(before, after, 1)).data, schema)

    def test_no_phrase_stands_twice_in_a_group(self):
        data = document(LISTS.read_text("utf-8")).data
        for groups in data["rules"].values():
            for group in groups:
                phrases = entries(group["phrases"])
                assert len(phrases) == len(set(phrases))

    def test_what_begins_like_a_phrase_is_in_use(self):
        data = document(LISTS.read_text("utf-8")).data
        for groups in data["rules"].values():
            for group in groups:
                phrases = tuple(entries(group["phrases"]))
                assert all(each.startswith(phrases) for each in entries(group.get("unless")))

    @pytest.mark.parametrize(
        "text",
        [
            "[]",
            "rules: 3",
            "rules: {hedge: 3}",
            "rules: {hedge: [3, {phrases: 4}]}",
            "lists: []",
            "lists: {is: [a]}",
            "outcome: {short: yes, results: 3}",
            "pay: 4",
            "pay: {words: [a]}",
            "rules: {hedge: [{phrases: ', ,*,', advice: a}]}",
            "rules: {hedge: [{phrases: a, after: '{is}'}]}",
        ],
    )
    def test_what_is_not_of_the_form_is_left_out(self, text):
        assert reports("## Summary\n\nI think so, and a bonus of $5.\n", with_lists(text)) == []

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("person: he", "person: she"),
            ("phrases: kind", "phrases: nice"),
            ("advice: What", "advice: Where"),
            ("{person} is", "{person} was"),
            ("kind of", "kind to"),
            ("words: bonus", "words: salary"),
            ("after_amount: raise", "after_amount: rise"),
            ("elsewhere: customer", "elsewhere: vendor"),
        ],
    )
    def test_lists_of_a_head_are_never_taken_for_those_of_the_base(self, before, after):
        text = """\
lists: {person: he}
rules:
  hedge:
    - {phrases: kind, advice: What, after: "{person} is", unless: kind of}
pay: {words: bonus, after_amount: raise, elsewhere: customer}
"""
        assert text.count(before) == 1
        base = read_wording(document(text))
        assert read_wording(document(text.replace(before, after))) != base
        assert read_wording(document(text)) == base

    def test_no_lists_no_findings(self):
        empty = shipped()._replace(wording=Wording({}))
        bad = "\n".join(f"- {item['text']}" for item in CORPUS["bad"])
        found = reports(f"## FY27-Q4\n\n### Execution\n\n{bad}\n", empty)
        assert {each.rule for each in found} == {"placeholder-text"}


class TestNoOutcome:
    ITEM = "- Worked on the indexer. (witness: barbara-liskov)\n"

    def test_looks_at_rated_cells_only(self):
        assert len(reports(f"## FY27-Q4\n\n### Execution\n\n{self.ITEM}")) == 1
        for heading in ("## FY27-Q3\n\n### Execution", "## FY27-Q4\n\n### Else", "## Values"):
            assert reports(f"{heading}\n\n{self.ITEM}") == []

    @pytest.mark.parametrize(
        "text",
        [
            "Worked on the indexer, which finds every language now.",
            "Worked on the indexer ([change](https://example.com/1)).",
            "Worked on the indexer for 3 weeks.",
            "Worked on the indexer\n\n  and on much else.",
        ],
    )
    def test_anything_that_may_be_a_result_silences_it(self, text):
        assert rules_of(text) == []


class TestPayFigure:
    def test_does_not_repeat_the_amount(self):
        (found,) = reports("## Summary\n\nAda's salary is $141,592.\n")
        assert found.rule == "pay-figure"
        assert (found.line, found.column) == (14, 17)
        assert not re.search(r"\d", found.message + found.help)

    @pytest.mark.parametrize(
        "text",
        [
            "salary 90k",
            "a bonus of 5,000 euros",
            "bonus of five percent",
            "EUR 90.000 base salary",
            "95\u2019000 CHF salary",
            "salary\nof £70,000",
            "| salary | $90,000 |",
            "`bonus = 5000`",
            "> Her wage is 30 dollars.",
            "```\nsalary: 90000\n```",
            "<!-- salary: 90k -->",
            "a raise of 8%",
            "a 4-5 % raise",
            "RSUs worth USD 20k",
            "$20k in equity",
            "pay of €4.200",
            "her pay went from ¥500,000 to ¥600,000",
            "the in-band\nincrease: $4k",
            "SALARY: USD 90K",
        ],
    )
    def test_finds_amounts_wherever_they_stand(self, text):
        assert "pay-figure" in {each.rule for each in reports(f"## Summary\n\n{text}\n")}

    def test_finds_them_in_the_front_matter_too(self):
        text = FRONT.replace("status:", "# salary: 90k\nstatus:")
        (offset,) = pay_offsets(text)
        assert text[offset:].startswith("90k")

    @pytest.mark.parametrize(
        "text",
        [
            "the salary service answers 400 requests",
            "raise the limit to $5,000 a day",
            "The equity of access improved by a lot. 20 % fewer tickets",
            "pay attention to 3000 users",
            "a bonus: 3 fewer services",
            "salary data of 40,000 people moved",
            "Their bonus. $40k saved.",
            "the wages table has 12000 rows",
            "raise from 3 to 5 replicas",
            "equity (12 files)",
        ],
    )
    def test_leaves_other_figures_alone(self, text):
        assert reports(f"## Summary\n\n{text}\n") == []


class TestPlaceholders:
    @pytest.mark.parametrize(
        "text",
        [
            "TODO",
            "TODO: numbers",
            "TODO(ada): numbers",
            "- TODO",
            "1. tbd.",
            "…",
            "...",
            "N/A",
            "**TBD**",
            "TODO add the link",
            "The effect: TBD",
            "Coming soon.",
            "<your outcome here>",
            "[insert link]",
            "fell by XX %",
            "saves $XX a month",
            "Lorem ipsum dolor",
            "???",
            "See XXX for it",
            "to be done",
        ],
    )
    def test_are_found(self, text):
        assert {each.rule for each in reports(f"## Values\n\n{text}\n")} == {"placeholder-text"}

    @pytest.mark.parametrize(
        "text",
        [
            "Cleared the TODO list.",
            "TODO comments are gone.",
            "`TODO: x`",
            "<!-- TODO: x -->",
            "```\nTODO: x\n```",
            "    TODO: x",
            "A `Vec<T>` of <kbd>Ctrl</kbd>.",
            "Map<String, List<Item>>",
            "<details open>",
            "See [describe table](https://example.com) and [1].",
            "Model X sells.",
            "The XXL instances.",
            "[add one][ref]\n\n[ref]: https://example.com",
            "What now? … Then it ran.",
            "None of it was lost.",
            "<https://example.com/todo>",
            "<ada@example.com>",
        ],
    )
    def test_are_told_from_words(self, text):
        assert reports(f"## Values\n\n{text}\n") == []

    def test_stand_where_they_begin(self):
        (found,) = reports("## Values\n\n- Took it on, and the effect is TBD.\n")
        assert (found.line, found.column) == (14, 33)


SEEDS = [
    "salary of ",
    "salary $",
    "1,",
    "a raise of 8 ",
    "she is very very ",
    "great ",
    "[a](b) ",
    "<!-- ",
    "<a ",
    "`a ",
    "TODO ",
    "[insert ",
    "rock\n   ",
    "rock-",
    "she has the potential ",
    "fine ",
    "İ",
    "100k ",
    "she's ",
    "[",
    "10 to ",
]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_text_takes_longer_than_its_length(seed):
    def taken(size: int) -> float:
        body = "## Summary\n\n" + (seed * (size // len(seed))) + "\n"
        start = time.process_time()
        reports(body)
        return time.process_time() - start

    reports("## Summary\n\nwarm\n")
    assert taken(60_000) < 20 * taken(6_000) + 1


def test_every_rule_has_its_part_on_the_page():
    for rule in shipped().wording.lexicons:
        assert f"### `{rule}`" in PAGE
