"""Whatever is read, nothing is raised, and everything found lies inside the file."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.model.blob import Blob
from casework.read.case import read_case
from casework.read.documents import read_document
from casework.read.organisation import read_organisation
from tests.read.files import CASE, FRONT_MATTER, ROOT, is_inside, schemas

SCRAPS = st.sampled_from([
    "---\n", "...\n", "\0", "\ufeff", "\r\n", "\r", "\t", "\n", " ", "&a ", "*a", "<<: *a\n",
    "!!x ", "!",
    "? ", "|\n", ">-\n", "{", "}", "[", "]", "'", '"', "#", ": ", ", ", "- ", "0o17", "1e999",
    ".nan",
    "9" * 400, "null", "~", "2027-02-30", "FY27-Q5", "```\n", "`", "<!--", "-->", "> ", "## ",
    "### ",
    "===\n", "](", "![", "[x]: http://a\n", "(shows: ", "; witness: ", ")", "http://", "\\",
    "%YAML 9\n",
    "é", "\u202e", "\u2028", "\x85", "😀", "person", "quarters:\n", "  FY27-Q2: {a: next}\n",
    "kind: promotion\n",
])  # fmt: skip
CASES = [
    f"---\n{FRONT_MATTER}---\n## FY27-Q2\n### Execution\n- A [b](https://c.d). (shows: IC3-E1)\n"
]


@st.composite
def contents(draw):
    """Bytes; or scraps; or a case that scraps were put into."""
    if draw(st.booleans()):
        return draw(st.one_of(st.binary(max_size=60), st.lists(SCRAPS, max_size=20).map(_joined)))
    text = draw(st.sampled_from(CASES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(SCRAPS) + text[end:]
    return _joined([text])


def _joined(parts):
    return "".join(parts).encode("utf-8", "surrogatepass")


def text_of(content):
    """The lines that a person sees, even of a file that is not text."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def places(case):
    yield from (flaw.at for flaw in case.document.flaws)
    yield from (at for place in case.document.places.values() for at in place)
    for section in (case.preamble, *(s for each in case.sections for s in each.walk())):
        yield section.at
        for item in section.items:
            yield item.at
            yield from (each.at for each in (*item.shows, *item.witnesses))
        for passage in section.passages:
            yield passage.position(0)
            yield passage.position(len(passage.raw))
            assert len(passage.prose) == len(passage.raw)


@cache
def shipped():
    """The repository's own data files, read."""
    paths = [*(ROOT / "framework").rglob("*.yaml"), ROOT / "cases/people.yaml"]
    blobs = [Blob(each.relative_to(ROOT).as_posix(), each.read_bytes()) for each in paths]
    return {each.path: read_document(each, schemas()) for each in blobs}


@settings(deadline=None)
@given(contents())
def test_a_case(content):
    case = read_case(Blob(CASE, content), schemas())
    outside = [at for at in places(case) if not is_inside(at, text_of(content))]
    assert not outside
    assert case.document.readable or case.document.flaws


@pytest.mark.parametrize(
    "path", ["cases/people.yaml", "framework/policy.yaml", "framework/framework.yaml",
             "framework/levels/ic1.yaml", "framework/wording.yaml", "schemas/case.schema.json"]
)  # fmt: skip
@settings(deadline=None)
@given(content=contents())
def test_a_data_file(path, content):
    document = read_document(Blob(path, content), schemas())
    outside = [flaw.at for flaw in document.flaws if not is_inside(flaw.at, text_of(content))]
    assert not outside
    read_organisation(shipped() | {path: document})
