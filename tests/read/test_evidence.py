import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.read import links as links_module
from casework.read.links import links
from casework.read.markdown import read_body


def items(text, line=1):
    return read_body(text, line).preamble.items


def item(text, line=1):
    (only,) = items(text, line)
    return only


def words(mentions):
    return [(each.word, tuple(each.at)) for each in mentions]


class TestItem:
    def test_has_its_place_and_its_text(self):
        assert item("\n  * Did  it\n    well.\n", line=5).at == (6, 3)
        assert item("\n  * Did  it\n    well.\n").text == "Did  it\nwell."

    @pytest.mark.parametrize("marker", ["-", "*", "+", "1.", "23)"])
    def test_may_have_any_marker(self, marker):
        assert item(f"{marker} Did it.").text == "Did it."

    def test_has_a_text_without_notes(self):
        text = (
            "- Did it\n  ([graph](https://a.b/c)). (shows: IC3-E1;\n  witness: ada) Then rested.\n"
        )
        assert item(text).text == "Did it\n([graph](https://a.b/c)). Then rested."
        assert item("- Did it. (shows: IC3-E1)\n").text == "Did it."
        assert item("- Did it.\n  (shows: IC3-E1)\n").text == "Did it."

    def test_holds_its_nested_items(self):
        nested = "  - one (shows: A-E1)\n    1. two (witness: bob)\n"
        text = f"- Did it:\n{nested}\n  More https://a.b\n- Next\n"
        first, second = items(text)
        assert first.text == "Did it:\n- one\n  1. two\n\nMore https://a.b"
        assert words(first.shows) == [("A-E1", (2, 17))]
        assert words(first.witnesses) == [("bob", (3, 22))]
        assert first.links == ("https://a.b",)
        assert len(first.passages) == 4
        assert second.at == (6, 1)

    def test_stands_right_under_a_heading(self):
        text = "## A\n- one\n\ntext\n\n* two\n### b\n1. three\n> - quoted\n"
        (section,) = read_body(text, 1).sections
        assert [each.text for each in section.items] == ["one", "two"]
        assert [each.text for each in section.subsections[0].items] == ["three"]

    @pytest.mark.parametrize("text", ["-\n", "- <!-- nothing -->\n", "-\n-\n"])
    def test_says_something(self, text):
        assert items(text) == ()


class TestNotes:
    @pytest.mark.parametrize(
        ("text", "shows", "witnesses"),
        [
            ("- a (shows: X)", [("X", (1, 13))], []),
            ("- a (shows: X, Y ,Z)", [("X", (1, 13)), ("Y", (1, 16)), ("Z", (1, 19))], []),
            ("- a (witness: bob)", [], [("bob", (1, 15))]),
            ("- a (Witnesses : bob, cy)", [], [("bob", (1, 18)), ("cy", (1, 23))]),
            ("- a (witness: bob; SHOWS: X)", [("X", (1, 27))], [("bob", (1, 15))]),
            ("- a (shows: X;\n  witness:\n    bob,\n  cy)", [("X", (1, 13))],
             [("bob", (3, 5)), ("cy", (4, 3))]),
            ("- (shows: X) a (shows: Y)", [("X", (1, 11)), ("Y", (1, 24))], []),
            ("- a (see (shows: X))", [("X", (1, 18))], []),
            ("- 東京 😀 (shows: X)", [("X", (1, 16))], []),
            ("-\ta (shows: X)", [("X", (1, 13))], []),
            ("- a (shows: `X`)", [("X", (1, 14))], []),
            ("- a (shows: , ;witness:)", [], []),
            ("- a `(shows: X)`", [], []),
            ("- a shows: X", [], []),
            ("- a (shows X)", [], []),
            ("- a (shows: X", [], []),
            ("- a (slideshows: X)", [], []),
            ("- a\n\n  ```\n  (shows: X)\n  ```", [], []),
        ],
    )  # fmt: skip
    def test_name_behaviours_and_witnesses_with_their_place(self, text, shows, witnesses):
        read = item(text)
        assert words(read.witnesses) == witnesses
        assert words(read.shows) == shows


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](https://a.b/c)", ["https://a.b/c"]),
        ("[a](https://a.b/c), [d](http://e.f)", ["https://a.b/c", "http://e.f"]),
        ('[a](https://a.b/c "title")', ["https://a.b/c"]),
        ("[a](<https://a.b/c d>)", ["https://a.b/c%20d"]),
        ("<https://a.b>", ["https://a.b"]),
        ("see https://a.b/c.", ["https://a.b/c"]),
        ("(https://a.b/c)", ["https://a.b/c"]),
        ("**https://a.b**", ["https://a.b"]),
        ("[https://a.b](https://c.d)", ["https://c.d"]),
        ("[a\nb](https://a.b)", ["https://a.b"]),
        ("[`a`](https://a.b)", ["https://a.b"]),
        ("[a [b]](https://a.b)", ["https://a.b"]),
        ("HTTPS://A.B/c", ["HTTPS://A.B/c"]),
        ("https://127.0.0.1:8000/x http://[::1]/x", ["https://127.0.0.1:8000/x"]),
        ("[a](https://b\u00fccher.example)", ["https://xn--bcher-kva.example"]),
        ("`https://a.b`", []),
        ("`[a](https://a.b)`", []),
        ("\\[a](nothing) https\\://a.b", []),
        ("[a](/c)", []),
        ("[a](#c)", []),
        ("[a](mailto:a@b.c)", []),
        ("[a](ftp://a.b)", []),
        ("[a](javascript:alert(1))", []),
        ("[a](https://)", []),
        ("[a](https:///c)", []),
        ("https:// a", []),
        ("http://?x", []),
        ("![a](https://a.b)", []),
        ("[a] (see it)", []),
        ("[a][b]", []),
    ],
)  # fmt: skip
def test_links_are_web_addresses_with_a_host(text, found):
    assert list(links(text, {})) == found


def test_links_may_be_defined_elsewhere():
    text = (
        "- a [one][x], [two], [x][] and [none][y]\n\n[x]: https://a.b\n[two]: http://c.d 'title'\n"
    )
    assert item(text).links == ("https://a.b", "http://c.d")


def test_code_holds_no_links():
    assert item("- a\n\n      https://a.b\n\n  ```\n  https://a.b\n  ```\n").links == ()


def test_a_comma_divides_notes_only_before_the_name_of_a_list():
    found = item("- x (shows: IC2-E1, IC2-E2,\n  Witness: ada, note: bob)\n")
    assert [(each.word, each.at) for each in found.shows] == [
        ("IC2-E1", (1, 13)),
        ("IC2-E2", (1, 21)),
    ]
    assert [(each.word, each.at) for each in found.witnesses] == [
        ("ada", (2, 12)),
        ("note: bob", (2, 17)),
    ]


PIECES = st.sampled_from([
    "[", "]", "(", ")", "](", "https://a.b", "http://c.d/e_f?g=h", "http://", "!", "*", "_", "a",
    " ",
    "\n", ".", ",", "<", ">", "`", "\\", "&", "&amp;", "[a](https://a.b)", "[b](http://c.d/x)",
    "é", '"',
])  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_short_cut_finds_what_the_parser_finds(text):
    plain = links_module._plain(text)
    if plain is not None:
        assert plain == list(links_module._parsed(text, {}))
