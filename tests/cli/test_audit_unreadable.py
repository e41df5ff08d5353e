"""`casework audit` on cases that cannot be read: none of them is passed over in silence."""

from collections.abc import Sequence

from tests.cli.clones import CASE, Clone, Run, case
from tests.cli.decided import Decided, decided  # noqa: F401  # the fixture
from tests.cli.test_audit import answers, audit, detail, offline, only  # noqa: F401  # fixtures

BROKEN = "---\nperson: [\n---\n"
SAYS_SO = case("promoted").replace("manager:", "\tmanager:")
SAYS_NOTHING = (
    BROKEN,
    "",
    "Nothing\n",
    case("promotde"),
    case("draft").replace("status: draft\n", ""),
    case("draft").replace("status: draft", "status: !x draft"),
)
SAYS_A_DECISION = (
    SAYS_SO,
    "---\nperson: ada-lovelace\nstatus: promoted\n",
    case("draft").replace("status: draft", "status: draft\nstatus: promoted"),
)


def paths(count: int) -> list[str]:
    return [f"cases/ada-lovelace/20{number:02d}-02.md" for number in range(count)]


def write(clone: Clone, texts: Sequence[str | None]) -> str:
    """Each text at a path of its own, in one commit; None takes the file away."""
    for path, text in zip(paths(len(texts)), texts, strict=True):
        if text is None:
            (clone.root / path).unlink()
        else:
            clone.write(path, text)
    return clone.commit("A change (#7)")


class TestOnceDecided:
    def test_it_is_an_edit(self, decided, audit):  # noqa: F811
        broken = (*SAYS_NOTHING, *SAYS_A_DECISION[:2])
        write(decided.clone, [case("not-yet")] * len(broken))
        decided.set_day("2027-02-22")
        write(decided.clone, broken)
        data = audit(code=1)
        assert [each["path"] for each in data["cases"]] == paths(len(broken))
        for each in data["cases"]:
            assert "not-edited" in answers(each, "does-not-hold")
            assert detail(each, "not-edited").endswith("As it is there now, it cannot be read.")
        assert data["unreadable"] == []

    def test_also_on_the_day_of_the_decision_and_without_notes(self, decided, audit):  # noqa: F811
        decided.decide(subject="Decide")
        decided.clone.write(CASE, BROKEN)
        decided.clone.commit("Break")
        assert "not-edited" in answers(only(audit(code=1)), "does-not-hold")

    def test_a_link_in_its_place(self, decided, audit):  # noqa: F811
        decided.decide()
        (decided.clone.root / CASE).unlink()
        (decided.clone.root / CASE).symlink_to("elsewhere.md")
        decided.clone.commit("A link")
        assert "cannot be read" in detail(only(audit(code=1)), "not-edited")

    def test_broken_and_put_back(self, decided, audit):  # noqa: F811
        decided.decide()
        decided.note()
        text = (decided.clone.root / CASE).read_text("utf-8")
        for each in (BROKEN, text):
            decided.clone.write(CASE, each)
            decided.clone.commit("A change")
        assert "not-edited" in answers(only(audit(code=0)), "holds")


