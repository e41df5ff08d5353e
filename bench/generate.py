"""A repository of realistic cases, the same ones for the same number."""

import argparse
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SEED = 27
ME = (
    *("-c", "user.name=Bench"),
    *("-c", "user.email=bench@example.com"),
    *("-c", "commit.gpgsign=false"),
    *("-c", "gc.auto=0"),
)

CASES_EACH = 4
"""How many cases a person has: one in each of the last talent reviews."""

REVIEWS = ("2025-08", "2026-02", "2026-08", "2027-02")
QUARTERS = {
    "2025-08": ("FY25-Q4", "FY26-Q1", "FY26-Q2"),
    "2026-02": ("FY26-Q2", "FY26-Q3", "FY26-Q4"),
    "2026-08": ("FY26-Q4", "FY27-Q1", "FY27-Q2"),
    "2027-02": ("FY27-Q1", "FY27-Q2", "FY27-Q3"),
}
DECIDED = {"2025-08": "2025-08-26", "2026-02": "2026-02-24", "2026-08": "2026-08-25"}
RATINGS = ("meets", "exceeds", "exceeds", "exceeds", "next")
CATEGORIES = ("Proficiency", "Execution", "Teamwork")

FIRST = (
    "Ale", "Bri", "Cor", "Dan", "Eli", "Fen", "Gil", "Han", "Iva", "Jor", "Kel",
    "Lin", "Mar", "Nor", "Ola", "Per", "Rin", "Sol", "Tam", "Ulf", "Vik", "Wen",
)  # fmt: skip
LAST = (
    "Abel", "Birk", "Crane", "Dorn", "Elm", "Frost", "Gale", "Hart", "Ives", "Jute",
    "Kern", "Lark", "Moss", "Nash", "Orr", "Pike", "Reed", "Stone", "Thorn", "Vale",
)  # fmt: skip

WORK = (
    "the nightly import of the catalogue", "the permission check of shared folders",
    "the queue between indexing and search", "the settings page for administrators",
    "the export that finance asked for", "the retry logic of the mail worker",
    "the schema migration of the billing tables", "the cache in front of the ranking service",
    "the onboarding guide of the team", "the alerting of the storage cluster",
)  # fmt: skip
DEED = (
    "Rewrote",
    "Measured and then halved the cost of",
    "Took over",
    "Designed and shipped a new version of",
    "Found the cause of three outages in",
    "Split into reviewable parts the work on",
    "Wrote the plan for",
    "Paired with two colleagues on",
    "Removed 2,300 lines from",
)
EFFECT = (
    "errors went from {a} to {b} a week",
    "the 95th percentile fell from {a} s to {b} s",
    "a release now takes {b} minutes instead of {a}",
    "support counted {b} tickets where it had {a}",
    "{a} customers were moved without an outage",
    "the team's on-call pages fell from {a} to {b} a month",
)
ASIDE = (
    "The decision and what it traded away are written down for the next team.",
    "Two reviewers asked for a smaller first step; the plan was cut and shipped sooner.",
    "When the estimate turned out wrong, the new date was told to all on the same day.",
    "Half of the work was done by somebody who had not seen this code before.",
    "It replaced a workaround that five people had to know about.",
    "The rollback was tried before the release and took four minutes.",
)
CLICHES = ("A true rock star.", "Strong communicator.", "Somewhat helped the team.", "TODO")


class Engineer(NamedTuple):
    """Somebody with cases."""

    handle: str
    name: str
    level: int
    manager: str


