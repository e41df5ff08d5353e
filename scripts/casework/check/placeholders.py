"""Where a case still holds what stood in for text."""

import re
from collections.abc import Iterator
from functools import cache

from casework.model.case import Passage

# Alone in a paragraph or an item these are all there is; within a sentence they are words.
_ALONE = (
    r"(?:to ?do|tbd|tbc|tba|fixme|xxx+|wip|n/?a|\?+|…|\.{2,}|_{2,}|coming soon|to follow|to come"
    r"|to be (?:done|added|written|filled in|completed|determined|decided|defined|confirmed)"
    r"|(?:fill|write) (?:me|this|something)(?: in| here)?|your text here|text here|placeholder"
    r"|none yet|nothing yet)[.!:…]*"
)
_AROUND = " \t\n*_"
_SHORT = 40

# What follows `TODO` in the name of a thing that people build.
_THINGS = r"(?:s|apps?|lists?|items?|comments?|features?|tracker|board|page|widget|grep|markers?)\b"
_HINTS = ("TODO", "FIXME", "TBD", "TBC", "X", "??", "__", "NN", "orem", "OREM")
_SQUARE = ("insert", "your", "describe", "fill", "add", "name", "link", "todo", "tb", "placeholder")
_WITHIN = rf"""
      \b(?:TODO|FIXME|TBD|TBC|XXX)(?=:|\([^()\n]{{1,40}}\):?)
    | \A(?:TODO|FIXME|TBD|TBC|XXX)\b(?![ -]{_THINGS})
    | \b(?:TBD|TBC)(?=[.)]?\s*\Z|[,;.)])
    | (?<=[.!?;:]\s)(?:TODO|FIXME)(?=[.!]?(?:\s*\Z|\s+[A-Z]))
    | \bXXX\b
    | [$€£]\s?(?:X{{1,3}}|_{{2,3}}|\?{{1,3}})(?!\w)
    | \b(?:by|to|from|of|in|about)\s(?:X{{1,3}}|\?{{1,3}}|_{{2,3}}|N{{2}})
      (?=\s?(?:%|percent|ms\b|s\b|x\b|seconds|minutes|hours|days|weeks|people|customers))
    | \b(?i:lorem\s{{1,9}}ipsum)\b
    | \[(?i:insert|your|describe|fill\ in|add|name\ of|link\ to|todo|tb[dc]|placeholder)
      \b[^\[\]\n]{{0,80}}\](?![(\[:])
"""

# Angle brackets around words: HTML, and so not the author's prose, for whoever reads Markdown.
_TEMPLATE = r"(?<![\w=])<[A-Za-z][^<>\n=:/@\"'\[]{2,80}>"
_CODE = r"(`+)(?!`)[^`]{1,2000}(?<!`)\1(?!`)"
_IS_CODE = ("```", "~~~")
_SINGLE = (
    " name date quarter handle person project description text here url outcome result number "
    "witness level review manager team category "
)
_TAGS = (
    " a b br blockquote cite code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img input "
    "ins kbd li mark ol p picture pre q s samp section small source span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var video "
)


def placeholders(passage: Passage) -> Iterator[tuple[int, str]]:
    """The offset and the text of each placeholder in a passage; code and comments hold none."""
    own = passage.prose.strip(_AROUND)
    start = passage.prose.find(own)
    if own and len(own) < _SHORT and _pattern(_ALONE).fullmatch(own.lower()):
        yield start, own
        return
    if any(each in own for each in _HINTS) or ("[" in own and _has_square(own.lower())):
        for match in _pattern(_WITHIN).finditer(own):
            yield start + match.start(), match[0].strip()
    if "<" in passage.raw:
        yield from _templates(passage)


def _has_square(lower: str) -> bool:
    return any(f"[{each}" in lower for each in _SQUARE)


@cache  # compiled only once a case needs it, which most do not
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.VERBOSE if "\n" in written else 0)


def _templates(passage: Passage) -> Iterator[tuple[int, str]]:
    raw = passage.raw
    is_indented = raw.startswith(("    ", "\t")) and not passage.prose.strip()
    if is_indented or raw.lstrip(" \t>").startswith(_IS_CODE):
        return
    text = _pattern(_CODE).sub(lambda code: " " * len(code[0]), raw) if "`" in raw else raw
    for match in _pattern(_TEMPLATE).finditer(_without_comments(text)):
        if _is_template(match[0]):
            yield match.start(), match[0]


def _without_comments(text: str) -> str:
    before, *comments = text.split("<!--")
    for comment in comments:
        inside, closing, after = comment.partition("-->")
        before += " " * len("<!--" + inside + closing) + after
    return before


def _is_template(text: str) -> bool:
    """Whether angle brackets hold words to be replaced, and not an HTML tag or a type."""
    words = re.findall(r"[\w-]+", text[1:-1].lower())
    if len(words) == 1:
        return f" {words[0]} " in _SINGLE
    if all(word[0].isupper() for word in text[1:-1].split()):
        return False  # a name, of a key or of a menu
    return f" {words[0]} " not in _TAGS and any(len(word) > 2 for word in words)
