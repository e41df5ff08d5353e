import math
import time

import pytest

from casework.model.document import Place
from casework.read.yaml_text import read_yaml


def data(text):
    read = read_yaml(text)
    assert read.readable
    assert not read.flaws
    return read.data


def flaws(text):
    return [(flaw.rule, tuple(flaw.at)) for flaw in read_yaml(text).flaws]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None), ("nULL", "nULL"),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("Off", "Off"), ("y", "y"), ("tRue", "tRue"),
        ("12", 12), ("-12", -12), ("+3", 3), ("012", 12), ("0o17", 15), ("0x1F", 31),
        ("0b1", "0b1"),
        ("1_000", "1_000"), ("12:30:45", "12:30:45"), ("2027-02-01", "2027-02-01"),
        ("2027-02-01T10:00:00Z", "2027-02-01T10:00:00Z"), ("1.5", 1.5), (".5", 0.5), ("1.", 1.0),
        ("1e3", 1000.0), ("-1.5E-1", -0.15), (".inf", math.inf), ("-.INF", -math.inf),
        ("1.0.0", "1.0.0"), ("2027-02", "2027-02"), ("=", "="), ("<<", "<<"), ("-", None),
        (".", "."),
        ("'12'", "12"), ('"true"', "true"), ("١٢", "١٢"), ("9" * 5000, "9" * 5000),
        ("1e999", math.inf),
    ],
)  # fmt: skip
def test_values_have_the_core_types_of_yaml_1_2(written, value):
    if written == "-":
        assert data("a:\n- \n") == {"a": [None]}
    else:
        assert data(f"a: {written}\n") == {"a": value}
        assert type(data(f"a: {written}\n")["a"]) is type(value)


def test_not_a_number_is_one():
    assert math.isnan(data("a: .NaN")["a"])


def test_names_are_text_whatever_they_look_like():
    assert data("{1: a, null: b, true: c, 2027-02-01: d, '': e}") == {
        "1": "a", "null": "b", "true": "c", "2027-02-01": "d", "": "e"
    }  # fmt: skip


def test_every_value_has_its_place():
    text = 'ä:  x\nlist: [1,  {k: "v"}]\nb:\n  - 東: 京\n  -   two\n'
    places = read_yaml(text, first_line=2).places
    assert places == {
        ("ä",): Place((2, 1), (2, 5)),
        ("list",): Place((3, 1), (3, 7)),
        ("list", 0): Place((3, 8), (3, 8)),
        ("list", 1): Place((3, 12), (3, 12)),
        ("list", 1, "k"): Place((3, 13), (3, 16)),
        ("b",): Place((4, 1), (5, 3)),
        ("b", 0): Place((5, 5), (5, 5)),
        ("b", 0, "東"): Place((5, 5), (5, 8)),
        ("b", 1): Place((6, 7), (6, 7)),
    }


def test_columns_count_characters_not_their_width_or_bytes():
    places = read_yaml('a: "👩‍💻"\n東京: {é: 1, 😀: 2}\n').places
    assert places["東京", "😀"] == Place((2, 12), (2, 15))


@pytest.mark.parametrize(
    ("text", "at", "word"),
    [
        ("a:\n\tb: 1\n", (2, 1), "tab"),
        ("a:\tb\n\tc: 1\n", (2, 1), "tab"),
        ("a:1\nb: 2\n", (1, 2), "space after the colon"),
        ("a: 1\nb:2\n", (2, 2), "space after the colon"),
        ("a: 1\nb\nc: 2\n", (2, 1), "no colon"),
        ("a b\nc: 2\n", (1, 1), "no colon"),
        ("a: b: c\n", (1, 5), "quotes"),
        ("a: @b\n", (1, 4), "quotes"),
        ("a: `b`\n", (1, 4), "backtick"),
        ("a: * b\n", (1, 4), "quotes"),
        ("a: [1, 2\nb: 3\n", (1, 4), "closed by `]`"),
        ("a: {b: 1\n", (1, 4), "closed by `}`"),
        ("a: {b: 1]\n", (1, 9), "closing `}`"),
        ("a: {b: c d: e}\n", (1, 11), "comma"),
        ("a: 'b\nc: d\n", (1, 4), "quotation mark"),
        ('a: "b\n', (1, 4), "quotation mark"),
        ('a: "b" c\n', (1, 8), "follow the closing"),
        ('a: "\\q"\n', (1, 5), "backslash"),
        ("a: 1\n b: 2\n", (2, 2), "indented"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "indented"),
        ("a: |x\n", (1, 5), "next line"),
        ("a: - b\n", (1, 4), "line of its own"),
        ("- a\nb: 1\n", (2, 1), "hyphen"),
        ("a: 1\n- b\n", (2, 1), "list"),
        ("a: 1\n---\nb: 2\n", (2, 1), "one block"),
        ("a: 1\n...\nb: 2\n", (3, 1), "one block"),
        ("[" * 40, (1, 33), "nested"),
        ("? [a]\n: 1\n", (1, 3), "name"),
        ("a: !<x y\n", (1, 7), "cannot be read"),
        ("%YAML 3\n---\na\n", (1, 8), "cannot be read"),
        ("a\0b", (1, 2), "cannot be read"),
    ],
)
def test_a_slip_in_the_notation_is_said_in_plain_words(text, at, word):
    (flaw,) = read_yaml(text).flaws
    assert flaw.rule == "yaml-syntax"
    assert word in flaw.message
    assert flaw.at == at
    assert flaw.help


