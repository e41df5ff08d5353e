"""`casework rate`: add a quarter's ratings and sections to a draft, in place."""

from collections.abc import Mapping

from casework.cli.asking import ask, can_ask
from casework.cli.editing import edited, require_no_new_error
from casework.cli.failure import Exit, FailureError, UsageError
from casework.cli.files import Replacement, replace
from casework.cli.options import Options
from casework.cli.prospects import possible_quarters
from casework.cli.ratings import asked, given
from casework.cli.settings import Settings
from casework.cli.targets import targets
from casework.cli.terminal import write
from casework.cli.workplace import Found, Workplace, require_sound, what
from casework.edit.precedents import precedents
from casework.edit.rating import rated
from casework.model.case import Case, Status
from casework.model.english import day, number
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.rating import Rating
from casework.render.escape import terminal, without_commands

_SUCH_AS = "Such as `casework rate ada-lovelace FY27-Q3 --rating execution=exceeds …`."


def run(options: Options, settings: Settings) -> int:
    """Write the ratings into the draft, and say what was changed."""
    work = Workplace.of(settings, "rate")
    found = _draft(options, work, settings)
    case = found.case
    categories = work.categories(case.from_level)
    if not categories:
        raise FailureError(
            f"`from` must be a level of the framework; in `{found.path}` it is `{case.from_level}`",
            "Correct it first: it says in what a quarter is rated. Nothing was changed.",
        )
    quarter = _quarter(options.quarter, found, work)
    typed = given(options.ratings, categories)
    there = _present(case, quarter)
    missing = tuple(e for e in categories if e.id not in typed and e.id not in there)
    recalled = _recalled(found, quarter, categories, work)
    ratings = typed | asked(quarter, missing, recalled)
    after = edited(
        lambda: rated(found.blob.content, case, quarter, ratings, categories), found.path
    )
    if after == found.blob.content:
        write(f"{found.path} already says all of that; nothing was changed.\n")
        return Exit.HOLDS
    then = work.found_in(found.path, after)
    _require_as_meant(case, then, quarter, ratings, categories)
    require_no_new_error(found, then, work)
    replace(work.source, [Replacement(found.path, found.blob.content, after)])
    write(_told(found, then, quarter, ratings, work, () if missing else recalled))
    return Exit.HOLDS


def _draft(options: Options, work: Workplace, settings: Settings) -> Found:
    """The draft that is meant. Raises UsageError where there is none, or more than one."""
    if options.person is None:
        options = options._replace(person=_whom(work))
    if Quarter.parse((options.person or "").upper()):
        raise UsageError(
            f"the person comes before the quarter; the first word is `{options.person}`", _SUCH_AS
        )
    handle = work.person(options.person or "").handle
    cases = work.cases(handle)
    if options.case is not None:
        paths = targets((options.case,), work.git.root, settings.directory, work.source)
        cases = tuple(each for each in cases if each.path in paths)
        if not cases:
            raise UsageError(
                f"`--case` must be a case of `{handle}`; `{options.case}` is none",
                f"The cases lie in `cases/{handle}/`.",
            )
    drafts = [each for each in cases if each.case.status in (Status.DRAFT, None)]
    if not drafts and options.case is not None and not cases[0].is_open:
        raise FailureError(
            f"a decided case is never edited; `{cases[0].path}` is `{cases[0].case.status}`",
            "What has changed since belongs in a new case.",
        )
    if not drafts:
        raise _no_draft(handle, cases)
    if len(drafts) > 1:
        raise UsageError(
            f"`{handle}` must have one draft, or the one that is meant must be named; there are "
            f"{number(len(drafts))}",
            f"Add `--case {drafts[0].path}`, or `--case {drafts[1].path}`.",
        )
    require_sound(drafts[0].case)
    return drafts[0]


def _no_draft(handle: str, cases: tuple[Found, ...]) -> FailureError:
    submitted = next((each for each in cases if each.case.status is Status.SUBMITTED), None)
    if submitted:
        return FailureError(
            f"ratings must be changed in a draft; `{submitted.path}` is submitted",
            "Set its `status` back to `draft` first: approvals of it will have to be given again.",
        )
    decided = f" `{cases[-1].path}` is decided, and stays as it is." if cases else ""
    return FailureError(
        f"`{handle}` must have a draft to write into; there is none",
        f"Begin one: `casework new {handle}`.{decided}",
    )


