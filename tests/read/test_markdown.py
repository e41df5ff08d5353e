import time

import pytest

from casework.model.position import Position
from casework.read.markdown import read_body
from casework.read.prose import prose


def body(text, line=1):
    return read_body(text, line)


def titles(text):
    return [(s.title, [sub.title for sub in s.subsections]) for s in body(text).sections]


def passages(section):
    return [(passage.line, passage.raw) for passage in section.passages]


class TestSections:
    def test_are_headings_of_the_second_and_third_level(self):
        text = "# No\n## A\n### a\n#### no\n### b ##\nB\n---\nc\n=\n##\tC  \n"
        assert titles(text) == [("A", ["a", "b"]), ("B", []), ("C", [])]

    def test_emphasis_and_a_colon_are_no_part_of_a_name(self):
        text = "## **A**\n### __a b:__\n### *c*:\n"
        assert titles(text) == [("A", ["a b", "c"])]

    def test_have_their_place(self):
        sections = body("x\n\n  ## A\n\nTwo\nlines\n-----\n### b\n", line=10).sections
        assert [s.at for each in sections for s in each.walk()] == [(12, 3), (14, 1), (17, 1)]

    def test_a_third_level_before_any_second_is_a_section_of_its_own(self):
        assert titles("### a\n## B\n### b\n") == [("a", []), ("B", ["b"])]

    @pytest.mark.parametrize(
        "text",
        ["> ## A", "- ## A", "```\n## A\n```", "    ## A", "<!--\n## A\n-->", "<div>\n## A\n</div>",
         "##A", "\\## A", "1. ## A"],
    )  # fmt: skip
    def test_are_not_inside_of_anything(self, text):
        assert body(text).sections == ()

    def test_have_content_unless_there_is_only_a_comment(self):
        text = (
            "## A\n<!-- x -->\n## B\n### b\nx\n## C\n- <!-- x -->\n## D\n<!-- x\n\ny -->\n"
            "## E\n[x]: http://a.b\n\n## F\n---\n## G\n<p></p>\n\n## H\n<!-- x --> y\n"
        )
        with_content = [s.title for s in body(text).sections if s.has_content]
        assert with_content == ["B", "G", "H"]

    def test_have_no_content_behind_a_comment_that_is_never_closed(self):
        (section,) = body("## A\n<!-- never\n\nclosed\n").sections
        assert not section.has_content

    def test_what_stands_before_the_first_is_the_preamble(self):
        read = body("hello\n\n- item\n\n## A\nx\n", line=5)
        assert passages(read.preamble) == [(5, "hello"), (7, "- item")]
        assert len(read.preamble.items) == 1


class TestPassages:
    def test_are_paragraphs_and_other_blocks_with_their_lines(self):
        text = "## A\none\ntwo\n\n- item\n  more\n\n  > quote\n  > on\n"
        text += "\n```py\ncode\n```\n\n    indented\n"
        (section,) = body(text, line=3).sections
        assert passages(section) == [
            (4, "one\ntwo"),
            (7, "- item\n  more"),
            (10, "  > quote\n  > on"),
            (13, "```py\ncode\n```"),
            (17, "    indented"),
        ]

    def test_the_prose_of_what_is_quoted_or_code_is_blank(self):
        text = "## A\n> quote\n\n```\ncode\n```\n\n    indented\n\n<div>\nx\n</div>\n\n- > a\n"
        (section,) = body(text).sections
        assert len(section.passages) == 5
        for passage in section.passages:
            assert passage.prose.strip() == ""
            assert len(passage.prose) == len(passage.raw)
            assert passage.prose.count("\n") == passage.raw.count("\n")

    def test_headings_are_no_passages(self):
        read = body("# one\n## two\n### three\n#### four\n")
        assert not read.preamble.passages
        assert not any(s.passages for each in read.sections for s in each.walk())