class TestNobodyCanTell:
    def test_what_came_unreadable(self, decided, audit):  # noqa: F811
        texts = (*SAYS_NOTHING, *SAYS_A_DECISION)
        commit = write(decided.clone, texts)
        data = audit(code=0)
        assert data["cases"] == []
        for path, each in zip(paths(len(texts)), data["unreadable"], strict=True):
            assert (each["path"], each["commit"], each["pull_request"]) == (path, commit, 7)
            assert f"git show {commit[:12]}:{path}" in each["help"]
        assert audit("ada-lovelace", code=0)["unreadable"] == data["unreadable"]
        (one,) = audit(paths(1)[0], code=0)["unreadable"]
        assert one == data["unreadable"][0]
        assert audit("barbara-liskov", code=0)["unreadable"] == []

    def test_what_is_a_link(self, decided, audit):  # noqa: F811
        decided.draft()
        (decided.clone.root / CASE).unlink()
        (decided.clone.root / CASE).symlink_to("elsewhere.md")
        decided.clone.commit("A link")
        assert [each["path"] for each in audit(code=0)["unreadable"]] == [CASE]

    def test_what_said_so_and_is_gone_or_open_later(self, decided, audit):  # noqa: F811
        commit = write(decided.clone, [SAYS_SO, *SAYS_A_DECISION])
        write(decided.clone, [None, *[case("draft")] * len(SAYS_A_DECISION)])
        found = audit(code=0)["unreadable"]
        assert len(found) == 1 + len(SAYS_A_DECISION)
        for each in found:
            assert each["commit"] == commit
            assert "later it is open, or gone" in each["detail"]

    def test_what_is_said_of_it(self, decided, run: Run):  # noqa: F811
        path, other = paths(2)
        commit = write(decided.clone, [BROKEN])
        said = " ".join(run("audit", at=decided.clone).out.split())
        assert f"Nobody can tell whether `{path}` was decided: it cannot be read." in said
        assert f"not known {path}: Since commit `{commit[:12]}`" in said
        said = run("audit", path, "--format", "markdown", at=decided.clone).out
        assert f"| not known | `{path}` | Since commit" in said
        assert "nothing to audit" not in said
        decided.clone.write(other, BROKEN)
        decided.clone.commit("Another")
        said = " ".join(run("audit", at=decided.clone).out.split())
        assert "Nobody can tell whether two cases were decided: they cannot be read." in said


class TestPeople:
    def test_a_list_that_cannot_be_read_any_more(self, decided, audit, run: Run):  # noqa: F811
        decided.draft()
        whole = (decided.clone.root / "cases/people.yaml").read_text("utf-8")
        decided.clone.write("cases/people.yaml", f"{whole}  x: [\n")
        commit = decided.clone.commit("Broken (#8)")
        decided.clone.write("cases/people.yaml", f"{whole}  y: [\n")
        decided.clone.commit("Broken still")
        data = audit(code=0)
        (one,) = data["unreadable"]
        assert (one["path"], one["commit"], one["pull_request"]) == ("cases/people.yaml", commit, 8)
        assert "nobody can tell whose level was changed" in one["detail"]
        assert "casework check cases/people.yaml" in one["help"]
        assert audit("ada-lovelace", code=0)["unreadable"] == [one]
        assert audit(CASE, code=0)["unreadable"] == []
        said = " ".join(run("audit", at=decided.clone).out.split())
        assert "Nobody can tell what all levels are now: `cases/people.yaml` cannot be r" in said
        assert "nothing to audit" not in said
        assert "was decided" not in said
        decided.clone.write("cases/people.yaml", whole)
        decided.clone.commit("Mended")
        assert audit(code=0)["unreadable"] == []

    def test_a_list_that_is_gone(self, decided, audit):  # noqa: F811
        (decided.clone.root / "cases/people.yaml").unlink()
        decided.clone.commit("Gone")
        (one,) = audit(code=0)["unreadable"]
        assert one["path"] == "cases/people.yaml"


class TestClutter:
    def test_what_was_repaired_or_deleted_is_forgotten(self, decided, audit):  # noqa: F811
        ends = (None, case("draft"), case("submitted"))
        write(decided.clone, [text for text in SAYS_NOTHING for _ in ends])
        write(decided.clone, [f"{each}\n" if each else None for _ in SAYS_NOTHING for each in ends])
        assert audit(code=0)["unreadable"] == []

    def test_a_broken_draft_that_plainly_says_that_it_is_one(self, decided, audit):  # noqa: F811
        write(decided.clone, [case("draft").replace("manager:", "\tmanager:")])
        assert audit(code=0)["unreadable"] == []

    def test_what_was_repaired_as_decided_is_judged_as_such(self, decided, audit):  # noqa: F811
        decided.clone.write(CASE, BROKEN)
        decided.clone.commit("Broken")
        decided.decide()
        decided.note()
        data = audit(code=0)
        assert (only(data)["answer"], data["unreadable"]) == ("holds", [])