def main() -> None:
    """Write the repository that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=10_000)
    options = parser.parse_args()
    generate(options.folder, options.cases)


def generate(folder: Path, cases: int) -> None:
    """A git repository with that many cases on its main branch, in place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    for each in ("framework", "schemas"):
        shutil.copytree(ROOT / each, folder / each)
    people = list(engineers((cases + CASES_EACH - 1) // CASES_EACH))
    (folder / "cases").mkdir()
    (folder / "cases/people.yaml").write_text(people_file(people), "utf-8")
    chance = random.Random(SEED)
    for number in range(cases):
        engineer = people[number // CASES_EACH]
        review = REVIEWS[-1 - number % CASES_EACH]
        place = folder / "cases" / engineer.handle / f"{review}.md"
        place.parent.mkdir(exist_ok=True)
        place.write_text(case(engineer, review, people, chance), "utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Cases")
    git(folder, "gc", "-q")


def git(folder: Path, *arguments: str) -> None:
    """Run git there."""
    subprocess.run(["git", *ME, *arguments], cwd=folder, check=True)


def engineers(count: int) -> Iterator[Engineer]:
    """So many fictional people, each with a manager."""
    chance = random.Random(SEED)
    for number in range(count):
        name = f"{chance.choice(FIRST)}{chance.choice(FIRST).lower()} {chance.choice(LAST)}"
        handle = f"{name.lower().replace(' ', '-')}-{number}"
        yield Engineer(handle, name, chance.choice((1, 2, 2, 3, 3, 4)), "grace-hopper")


def people_file(people: list[Engineer]) -> str:
    """people.yaml: the shipped team, whom the policy names, and the engineers."""
    shipped = (ROOT / "cases/people.yaml").read_text("utf-8")
    lines = (
        f"  {each.handle}: {{name: {each.name}, github: {each.handle}, level: IC{each.level}, "
        f"level_since: 2024-08-01, onboarded: 2023-02-01, manager: {each.manager}, team: search}}\n"
        for each in people
    )
    return shipped.rstrip("\n") + "\n" + "".join(lines)


def case(engineer: Engineer, review: str, people: list[Engineer], chance: random.Random) -> str:
    """A case of about 150 lines."""
    quarters = QUARTERS[review]
    rated = {
        label: {category.lower(): chance.choice(RATINGS) for category in CATEGORIES}
        for label in quarters
    }
    parts = [front_matter(engineer, review, rated, chance), "## Summary\n", paragraph(chance, 3)]
    for label in quarters:
        parts.append(f"## {label}\n")
        for category in CATEGORIES:
            items = [
                item(engineer, category, people, chance) for _ in range(chance.choice((2, 2, 3)))
            ]
            parts += [f"### {category}\n", "\n".join(items) + "\n"]
    parts += ["## Values\n", paragraph(chance, 2), "## Growth areas\n", paragraph(chance, 2)]
    if review in DECIDED:
        parts.append(
            "## Feedback\n\n### Reasons\n\nOne quarter at the next level is missing.\n\n"
            "### Timeline\n\nThe next talent review.\n\n### Actions\n\n- Lead the next migration.\n"
        )
    return "\n".join(parts)


def front_matter(
    engineer: Engineer, review: str, rated: dict[str, dict[str, str]], chance: random.Random
) -> str:
    """The fields of a case."""
    decided = DECIDED.get(review)
    status = "not-yet" if decided else chance.choice(("draft", "submitted"))
    fields = {
        "person": engineer.handle, "kind": "promotion", "from": f"IC{engineer.level}",
        "to": f"IC{engineer.level + 1}", "level_since": "2024-08-01", "manager": engineer.manager,
        "review": review, "status": status, "framework": "1.0.0",
        **({"decided": decided} if decided else {}),
    }  # fmt: skip
    lines = [f"{name}: {value}" for name, value in fields.items()]
    cells = (
        f"  {label}: {{{', '.join(f'{name}: {word}' for name, word in ratings.items())}}}"
        for label, ratings in rated.items()
    )
    return "\n".join(("---", *lines, "quarters:", *cells, "---", ""))


def item(engineer: Engineer, category: str, people: list[Engineer], chance: random.Random) -> str:
    """One item of evidence, of four lines or so."""
    effect = chance.choice(EFFECT).format(a=chance.randint(20, 90), b=chance.randint(2, 19))
    behaviour = f"IC{engineer.level}-{category[0]}{chance.randint(1, 3)}"
    witness = chance.choice(people).handle
    notes = [f"shows: {behaviour}"]
    if chance.random() < 0.6 and witness != engineer.handle:
        notes.append(f"witness: {witness}")
    lines = [
        f"- {chance.choice(DEED)} {chance.choice(WORK)}:",
        f"  {effect} ([change](https://example.com/changes/{chance.randint(1, 9999)}),",
        f"  [numbers](https://example.com/d/{chance.randint(1, 99)})).",
        f"  {chance.choice(CLICHES) if chance.random() < 0.01 else chance.choice(ASIDE)}",
        f"  ({'; '.join(notes)})",
    ]
    return "\n".join(lines)


def paragraph(chance: random.Random, lines: int) -> str:
    """A few lines of prose."""
    return "\n".join(chance.choice(ASIDE) for _ in range(lines)) + "\n"


if __name__ == "__main__":
    main()