@pytest.mark.parametrize(
    ("raw", "foreign"),
    [
        ("plain words", []),
        ("- an item", ["-"]),
        ("1. an item", ["1."]),
        ("run `very smart` now", ["`very smart`"]),
        ("a ``b ` c`` d", ["``b ` c``"]),
        ("a ` lonely tick", []),
        ("a \\`b` c", []),
        ("[text](http://rock.star) on", ["](http://rock.star)"]),
        ("[text](x 'smart title') on", ["](x 'smart title')"]),
        ("[text][smart] on", ["][smart]"]),
        ("see https://a.b/smart/x on", ["https://a.b/smart/x"]),
        ("see www.smart.example on", ["www.smart.example"]),
        ("see <https://a.b/smart> on", ["<https://a.b/smart>"]),
        ("a <b class='smart'>bold</b> b", ["<b class='smart'>", "</b>"]),
        ("a <!-- smart --> b", ["<!-- smart -->"]),
        ("a <!-- never closed", []),
        ("a < b and c > d", []),
        ('said "very smart" to', ['"very smart"']),
        ("said \u201cvery smart\u201d to", ["\u201cvery smart\u201d"]),
        ("said \u201every smart\u201c to", ["\u201every smart\u201c"]),
        ("said \u2018it\u2019s smart\u2019 to", ["\u2018it\u2019s smart\u2019"]),
        ("said \xabsmart\xbb to", ["\xabsmart\xbb"]),
        ("said 'very smart' to", ["'very smart'"]),
        ("said 'it isn't smart' to", ["'it isn't smart'"]),
        ("the team's and the teams' goals", []),
        ("Ada's 5' and 6\" tall", []),
        ("don't, can't, won't", []),
        ("in the '90s and the teams' plan", []),
        ('a "quote\nover lines" b', ['"quote', 'over lines"']),
        ("x (shows: IC3-E1) y", ["(shows: IC3-E1)"]),
        ("x (Shows: IC3-E1;\n witness: ada) y", ["(Shows: IC3-E1;", " witness: ada)"]),
        ("x (see the graph) y", []),
    ],
)
def test_prose_is_the_authors_own_words_in_place(raw, foreign):
    own = raw
    for each in foreign:
        assert each in raw
        own = own.replace(each, " " * len(each), 1)
    assert prose(raw) == own


HOSTILE = {
    "quotes": ">" * 100_000,
    "quotes in lines": ("> " * 25 + "\n") * 4000,
    "nested list": "\n".join("  " * depth + "- a" for depth in range(600)),
    "hyphens": "- " * 100_000,
    "brackets": "- http://a " + "[" * 200_000,
    "links": "- http://a " + "[a](" * 4800,
    "ticks": "- x " + " ".join("`" * length for length in range(1, 630)),
    "stars": "- http://a " + "*a_ " * 5000,
    "less": "- http://a " + "<" * 19_000,
    "comments": "- x " + "<!-- " * 40_000,
    "closed comments": "- x " + "<!-- --> " * 25_000,
    "definitions": "[a]: b\n" * 20_000,
    "open definition": '[a]: b "\n' + "x\n" * 20_000,
    "notes": "- (shows: " + "a, " * 80_000 + ")",
    "more notes": "- " + "(shows: a) " * 22_000,
    "open notes": "- " + "(shows:" * 36_000,
    "quotation marks": '"a ' * 66_000,
    "apostrophes": " 'a'a" * 50_000,
    "opening marks": "\u201c" * 80_000,
    "addresses": "- " + "http://a " * 27_000,
    "parentheses": "](a" * 80_000,
    "entities": "- http://a " + "&amp" * 4900,
    "backslashes": "- http://a " + "\\[" * 9000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_little_time(name):
    start = time.process_time()
    body(HOSTILE[name])
    assert time.process_time() - start < 5


def test_a_passage_knows_the_place_of_its_characters():
    (section,) = body("## A\n- ab\n  cd\n", line=4).sections
    (passage,) = section.passages
    assert passage.position(passage.raw.index("cd")) == Position(6, 3)
