"""The rules about a file as such: whether it can be read, and nothing hides in it.

Reading the file finds these; the rules hand on what it found.
"""

from collections.abc import Iterator

from casework.check.context import Context, Problem


def unreadable_file(context: Context) -> Iterator[Problem]:
    """A file can be opened and read.

    Why: What cannot be read cannot be judged, and must not look as if it had passed. A folder or
    a submodule where a file belongs counts as unreadable too.

    Fix: Put an ordinary file in its place, and give yourself permission to read it.
    """
    yield from context.flaws("unreadable-file")


def not_utf8(context: Context) -> Iterator[Problem]:
    """A file is text in UTF-8.

    Why: Everybody who opens the file has to see the same characters, names above all.

    Fix: Save the file again with the encoding set to UTF-8; every editor has that choice.
    """
    yield from context.flaws("not-utf8")


def file_too_large(context: Context) -> Iterator[Problem]:
    """A file stays under its size limit: 256 KiB, for people.yaml 2 MiB.

    Why: A case is read from top to bottom by people with many to read. One that is larger than
    this holds something that belongs elsewhere, such as a pasted log or an image.

    Fix: Move the bulk to where it belongs and link to it.
    """
    yield from context.flaws("file-too-large")


def symlink(context: Context) -> Iterator[Problem]:
    """A file is a file, and not a link to another.

    Why: A link shows one thing in review and may lead to another later, or out of the repository.

    Fix: Replace the link with a copy of the file that it leads to.
    """
    yield from context.flaws("symlink")


def control_character(context: Context) -> Iterator[Problem]:
    """A file holds no control characters and none that cannot be seen.

    Why: Characters that turn the direction of writing around, or take no space, let a text say
    something else to the reader than to the program. They usually come in by copy and paste.

    Fix: Delete the character and type that part again. Tabs, accents and emoji are fine.
    """
    yield from context.flaws("control-character")


def missing_front_matter(context: Context) -> Iterator[Problem]:
    """A case begins with front matter: fields between two lines of three hyphens.

    Why: The front matter says whom the case is about, what it asks for, and how each quarter was
    rated. Without it there is nothing to judge.

    Fix: Make `---` the file's first line, write the fields, and close them with another `---`.

    Bad:
        person: ada-lovelace
        kind: promotion

    Good:
        ---
        person: ada-lovelace
        kind: promotion
        ---
    """
    yield from context.flaws("missing-front-matter")


def yaml_syntax(context: Context) -> Iterator[Problem]:
    """Front matter and data files are written in correct YAML.

    Why: A slip in the notation, usually an indent or a missing quotation mark, leaves everything
    after it open to guessing.

    Fix: Look at the line that is named and the one above it. Indent with spaces, and put quotation
    marks around a text that holds `: ` or ` #`.

    Bad:
        team: search: ranking

    Good:
        team: "search: ranking"
    """
    yield from context.flaws("yaml-syntax")


def duplicate_key(context: Context) -> Iterator[Problem]:
    """A field is given once.

    Why: Of two values for one field, most programs silently keep the last; a reader may well
    have seen only the first.

    Fix: Delete the one that is wrong.

    Bad:
        status: draft
        status: submitted

    Good:
        status: submitted
    """
    yield from context.flaws("duplicate-key")


def yaml_alias(context: Context) -> Iterator[Problem]:
    """Each value is written out where it stands, without YAML's anchors and aliases.

    Why: With `&` and `*` a change in one place alters another one that nobody looks at, and a
    small file can unfold into an enormous one.

    Fix: Write the value out where it is used, and delete the anchor.

    Bad:
        FY27-Q3: &same {proficiency: meets, execution: meets, teamwork: meets}
        FY27-Q4: *same

    Good:
        FY27-Q3: {proficiency: meets, execution: meets, teamwork: meets}
        FY27-Q4: {proficiency: meets, execution: meets, teamwork: meets}
    """
    yield from context.flaws("yaml-alias")
