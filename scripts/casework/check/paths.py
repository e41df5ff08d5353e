"""Whether a file lies where its content says that it belongs."""

import re
from collections.abc import Iterator

from casework.check import ladder
from casework.check.context import Context, Problem
from casework.check.data import value
from casework.check.words import quoted
from casework.model.case import Kind
from casework.model.document import Document, DocumentKind
from casework.model.position import START

_IN_BAND = re.compile(r"in-band-[0-9]{4}-(0[1-9]|1[0-2])\.md")


def misplaced(context: Context) -> Iterator[Problem]:
    """What speaks against the path of a case, a level, or a stray file."""
    document = context.document
    if document.kind is DocumentKind.STRAY:
        yield _stray(document)
    elif document.kind is DocumentKind.LEVEL:
        yield from _level(document, context.documents.get("framework/framework.yaml"))
    else:
        yield from _folder(context)
        yield from _name(context)


def _folder(context: Context) -> Iterator[Problem]:
    """A case in a folder that is not its subject's."""
    case = context.case
    folder, wanted = case.path.split("/")[-2], f"cases/{case.person}/"
    # Of an unknown person nobody knows the folder: unknown-person says enough.
    if context.people.get(case.person) is not None and case.person != folder:
        yield Problem(
            case.document.at("person"),
            f"A case must lie in the folder of its person, {quoted(wanted)}; it lies in "
            f"{quoted(f'cases/{folder}/')}.",
            "Move the file, or correct `person`.",
        )


def _name(context: Context) -> Iterator[Problem]:
    """A case whose file is named otherwise than its kind and talent review ask for."""
    case = context.case
    name = case.path.split("/")[-1]
    review = context.policy.talent_review(case.review)
    if case.kind is Kind.PROMOTION and review is not None and name != f"{review.id}.md":
        yield Problem(
            case.document.at("review"),
            f"A promotion case must be named after its talent review, "
            f"{quoted(f'{review.id}.md')}; it is "
            f"named {quoted(name)}.",
            "Rename the file, or correct `review`.",
        )
    if case.kind is Kind.IN_BAND_INCREASE and not _IN_BAND.fullmatch(name):
        yield Problem(
            case.document.at("kind"),
            "The case of an in-band increase must be named `in-band-<yyyy-mm>.md` after year and "
            f"month, such as `in-band-2027-03.md`; it is named {quoted(name)}.",
            "Rename the file, or correct `kind`.",
        )


def _level(document: Document, framework: Document | None) -> Iterator[Problem]:
    """A level's file that is named after another level, or that framework.yaml leaves out."""
    level = value(document, "level")
    if not isinstance(level, str):
        return
    name, wanted = document.path.split("/")[-1], f"{level.lower()}.yaml"
    if name != wanted:
        yield Problem(
            document.at("level"),
            f"A level's file must be named after it, {quoted(wanted)}; it is named {quoted(name)}.",
            "Rename the file, or correct `level`.",
        )
    if framework is None or not framework.readable:
        return
    listed = {each.casefold() for _, each in ladder.listed_levels(framework)}
    # Of a list without levels, or a level in small letters, the schema says so.
    if listed and level.casefold() not in listed:
        yield Problem(
            START,
            "A level's file must belong to a level that framework/framework.yaml lists; it does "
            f"not list {quoted(level)}.",
            "Add the level to the list, or delete the file.",
        )


def _stray(document: Document) -> Problem:
    """A file in a governed folder that nothing reads."""
    folder = document.path.split("/")[0]
    accepted = {
        "cases": "`cases/people.yaml`, `cases/<person>/<review>.md` and "
        "`cases/<person>/in-band-<yyyy-mm>.md`",
        "framework": "`framework.yaml`, `policy.yaml`, `wording.yaml`, `README.md` and "
        "`levels/<level>.yaml` in small letters",
        "schemas": "the schemas, `schemas/<name>.schema.json`",
    }.get(folder, "governed files")
    return Problem(
        START,
        f"Nothing but {accepted} may lie under `{folder}/`; this is {quoted(document.path)}.",
        "Rename the file to what was meant, or move it elsewhere.",
    )
