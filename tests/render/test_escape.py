"""Whatever somebody wrote is shown as it is, and does nothing else."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.render.flavour import assert_harmless, links, shown, structure

from casework.render import escape

HOSTILE = [
    "@grace-hopper and @org/team",
    "fixes #12, GH-12, org/repo#12, GHSA-aaaa-bbbb-cccc",
    "0123456789abcdef0123456789abcdef01234567, 89ABCDEF, gh-12, cve-2026-1, WWW.example.com",
    "![x](https://example.com/x.png)",
    "[x](javascript:alert(1))",
    "<img src=https://example.com/x.png>",
    "<!-- casework:summary -->",
    "</details></summary></code></span>",
    "a | b \\| c",
    "`` ` `code`",
    "```\nfence\n```",
    "~~~",
    "# heading",
    "1. item",
    "1986) item",
    "- [x] task",
    "+ item",
    "* item",
    "===",
    "> quote",
    "[^1]: note",
    "[x]: https://example.com",
    "$x$ and $$y$$",
    ":shipit: 10:20:30",
    "https://github.com/o/r/issues/1 www.example.com a@example.com",
    "&lt;b&gt; &#64;grace &copy;",
    "\\@grace \\",
    "a\n\n# b\r\n- c\td",
    "\u202eevil\u202c zero\u200bwidth \x1b[31mred\x07",
    "::error::x ##[error]x",
    "cases/ada](javascript:x)`\n::error::x\n##[group]<!-- casework:summary -->",
    "\x1b]8;;https://example.com\x07x\udcff",
    "_under_ *star* ~~strike~~",
    "",
    "   ",
]

anything = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40)) | st.builds(
    "".join, st.lists(st.sampled_from([*HOSTILE, *"`|$<>&@#:[]()!*_~\\-+=.\n 1aé日"]), max_size=8)
)


def test_no_text_makes_an_image_of_a_link_that_follows():
    assert_harmless(escape.inline("Look!") + escape.link("here", "https://example.com"))


def as_seen(text):
    return " ".join(escape.visible(text).split())


@settings(deadline=None)
@given(anything)
@example("a\\|b")
@example("`a``b`")
def test_text_is_shown_exactly_and_does_nothing(text):
    markdown = f"So: {escape.inline(text)}"
    assert_harmless(markdown)
    assert structure(markdown) == ["paragraph_open", "inline", "paragraph_close"]
    assert " ".join(shown(markdown).split()) == " ".join(f"So: {as_seen(text)}".split())


@settings(deadline=None)
@given(anything)
def test_text_stays_in_its_cell(text):
    row = f"| a | b |\n| - | - |\n| {escape.inline(text)} | {escape.code(text)} |"
    assert_harmless(row)
    assert structure(row).count("td_open") == 2
    assert " ".join(shown(row).split()) == "ab" + f"{as_seen(text)}{as_seen(text)}"


@settings(deadline=None)
@given(anything)
def test_text_that_begins_a_line_opens_nothing(text):
    markdown = f"- {escape.begun(escape.inline(text))}x"
    assert_harmless(markdown)
    assert structure(markdown).count("list_item_open") == 1
    assert not {"heading_open", "fence", "blockquote_open", "hr"} & set(structure(markdown))


@settings(deadline=None)
@given(anything, anything)
def test_a_message_shows_its_quoted_values_as_code(before, value):
    markdown = escape.prose(f"{before} `{value}` is wrong, `{value}`")
    assert_harmless(markdown)
    assert structure(markdown) == ["paragraph_open", "inline", "paragraph_close"]


@settings(deadline=None)
@given(anything)
def test_html_holds_nothing_but_text(text):
    assert_harmless(f"<details><summary>{escape.html(text)}</summary>\n\n</details>")


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.com/a?b=1&copy=2#c", "https://example.com/a?b=1&copy=2#c"),
        ("https://example.com/a b>|<", "https://example.com/a%20b%3E%7C%3C"),
        ("https://github.com/o/r/issues/1", "https://redirect.github.com/o/r/issues/1"),
        ("https://GitHub.com/o/r/pull/1", "https://redirect.github.com/o/r/pull/1"),
        ("javascript:alert(1)", None),
        ("//example.com", None),
        ("https://", None),
        ("http://[", None),
        ("data:text/html,x", None),
    ],
)
def test_only_addresses_of_the_web_become_links(address, linked):
    assert links(escape.link("x", address)) == ([linked] if linked else [])


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_address_breaks_out_of_its_link(path):
    markdown = escape.link("x", f"https://example.com/{path}")
    assert_harmless(markdown)
    assert len(links(markdown)) == 1


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x1b[2Jb", "a<U+001B>[2Jb"),
        ("a\u202eb", "a<U+202E>b"),
        ("a\u200db", "a<U+200D>b"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("\udcff", "<U+DCFF>"),
        ("a\r\nb\tc", "a  b c"),
        ("naïve 日本", "naïve 日本"),
    ],
)
def test_a_terminal_shows_what_it_would_act_on(text, seen):
    assert escape.terminal(text) == seen


def test_a_workflow_command_keeps_to_one_line_and_its_property():
    assert escape.command_data("100 %\r\n::x") == "100 %25%0D%0A::x"
    assert escape.command_property("a:b,c\nd") == "a%3Ab%2Cc%0Ad"


@pytest.mark.parametrize("line", ["::error::x", "  ::stop-commands::x", "a ##[error]x", ":::x"])
def test_a_runner_finds_no_command_in_output(line):
    quiet = escape.without_commands(f"first\n{line}\nlast")
    assert not any(each.lstrip().startswith("::") for each in quiet.split("\n"))
    assert "##[" not in quiet
