"""The loopback GitHub itself: would the real PyGithub and the real git take it for GitHub?"""

import random
import subprocess
import threading
import time

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from github import Auth, Github, GithubException, GithubIntegration
from tests.github.hub import GONE, Hub
from tests.github.working_copy import commit, run

ONE = "1" * 40
TWO = "2" * 40


def client(hub, token=None, retry=0):
    return Github(
        base_url=hub.api_url,
        auth=Auth.Token(token or hub.token),
        retry=retry,
        seconds_between_requests=None,
        seconds_between_writes=None,
    )


@pytest.fixture
def repository(hub):
    with client(hub) as connected:
        yield connected.get_repo(hub.repository)


def output(count=0):
    note = {"start_line": 1, "end_line": 1, "annotation_level": "failure", "message": "Mend it."}
    notes = [{"path": f"cases/{n}.md", **note} for n in range(count)]
    return {"title": "Not ready", "summary": "Two quarters.", "annotations": notes}


class TestPullRequests:
    def test_are_listed_by_state_and_base(self, hub, repository):
        hub.open_pull_request("ada", ONE)
        hub.open_pull_request("grace", TWO, fork=True)
        hub.open_pull_request("ada", TWO, base="old")
        hub.close(hub.open_pull_request("ada", TWO))
        found = list(repository.get_pulls(state="open", base="main"))
        assert [(p.number, p.user.login, p.head.sha) for p in found] == [
            (2, "grace", TWO),
            (1, "ada", ONE),
        ]
        assert found[0].head.repo.full_name == "grace/careers"

    def test_come_in_pages(self, hub, repository):
        for _ in range(65):
            hub.open_pull_request("ada", ONE)
        assert len(list(repository.get_pulls())) == 65
        assert [one.query.get("page") for one in hub.log if one.path.endswith("/pulls")] == [
            None,
            "2",
            "3",
        ]

    def test_hold_their_reviews_in_the_order_of_time(self, hub, repository):
        number = hub.open_pull_request("ada", ONE)
        first = hub.review(number, "grace", "approved")
        hub.review(number, None, "COMMENTED", commit=GONE)
        hub.dismiss(first)
        found = list(repository.get_pull(number).get_reviews())
        assert [(r.state, r.user and r.user.login, r.commit_id) for r in found] == [
            ("DISMISSED", "grace", ONE),
            ("COMMENTED", None, None),
        ]


class TestComments:
    def test_are_written_as_the_token(self, hub, repository):
        number = hub.open_pull_request("ada", ONE)
        hub.comment(number, "ada", "Please look.")
        made = repository.get_pull(number).create_issue_comment("One")
        made.edit("Two")
        assert [(c["login"], c["body"]) for c in hub.comments(number)] == [
            ("ada", "Please look."),
            ("github-actions[bot]", "Two"),
        ]
        repository.get_pull(number).get_issue_comment(made.id).delete()
        assert len(hub.comments(number)) == 1

    def test_are_of_limited_length(self, hub, repository):
        pull = repository.get_pull(hub.open_pull_request("ada", ONE))
        pull.create_issue_comment("x" * 65_536)
        with pytest.raises(GithubException) as refused:
            pull.create_issue_comment("x" * 65_537)
        assert refused.value.status == 422


class TestCheckRuns:
    def test_grow_by_updates(self, hub, repository):
        hub.open_pull_request("ada", ONE)
        made = repository.create_check_run(
            "Casework", ONE, status="completed", conclusion="failure", output=output(50)
        )
        made.edit(output=output(10))
        [shown] = hub.check_runs(ONE)
        assert (shown["conclusion"], len(shown["annotations"])) == ("failure", 60)
        assert len(list(repository.get_check_run(made.id).get_annotations())) == 60

    def test_are_found_by_commit_name_and_app(self, hub, repository):
        hub.open_pull_request("ada", ONE)
        for name in ("Casework", "Casework", "Other"):
            last = repository.create_check_run(name, ONE)
        commit = hub.api_url + f"/repos/{hub.repository}/commits/{ONE}/check-runs"
        headers = {"Authorization": f"Bearer {hub.token}"}
        told = requests.get(commit, headers=headers, timeout=5).json()
        assert (told["total_count"], told["check_runs"][0]["id"]) == (2, last.id)
        asked = {"check_name": "Casework", "filter": "all", "app_id": "15368"}
        told = requests.get(commit, asked, headers=headers, timeout=5).json()
        assert told["total_count"] == 2


