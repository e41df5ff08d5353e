"""Edits of a case's sections: headings that are missing, each at its place."""

from casework.edit.text import Edit, Original
from casework.model.case import Case, Section
from casework.model.fiscal import Quarter
from casework.model.framework import Category

EVIDENCE_HINT = (
    "<!-- One list item for each event: what the problem was, what was done, what came of it,\n"
    "and how anybody can check it: a link, or a witness as in (witness: handle). -->\n"
)
_BEFORE = ("Values", "Growth areas", "Feedback")


def category_headings(categories: tuple[Category, ...]) -> str:
    """A heading for each category, and once, below the first, a word on what belongs there."""
    hints = (f"\n{EVIDENCE_HINT}", *[""] * len(categories))
    headings = zip(categories, hints, strict=False)
    return "\n".join(f"### {each.name}\n{hint}" for each, hint in headings)


def quarter_sections(
    original: Original, case: Case, quarter: Quarter, categories: tuple[Category, ...]
) -> list[Edit]:
    """The headings of a quarter and its categories, as far as they are missing."""
    own = case.quarter_sections(quarter)
    if not own:
        text = f"## {quarter.label}\n\n{category_headings(categories)}"
        return [_before(original, _line_of(original, case, quarter), text)]
    there = [each.title for section in own for each in section.subsections]
    missing = tuple(each for each in categories if not any(map(each.is_titled, there)))
    if not missing:
        return []
    return [_before(original, _line_after(original, case, own[-1]), category_headings(missing))]


def subsections(original: Original, case: Case, title: str, texts: dict[str, str]) -> list[Edit]:
    """Headings of the third level at the end of a section, which is made if it is not there."""
    if not texts:
        return []
    text = "\n".join(f"### {name}\n\n{each}" for name, each in texts.items())
    section = case.section(title)
    if section is not None:
        return [_before(original, _line_after(original, case, section), text)]
    return [_before(original, len(original.lines) + 1, f"## {title}\n\n{text}")]


def _line_of(original: Original, case: Case, quarter: Quarter) -> int:
    """The line before which a quarter's section belongs: in the order that the others have."""
    dated = [(q, each) for each in case.sections if (q := Quarter.parse(each.title.upper()))]
    earlier = max((each for each in dated if each[0] < quarter), default=None, key=_quarter)
    later = min((each for each in dated if each[0] > quarter), default=None, key=_quarter)
    if len(dated) > 1 and dated[0][0] > dated[-1][0]:  # the latest comes first
        above, below = later, earlier
    else:
        above, below = earlier, later
    if above:
        return _line_after(original, case, above[1])
    if below:
        return below[1].at.line
    found = [section.at.line for title in _BEFORE if (section := case.section(title))]
    return found[0] if found else len(original.lines) + 1


def _quarter(dated: tuple[Quarter, Section]) -> Quarter:
    return dated[0]


def _line_after(original: Original, case: Case, section: Section) -> int:
    following = (each.at.line for each in case.sections if each.at.line > section.at.line)
    return min(following, default=len(original.lines) + 1)


def _before(original: Original, line: int, text: str) -> Edit:
    """Lines before a line, with an empty one on either side where there is none."""
    if not original.is_blank(line - 1):
        text = "\n" + text
    if line <= len(original.lines):
        text += "\n"
    return original.lines_before(line, text)
