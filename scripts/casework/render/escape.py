"""Text by others made harmless, for each place that it is shown in.

What a case, a path, a title, a login or a name says is data. Shown on GitHub it could mention
people, link issues, load images or break the layout; shown in a terminal it could move the cursor;
shown in a log it could be a command to the runner.
"""

import re
from functools import cache

# What is not seen, or makes other text be seen differently. Joiners between two letters beyond
# ASCII belong to a script's spelling (or to an emoji).
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff\ud800-\udfff]"
    r"|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)

# GitHub links these in finished text, after Markdown: a backslash or an entity is gone by then,
# so something must stand between. A zero-width space is what Dependabot and Renovate use for it.
# Seven hexadecimal digits or more may name a commit, and `:name:` may be an image.
_BREAK = "\u200b"
_HAZARD = r"[@#]|(?:GH|GHSA|CVE)-|:(?=[\w+/-])|www(?=\.)"
_COMMIT = r"(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])"

_BLANK = re.compile(r"[\t\r\n]")
_SPACES = re.compile(" {2,}")

_MARKUP = {
    **{sign: "\\" + sign for sign in "\\`*_[]~"},
    # A dollar sign may open a formula, which a backslash does not prevent.
    "$": "<span>$</span>",
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "|": "&#124;",
    _BREAK: "&#8203;",
}
_MARKDOWN = str.maketrans(_MARKUP)
_HTML = str.maketrans({k: v for k, v in _MARKUP.items() if k in "$<>&|" + _BREAK} | {'"': "&quot;"})
_BLOCK_START = re.compile(r"\A(\d{0,9})([#+=:-]|(?<=\d)[.)])")


def visible(text: str) -> str:
    """The text on one line, with everything invisible shown as `<U+202E>`."""
    if text.isascii() and text.isprintable():
        return text  # as nearly all of it is
    shown = INVISIBLE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
    return _BLANK.sub(" ", shown)


def inline(text: str) -> str:
    """The text as GitHub Markdown that shows exactly it, where something else begins the line."""
    shown = _defused(text).translate(_MARKDOWN)
    # Before a link of ours it would make an image of it.
    return shown[:-1] + "\\!" if shown.endswith("!") else shown


def begun(markdown: str) -> str:
    """Escaped Markdown, fit to stand first in its line, where it could open a heading or a list."""
    return _BLOCK_START.sub(r"\1\\\2", markdown.strip(), count=1)


def html(text: str) -> str:
    """The text for the inside of an HTML element, where Markdown is not read."""
    return _defused(text).strip().translate(_HTML)


def code(text: str) -> str:
    """The text as code, in which GitHub links nothing; nothing for blank text."""
    shown = " ".join(visible(text).split())
    if not shown:
        return ""
    # A backtick ends a code span and a bar a table's cell; `<` could spell out the comment's
    # marker, and `##[` a command to the runner.
    return f"<code>{inline(shown)}</code>" if re.search(r"[`|<]|##\[", shown) else f"`{shown}`"


def prose(message: str) -> str:
    """A message of ours as Markdown: what stands in backticks becomes code, the rest is text."""
    first, *rest = re.split(r"`([^`]*)`", message)
    rest = [inline(part) if place % 2 else code(part) for place, part in enumerate(rest)]
    return begun("".join((inline(first), *rest)))


def link(text: str, address: str) -> str:
    """A link with a label that is Markdown already; the label alone unless it is http or https."""
    target = _address(address)
    return f"[{text or inline(address)}](<{target}>)" if target else text


def terminal(text: str) -> str:
    """The text for a terminal, on one line, with nothing left that a terminal would act on."""
    return visible(text)


def plain(text: str, most: int) -> str:
    """The text for a field that GitHub takes as plain text, on one line, of at most so many bytes.

    Should some page of GitHub's link it all the same, it still names nobody and no issue.
    """
    shown = re.sub(r"[@#](?=\w)", rf"\g<0>{_BREAK}", " ".join(visible(text).split()))
    return _clipped(without_commands(shown), most)


def without_commands(output: str) -> str:
    """Output of many lines in which a runner of GitHub Actions finds no command."""
    return re.sub(r"(?m)^([ \t]*):(?=:)", r"\1: ", output.replace("##[", "# #["))


def command_data(text: str) -> str:
    """The text as the message of a workflow command."""
    shown = INVISIBLE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """The text as a property's value in a workflow command."""
    return command_data(text).replace(":", "%3A").replace(",", "%2C")


def _clipped(text: str, most: int) -> str:
    whole = text.encode("utf-8")
    if len(whole) <= most:
        return text
    return whole[: most - len("…".encode())].decode("utf-8", "ignore") + "…"


def _defused(text: str) -> str:
    shown = _SPACES.sub(" ", visible(text))
    hazard, commit = _hazards()
    shown = commit.sub(lambda match: re.sub(".{6}", rf"\g<0>{_BREAK}", match[0]), shown)
    return hazard.sub(lambda match: match[0] + _BREAK, shown)


@cache  # a terminal needs none of it, and they take long to compile
def _hazards() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_HAZARD, re.IGNORECASE), re.compile(_COMMIT, re.IGNORECASE)


def _address(address: str) -> str | None:
    from urllib.parse import quote, urlsplit

    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    if host in ("github.com", "www.github.com"):
        # Linking an issue from a comment writes to that page. This host of GitHub's, which
        # Dependabot uses for it, leads to the same page and leaves no trace there.
        address = "https://redirect.github.com/" + address.split("://", 1)[1].partition("/")[2]
    encoded = quote(address.encode("utf-8", "replace"), safe="%:/?#!$&'()*+,;=~@-._[]")
    return encoded.replace("&", "&amp;").replace("@", "%40")