class TestApp:
    def test_has_tokens_of_its_own(self, hub):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        hub.app(7, public.decode(), "acme-casework")
        number = hub.open_pull_request("ada", ONE)
        with GithubIntegration(auth=Auth.AppAuth(7, private), base_url=hub.api_url) as app:
            assert app.get_app().slug == "acme-casework"
            installation = app.get_repo_installation(*hub.repository.split("/"))
            token = app.get_access_token(installation.id).token
        with client(hub, token) as connected:
            repository = connected.get_repo(hub.repository)
            repository.get_pull(number).create_issue_comment("Hello")
            repository.create_check_run("Casework", ONE)
        assert hub.comments(number)[0]["login"] == "acme-casework[bot]"
        assert hub.check_runs(ONE)[0]["app"]["slug"] == "acme-casework"

    def test_is_refused_with_another_key(self, hub):
        hub.app(7, "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n", "acme-casework")
        told = requests.get(
            f"{hub.api_url}/app", headers={"Authorization": "Bearer a.b.c"}, timeout=5
        )
        assert told.status_code == 401


class TestRefusals:
    def test_wrong_token(self, hub):
        with client(hub, "ghs_wrong") as connected, pytest.raises(GithubException) as refused:
            connected.get_repo(hub.repository)
        assert refused.value.status == 401

    def test_wrong_repository(self, hub):
        with client(hub) as connected, pytest.raises(GithubException) as refused:
            connected.get_repo("acme/other")
        assert refused.value.status == 404

    def test_workflow_token_is_nobody(self, hub):
        with client(hub) as connected, pytest.raises(GithubException) as refused:
            _ = connected.get_user().login
        assert refused.value.status == 403

    def test_person_is_somebody_who_writes_no_checks(self, hub):
        hub.let_in("ghp_person", "ada")
        hub.open_pull_request("ada", ONE)
        with client(hub, "ghp_person") as connected:
            assert connected.get_user().login == "ada"
            with pytest.raises(GithubException) as refused:
                connected.get_repo(hub.repository).create_check_run("Casework", ONE)
        assert refused.value.status == 403


class TestDescription:
    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("GET", "/nowhere", None),
            ("GET", "/repos/acme/careers/pulls?per_page=ten", None),
            ("GET", "/repos/acme/careers/pulls?per-page=10", None),
            ("POST", "/repos/acme/careers/check-runs", {"name": "Casework"}),
            (
                "POST",
                "/repos/acme/careers/check-runs",
                {"name": "Casework", "head_sha": ONE, "status": "completed"},
            ),
        ],
    )
    def test_is_held_against_every_request(self, tmp_path, method, path, body):
        with Hub(tmp_path / "github") as hub:
            headers = {"Authorization": f"Bearer {hub.token}"}
            requests.request(method, hub.api_url + path, json=body, headers=headers, timeout=5)
            assert len(hub.violations) == 1

    def test_wants_no_more_than_fifty_annotations_at_once(self, tmp_path):
        with Hub(tmp_path / "github") as hub, client(hub) as connected:
            hub.open_pull_request("ada", ONE)
            repository = connected.get_repo(hub.repository)
            with pytest.raises(GithubException):
                repository.create_check_run("Casework", ONE, output=output(51))
            assert len(hub.violations) == 1

    def test_completes_settings(self, hub):
        hub.settings["rules/branches/main"] = [
            {
                "type": "required_status_checks",
                "parameters": {"required_status_checks": [{"context": "Casework"}]},
            }
        ]
        hub.settings["environments/casework"] = {"name": "casework"}
        hub.settings["branches/main/protection"] = 403
        paths = {
            "rules/branches/main": 200, "environments/casework": 200, "rulesets": 200,
            "branches/main/protection": 403, "environments/other": 404, "branches/main": 404,
            "codeowners/errors": 200, "actions/workflows": 200, "environments": 200,
        }  # fmt: skip
        headers = {"Authorization": f"Bearer {hub.token}"}
        for path, status in paths.items():
            url = f"{hub.api_url}/repos/{hub.repository}/{path}"
            assert requests.get(url, headers=headers, timeout=5).status_code == status


class TestFaults:
    def test_refuse_as_told_and_then_no_more(self, hub, repository):
        hub.fail("GET", r"/pulls$", status=403, headers={"Retry-After": "7"}, skip=1, times=2)
        assert list(repository.get_pulls()) == []
        for _ in range(2):
            with pytest.raises(GithubException) as refused:
                list(repository.get_pulls())
            assert refused.value.headers["retry-after"] == "7"
        assert list(repository.get_pulls()) == []

    def test_spoil_only_the_answer(self, hub, repository):
        pull = repository.get_pull(hub.open_pull_request("ada", ONE))
        hub.fail("POST", r"/comments$", status=502, after=True)
        hub.drop("POST", r"/comments$", after=True, skip=1)
        with pytest.raises(GithubException):
            pull.create_issue_comment("One")
        with pytest.raises(requests.ConnectionError):
            pull.create_issue_comment("Two")
        assert [one["body"] for one in hub.comments(pull.number)] == ["One", "Two"]

    def test_drop_delay_and_let_others_write(self, hub, repository):
        number = hub.open_pull_request("ada", ONE)
        pull = repository.get_pull(number)
        hub.drop("GET", r"/comments$")
        hub.delay("GET", r"/comments$", 0.2, skip=1)
        hub.before("GET", r"/comments$", lambda: hub.comment(number, "twin", "Me too"), skip=1)
        with pytest.raises(requests.ConnectionError):
            list(pull.get_issue_comments())
        start = time.monotonic()
        assert [one.body for one in pull.get_issue_comments()] == ["Me too"]
        assert time.monotonic() - start >= 0.2


