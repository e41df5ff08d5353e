"""The organisation of every commit: as reading the whole of that commit would have it."""

import random
import subprocess

from casework.cli.rulebook import read_rulebook
from casework.cli.shelf import Shelf
from casework.model.audit import Unread
from casework.read.chronicle import Step, chronicle
from casework.read.git import Git
from casework.read.register import Register, register
from casework.read.source import Revision
from tests.cli.clones import PEOPLE, POLICY, ROOT, Clone
from tests.read.test_deadlines import clone as clone  # a fixture

_PLACES = ("cases", "framework")


def read(clone: Clone) -> tuple[tuple[Step, ...], Register]:
    git = Git(clone.root)
    steps = chronicle(git, "main", *_PLACES)
    schemas = read_rulebook(Revision(git, "main"), Shelf(None)).schemas
    return steps, register(git, steps, schemas)


def test_each_commit_has_the_organisation_that_reading_it_as_a_whole_gives(clone: Clone):
    dice = random.Random(4)
    for round_ in range(25):
        people = (clone.root / "cases/people.yaml").read_text()
        edits = (
            ("cases/people.yaml", people.replace("level: IC", "level: IC1 #", 1)),
            ("cases/people.yaml", f"{people}  new-{round_}: {{name: New, github: new-{round_}}}\n"),
            ("cases/people.yaml", people.replace("github: ", "github: x", 1)),
            ("cases/people.yaml", people[: len(people) // 2]),
            ("cases/people.yaml", PEOPLE),
            ("framework/policy.yaml", f"{POLICY}# {round_}\nexpected_level: IC{round_ % 4 + 1}\n"),
            ("framework/policy.yaml", POLICY.replace("required", "x")),
            ("framework/framework.yaml", f"version: {round_}.0.0\n"),
            ("framework/framework.yaml", (ROOT / "framework/framework.yaml").read_text()),
        )
        clone.write(*dice.choice(edits))
        clone.commit(f"Round {round_}")
    clone.write("framework/framework.yaml", (ROOT / "framework/framework.yaml").read_text())
    clone.commit("Whole again")
    steps, found = read(clone)
    readable = 0
    for step in steps:
        place = step.landing.place
        whole = read_rulebook(Revision(Git(clone.root), step.landing.commit), Shelf(None))
        wanted, given = whole.organisation, found.organisation(place)
        if wanted is None or given is None:
            assert given is wanted
            continue
        readable += 1
        assert given.framework == wanted.framework
        assert given.policy == wanted.policy
        assert dict(given.people.by_handle) == dict(wanted.people.by_handle)
        for person in wanted.people.by_handle.values():
            few = found.people((), [person.github or ""], place)
            assert few.of_account(person.github) == wanted.people.of_account(person.github)
    assert readable > 5


def test_before_the_first_step_there_is_nothing(clone: Clone):
    _, found = read(clone)
    assert found.organisation(-1) is None
    assert not found.has_rules(-1)
    assert found.person("ada-lovelace", -1) is None


def test_tells_what_became_of_somebody(clone: Clone):
    clone.write("cases/people.yaml", PEOPLE.replace("level: IC2", "level: IC3"))
    clone.commit("Promoted")
    clone.write("cases/people.yaml", PEOPLE.partition("  ada-lovelace")[0])
    clone.commit("Gone")
    _, found = read(clone)
    story = [
        (each.place, each.entry and each.entry.data["level"])
        for each in found.story("ada-lovelace")
    ]
    assert story == [(0, "IC2"), (1, "IC3"), (2, None)]
    assert found.story("nobody") == ()


def test_knows_accounts_that_somebody_had_before(clone: Clone):
    clone.write("cases/people.yaml", PEOPLE.replace("github: ada-l", "github: Ada-L2"))
    clone.commit("Renamed")
    _, found = read(clone)
    assert found.accounts_of("ada-lovelace") == ("ada-l", "Ada-L2")
    assert (found.accounts()["ada-l"], found.accounts()["ada-l2"]) == (0, 1)
    assert [each.handle for each in found.of_account("ADA-l2", 1)] == ["ada-lovelace"]
    assert found.of_account("ada-l", 1) == ()


def test_rules_that_moved_away_are_gone_and_links_are_no_rules(clone: Clone):
    clone.git("mv", "framework/levels/ic3.yaml", "framework/levels/other.txt")
    clone.commit("Moved")
    _, found = read(clone)
    assert found.organisation(1) is None
    assert found.unread(1) == Unread("framework/levels/ic3.yaml", is_there=False)
    assert not found.has_same_rules(0, 1)


def test_names_the_file_for_which_there_are_no_rules(clone: Clone):
    for path in ("cases/people.yaml", "framework/policy.yaml", "framework/framework.yaml"):
        clone.write(path, "people: [\n")
        clone.commit("Broken")
    (clone.root / "framework/framework.yaml").unlink()
    clone.commit("Gone")
    clone.git("checkout", "-q", "main~4", "--", ".")
    clone.commit("Mended")
    _, found = read(clone)
    assert [found.unread(place) for place in range(-1, 6)] == [
        Unread("framework/framework.yaml", is_there=False),
        None,
        Unread("cases/people.yaml", is_there=True),
        Unread("framework/policy.yaml", is_there=True),
        Unread("framework/framework.yaml", is_there=True),
        Unread("framework/framework.yaml", is_there=False),
        None,
    ]


def test_takes_as_many_runs_of_git_for_many_commits_as_for_few(clone: Clone, monkeypatch):
    runs: list[tuple[str, ...]] = []
    plain = subprocess.Popen

    def counted(words, *rest, **options):
        runs.append(tuple(words))
        return plain(words, *rest, **options)

    def taken() -> int:
        runs.clear()
        read(clone)
        return len(runs)

    monkeypatch.setattr(subprocess, "Popen", counted)
    few = taken()
    for number in range(10):
        clone.write("cases/people.yaml", PEOPLE.replace("level: IC2", f"level: IC{number % 5 + 1}"))
        clone.commit("Another")
    assert taken() == few