def _whom(work: Workplace) -> str:
    missing = "`casework rate` must be told whose quarter is rated, and which"
    if not can_ask():
        raise UsageError(missing, _SUCH_AS)
    drafts = {
        each.case.person: f"{each.path}, {what(each.case)}"
        for each in work.cases_with(b"draft")
        if each.case.status is Status.DRAFT and each.case.person
    }
    return ask("Whose quarter is it?", drafts, missing, _SUCH_AS)


def _quarter(word: str | None, found: Found, work: Workplace) -> Quarter:
    if word is None:
        word = _which(found, work)
    quarter = Quarter.parse(word.upper())
    if quarter is None:
        raise UsageError(
            f"a quarter must be written like FY27-Q3, fiscal year and number; it is `{word}`",
            _SUCH_AS,
        )
    calendar = work.organisation.policy.calendar
    if calendar.first_day(quarter) > work.today:
        in_progress = calendar.containing(work.today)
        raise UsageError(
            f"a quarter must have begun before it is rated; {quarter.label} begins on "
            f"{day(calendar.first_day(quarter))}",
            f"The one in progress is {in_progress.label}.",
        )
    return quarter


def _which(found: Found, work: Workplace) -> str:
    """The quarter that a terminal was asked for: one that can count, or the one in progress."""
    person = work.person(found.case.person or "")
    listed = {each.quarter for each in found.case.quarters}
    in_progress = work.organisation.policy.calendar.containing(work.today)
    possible = {
        each.label: "rated" if each in listed else "not rated yet"
        for each in possible_quarters(person, work.categories(found.case.from_level), work)
    }
    return ask(
        "Which quarter?",
        possible | {in_progress.label: "in progress"},
        "`casework rate` must be told which quarter is rated",
        _SUCH_AS,
    )


def _present(case: Case, quarter: Quarter) -> Mapping[str, Rating]:
    return next((each.ratings for each in case.quarters if each.quarter == quarter), {})


def _recalled(
    found: Found, quarter: Quarter, categories: tuple[Category, ...], work: Workplace
) -> tuple[str, ...]:
    """How other cases of the person rated the quarter, in sentences."""
    person = found.case.person
    others = (
        each.case
        for each in work.cases(found.path.split("/")[1])
        if each.path != found.path and each.case.person == person
    )
    said = precedents(quarter, others, found.case.from_level, categories)
    return tuple(f"{each}." for each in said)


def _require_as_meant(
    before: Case,
    then: Found,
    quarter: Quarter,
    ratings: Mapping[str, Rating],
    categories: tuple[Category, ...],
) -> None:
    """Raise FailureError unless the file, read anew, says the old things and the new ones."""
    expected = dict(before.document.data)
    listed = {name: dict(cells or {}) for name, cells in expected["quarters"].items()}
    listed.setdefault(quarter.label, {}).update({k: v.word for k, v in ratings.items()})
    expected["quarters"] = listed
    sections = then.case.quarter_sections(quarter)
    titles = [each.title for section in sections for each in section.subsections]
    is_whole = all(any(map(each.is_titled, titles)) for each in categories)
    kept = {each.title for each in before.sections} <= {each.title for each in then.case.sections}
    if then.case.document.data != expected or then.case.document.flaws or not (is_whole and kept):
        raise FailureError(
            f"`{then.path}` must be written so that it can be edited in place; it is not",
            "Write the quarter by hand: something nearby is unusual, such as a comment or code "
            "that is left open. Nothing was changed.",
        )


def _told(
    found: Found,
    then: Found,
    quarter: Quarter,
    ratings: Mapping[str, Rating],
    work: Workplace,
    recalled: tuple[str, ...],
) -> str:
    old = _present(found.case, quarter)
    lines = [f"{found.path}, {quarter.label}:"]
    for name, rating in ratings.items():
        was = old.get(name)
        change = f"{was.word} → " if was not in (None, rating) and was else ""
        lines.append(f"  {name}: {change}{rating.word}" + (", as it was" if was == rating else ""))
    lines += recalled
    if len(then.case.sections) > len(found.case.sections):
        lines.append(f"Added the headings of {quarter.label}; write below them what it rests on.")
    elif not found.case.quarter_sections(quarter) or _subsections(then) > _subsections(found):
        lines.append(f"Added the missing headings of {quarter.label}.")
    lines += work.why_not_counted(then.case, quarter)
    lines.append("`casework review` shows how the case stands.")
    return without_commands("".join(f"{terminal(each)}\n" for each in lines))


def _subsections(found: Found) -> int:
    return sum(len(each.subsections) for each in found.case.sections)