class TestGit:
    def fetch(self, hub, folder, *refs, token=None):
        folder.mkdir(exist_ok=True)
        run(folder, "init", "-q")
        url = hub.git_url.replace("//", f"//x-access-token:{token or hub.token}@")
        return run(folder, "fetch", "-q", url, *refs, GIT_TERMINAL_PROMPT="0")

    def test_fetches_heads_and_commits_by_id(self, hub, clone, tmp_path):
        head = commit(clone, "case.md", "a case")
        hub.open_pull_request("ada", head)
        later = commit(clone, "case.md", "a better case")
        hub.push(1, later)
        assert hub.server_url in hub.git_url
        self.fetch(hub, tmp_path / "other", "refs/pull/1/head:refs/heads/one", "main", head)
        assert run(tmp_path / "other", "rev-parse", "one") == later
        assert any(one.is_git and one.status == 200 for one in hub.log)

    def test_forgets_after_a_force_push(self, hub, clone, tmp_path):
        run(clone, "checkout", "-qb", "one")
        head = commit(clone, "case.md", "a case")
        hub.open_pull_request("ada", head)
        run(clone, "reset", "-q", "--hard", "main")
        other = commit(clone, "case.md", "another case")
        hub.push(1, other, forget=True)
        with pytest.raises(subprocess.CalledProcessError):
            self.fetch(hub, tmp_path / "other", head)

    def test_wants_a_token(self, hub, clone, tmp_path):
        with pytest.raises(subprocess.CalledProcessError):
            self.fetch(hub, tmp_path / "other", "main", token="wrong")

    def test_takes_pushes_only_where_they_are_allowed(self, hub, clone):
        (clone / "large.bin").write_bytes(random.Random(1).randbytes(3_000_000))
        commit(clone, "case.md", "more than fits into one request of git's")
        url = hub.git_url.replace("//", f"//x-access-token:{hub.token}@")
        with pytest.raises(subprocess.CalledProcessError):
            run(clone, "push", "-q", url, "main:notes")
        hub.may_push = True
        run(clone, "push", "-q", url, "main:notes")
        assert hub.git.tip("notes") == run(clone, "rev-parse", "main")

    def test_queues(self, hub, clone, tmp_path):
        base = run(clone, "rev-parse", "main")
        for name in ("one", "two"):
            run(clone, "checkout", "-qb", name, "main")
            hub.open_pull_request("ada", commit(clone, f"{name}.md", name))
        branch, head = hub.merge_group("main", [1, 2])
        names = hub.git.git("for-each-ref", "--format=%(refname)", "refs/heads/gh-readonly-queue")
        first = f"refs/heads/gh-readonly-queue/main/pr-1-{base}"
        assert set(names.splitlines()) == {first, f"refs/heads/{branch}"}
        assert branch == f"gh-readonly-queue/main/pr-2-{hub.git.git('rev-parse', first)}"
        files = hub.git.git("ls-tree", "--name-only", head)
        assert files.split() == ["README.md", "one.md", "two.md"]
        told = hub.event("merge_group", head_branch=branch)["merge_group"]
        assert (told["head_sha"], told["base_sha"]) == (head, base)


def test_events_look_like_github(hub):
    number = hub.open_pull_request("ada", ONE, fork=True)
    hub.review(number, "grace", "APPROVED")
    opened = hub.event("pull_request_target", number, action="synchronize")
    assert (opened["action"], opened["pull_request"]["head"]["sha"]) == ("synchronize", ONE)
    assert hub.event("pull_request_review", number)["review"]["state"] == "approved"
    run = hub.event("workflow_run", number)["workflow_run"]
    assert (run["event"], run["head_sha"], run["pull_requests"]) == ("pull_request_review", ONE, [])
    assert run["head_repository"]["full_name"] == "ada/careers"
    assert hub.event("workflow_dispatch", number)["inputs"] == {"pull_request": str(number)}
    assert hub.event("schedule")["repository"]["full_name"] == hub.repository
    assert hub.event("push")["ref"] == "refs/heads/main"


def test_many_may_write_at_once(hub):
    number = hub.open_pull_request("ada", ONE)

    def write():
        with client(hub) as connected:
            connected.get_repo(hub.repository).get_pull(number).create_issue_comment("Hello")

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one["id"] for one in hub.comments(number)}) == 8
    assert len(hub.writes) == 8
