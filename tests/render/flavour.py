"""Markdown read as GitHub would, to find in it what a comment may not hold."""

import re
from functools import lru_cache
from html import unescape

from markdown_it import MarkdownIt

from casework.render.escape import INVISIBLE
from casework.render.summary import MARKER

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

OUR_HTML = re.compile(
    r"<br>|</?span>|</?code>|</?sub>|</details>\n?|<details><summary>[^<>]*(<span>\$</span>[^<>]*)*"
    r"</summary>\n?"
)
LINKED_IN_TEXT = re.compile(
    r"@\w|#\d|GH-\d|(GHSA|CVE)-\w|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|:[\w+-]+:|://|www\.",
    re.IGNORECASE,
)


def tokens(markdown):
    for token in PARSER.parse(markdown):
        yield token
        yield from token.children or ()


def structure(markdown):
    """The blocks of a text, without what they say."""
    return [token.type for token in PARSER.parse(markdown)]


def shown(markdown):
    """What a reader sees of a text, less the breaks that keep GitHub from linking it."""
    parts = [t.content for t in tokens(markdown) if t.type in ("text", "code_inline")]
    return "".join(parts).replace("\u200b", "")


def links(markdown):
    return addresses(tokens(markdown))


def addresses(found):
    return [token.attrGet("href") for token in found if token.type == "link_open"]


# A check's text is the same whether it passes or not: what was read once is not read again.
@lru_cache(maxsize=32)
def assert_harmless(markdown):
    found = list(tokens(markdown))
    html = [token.content for token in found if token.type in ("html_block", "html_inline")]
    if markdown.startswith(MARKER):
        assert html.pop(0).rstrip("\n") == MARKER
    assert MARKER not in markdown.removeprefix(MARKER), "there is one marker, and it stands first"
    assert not [each for each in html if not OUR_HTML.fullmatch(each)]
    assert sum("<details>" in each for each in html) == sum("</details>" in each for each in html)
    assert not [token for token in found if token.type == "image"]
    linked = addresses(found)
    assert all(re.match(r"https?://", each) for each in linked)
    assert not [each for each in linked if re.match(r"https?://(www\.)?github\.com", each)]
    for place, token in enumerate(found):
        if token.type == "text":
            assert not LINKED_IN_TEXT.search(token.content), token.content
            assert "$" not in token.content or found[place - 1].content == "<span>"
    for block in html:
        assert not LINKED_IN_TEXT.search(unescape(block)), block


def assert_plain(text, most):
    """A field that GitHub takes as plain text holds nothing that any place would act on."""
    assert len(text.encode("utf-8")) <= most
    assert not INVISIBLE.search(text.replace("\u200b", ""))
    assert not re.search(r"[@#]\w", text)
    assert not re.search(r"(?m)^\s*::|##\[", text)


def assert_harmless_check(check):
    assert_plain(check.title, 255)
    assert "\n" not in check.title
    for markdown in (check.summary, check.text):
        assert_harmless(markdown)
        assert len(markdown.encode("utf-16-le")) // 2 <= 65_535
    for each in check.annotations:
        assert_plain(each.title, 255)
        assert_plain(each.message, 60_000)
        assert each.title.strip()
        assert each.message.strip()
        assert each.path.strip()
        assert not INVISIBLE.search(each.path)
        assert "\n" not in each.path
        assert min(each.line, each.column) >= 1
