"""Case files in every style that people write them in."""

from hypothesis import strategies as st

from casework.model.blob import Blob
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.rating import RATING_WORDS
from casework.read.case import read_case
from casework.read.schema import read_schemas
from tests.cli.clones import ROOT
from tests.factories import CATEGORIES

PATH = "cases/ada-lovelace/2027-02.md"
SCHEMAS = read_schemas(
    Blob(f"schemas/{each.name}", each.read_bytes())
    for each in sorted((ROOT / "schemas").glob("*.schema.json"))
)
LABELS = ("FY26-Q3", "FY26-Q4", "FY27-Q1", "FY27-Q2", "FY27-Q3")
FIELDS = {
    "person": "ada-lovelace", "kind": "promotion", "from": "IC2", "to": "IC3",
    "level_since": "2025-02-01", "manager": "grace-hopper", "review": "2027-02",
    "status": "draft",
}  # fmt: skip
COMMENTS = ("", "  # why: see below", " # {a: b}, 'c'")
OWN_LINES = ("", "# a comment of its own: {x}", "  # indented, FY27-Q2: none")


def the_case(content: bytes):
    return read_case(Blob(PATH, content), SCHEMAS)


@st.composite
def quoted(draw, word: str) -> str:
    return draw(st.sampled_from((word, f"'{word}'", f'"{word}"')))


@st.composite
def cells(draw, categories: tuple[Category, ...] = CATEGORIES) -> dict[str, str]:
    words = {each.id: draw(st.sampled_from(RATING_WORDS)) for each in categories}
    return dict(draw(st.permutations(list(words.items()))))


@st.composite
def quarter_lines(draw, indent: str, label: str) -> list[str]:
    rated = draw(cells())
    comment = draw(st.sampled_from(COMMENTS))
    key = draw(quoted(label))
    style = draw(st.sampled_from(("flow", "wide", "block", "broken")))
    shown = {name: draw(quoted(word)) for name, word in rated.items()}
    if style == "block":
        deeper = indent + draw(st.sampled_from((" ", "  ", "    ")))
        return [
            f"{indent}{key}:{comment}",
            *(f"{deeper}{name}: {word}{draw(st.sampled_from(COMMENTS))}"
              for name, word in shown.items()),
        ]  # fmt: skip
    pairs = [f"{name}: {word}" for name, word in shown.items()]
    if style == "broken":
        return [f"{indent}{key}: {{{pairs[0]},", f"{indent}    {', '.join(pairs[1:])} }}{comment}"]
    gap = ",   " if style == "wide" else ", "
    return [f"{indent}{key}: {{{gap.join(pairs)}}}{comment}"]


@st.composite
def front_lines(draw, labels: list[str]) -> list[str]:
    fields = list(draw(st.permutations(list(FIELDS.items()))))
    place = draw(st.integers(0, len(fields)))
    lines: list[str] = []
    for at, (name, word) in enumerate((*fields, ("", ""))):
        if at == place:
            lines += draw(quarters_field(labels))
        if name:
            lines += [f"{name}: {draw(quoted(word))}{draw(st.sampled_from(COMMENTS))}"]
            own = draw(st.sampled_from(OWN_LINES))
            lines += [own] if own or draw(st.booleans()) else []
    return lines


@st.composite
def quarters_field(draw, labels: list[str]) -> list[str]:
    comment = draw(st.sampled_from(COMMENTS))
    if not labels:
        waiting = "  # FY27-Q2: {proficiency: …, execution: …, teamwork: …}"
        return [f"quarters: {{}}{comment}", *([waiting] if draw(st.booleans()) else [])]
    if draw(st.integers(0, 4)) == 0:
        rated = [
            f"{label}: {{{', '.join(f'{n}: {w}' for n, w in draw(cells()).items())}}}"
            for label in labels
        ]
        return [f"quarters: {{{', '.join(rated)}}}{comment}"]
    indent = draw(st.sampled_from((" ", "  ", "    ")))
    lines = [f"quarters:{comment}"]
    for label in labels:
        lines += draw(quarter_lines(indent, label))
        lines += [f"{indent}# after {label}"] if draw(st.booleans()) else []
    return lines


@st.composite
def body_lines(draw, labels: list[str]) -> list[str]:
    titled = draw(st.lists(st.sampled_from(LABELS), unique=True, max_size=3))
    sections = ["Summary", *draw(st.permutations(list({*titled, *labels[:1]}))), "Values"]
    sections += draw(st.sampled_from(((), ("Growth areas",), ("Growth areas", "Notes"))))
    lines = draw(st.sampled_from(([], [""])))
    for title in sections:
        lines = [*lines, f"## {title}", *draw(st.sampled_from(([], [""])))]
        if Quarter.parse(title):
            for each in draw(st.permutations(CATEGORIES))[: draw(st.integers(0, 3))]:
                lines += [f"### {each.name}", "", "- Cut it ([d](https://example.com)). ", ""]
        lines += draw(st.sampled_from((["Some prose", "of two lines."], ["", "- item", "", ""])))
        lines += draw(st.sampled_from(([], ["<!-- a remark -->"], ["```", "## no heading", "```"])))
    return lines


@st.composite
def case_files(draw) -> bytes:
    """A case of ada-lovelace, a draft without errors of form, however it is written."""
    labels = draw(st.lists(st.sampled_from(LABELS), unique=True, max_size=3))
    front = draw(front_lines(labels))
    lines = ["---", *front, draw(st.sampled_from(("---", "--- "))), *draw(body_lines(labels))]
    ending = draw(st.sampled_from(("\n", "\r\n", "\r")))
    text = ending.join(lines) + draw(st.sampled_from(("", ending, ending * 2)))
    return draw(st.sampled_from((b"", b"\xef\xbb\xbf"))) + text.encode()