def test_a_field_given_twice_is_reported_at_the_second():
    read = read_yaml("a: 1\nb: {c: 1, c: [2, {d: 3}]}\n'a': 3\n")
    assert [(f.rule, f.at) for f in read.flaws] == [
        ("duplicate-key", (2, 11)),
        ("duplicate-key", (3, 1)),
    ]
    assert read.data == {"a": 1, "b": {"c": 1}}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a: &x 1\nb: *x\nc: *x\n", [(1, 4)]),
        ("a: *x\n", [(1, 4)]),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", [(1, 4)]),
        ("a: {<<: *x}\n", [(1, 9)]),
        ("&x a: 1\n*x : 2\n", [(1, 1)]),
        ("a: &x 1\nb: &y 2\n", [(1, 4), (2, 4)]),
    ],
)
def test_a_shared_value_is_reported_at_its_anchor(text, at):
    assert flaws(text) == [("yaml-alias", each) for each in at]


def test_shared_values_do_not_multiply():
    bomb = "a: &a [x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    read = read_yaml(bomb)
    assert {flaw.rule for flaw in read.flaws} == {"yaml-alias"}
    assert read.data["i"] == [None] * 9


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!str", "!x", "!", "!!map"])
def test_a_tag_is_a_flaw_and_never_obeyed(tag):
    assert flaws(f"a: {tag} [1]\n") == [("invalid-value", (1, 4))]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "---\n...\n"])
def test_nothing_is_nothing(text):
    read = read_yaml(text)
    assert not read.readable
    assert not read.flaws


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 50_000, "- " * 100_000, "? " * 100_000, "!x " * 60_000, "&a " * 60_000,
     "a: !x b\n" * 20_000, "".join(f"a{i}: !x b\n" for i in range(15_000)), "'" * 200_000,
     "x" * 200_000 + ": 1", "a: " + "*b, " * 50_000, "[" + "*b, " * 50_000 + "]", "#" * 200_000,
     "a: [" + "b, " * 60_000, "\n" * 200_000 + "\t", "a\n" * 100_000, "a: |\n" + " x\n" * 60_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_hostile_text_is_read_in_little_time(text):
    start = time.process_time()
    read_yaml(text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "at", "part"),
    [
        ("a: [\n", (1, 4), "The bracket `[` must be closed by `]`"),
        ("a: {b: [1],\n", (1, 4), "The bracket `{` must be closed by `}`"),
        ("a: [{\n# c\n", (1, 5), "The bracket `{` must be closed by `}`"),
        ("a: {b:next, c: d}\n", (1, 6), "There must be a space after the colon."),
        ("a:\u00a0b\nc: d\n", (1, 3), "here is a no-break space."),
        ("a: b\n \u00a0c: d\n", (2, 2), "here is a no-break space."),
    ],
)
def test_slips_are_told_where_they_are(text, at, part):
    (flaw,) = read_yaml(text).flaws
    assert (flaw.rule, flaw.at) == ("yaml-syntax", at)
    assert part in flaw.message


def test_a_name_that_touches_its_value_is_read_as_it_was_meant():
    assert read_yaml("a: {b:next, c: d}\n").data == {"a": {"b": "next", "c": "d"}}
    assert read_yaml("a: {b: c, b:next}\n").data == {"a": {"b": "c"}}
    assert data("a: {http://b: c, 'd:e': }\n") == {"a": {"http://b": "c", "d:e": None}}


def test_only_shared_values_are_merged_away():
    assert data("a: {<<: {b: c}}\n") == {"a": {"<<": {"b": "c"}}}
