"""Fetching from real remotes: a bare repository by path, and over HTTP with a password."""

import base64
import os
import shutil
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from casework.read.git import Git
from casework.read.git_error import GitError
from casework.read.git_remote_error import RemoteError, RemoteFault
from tests.read.test_git import commit, run, tip, write

TOKEN = "ghs_notarealtoken0123456789"


class Server(NamedTuple):
    url: str
    seen: list[tuple[str, list[str]]]
    """The path and the authorisations of each request."""
    answer: dict[str, object]
    """What to answer instead, if anything."""


def handler(folder: Path, seen: list[tuple[str, list[str]]], answer: dict[str, object]) -> type:
    expected = "basic " + base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given = self.headers.get_all("Authorization") or []
            seen.append((self.path, given))
            if status := answer.get("status"):
                self.send_response(int(str(status)))
                if "location" in answer:
                    self.send_header("Location", f"{answer['location']}{self.path}")
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif given != [expected]:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="here"')
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self._serve()

        do_POST = do_GET  # noqa: N815

        def _serve(self) -> None:
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            environment = {
                **os.environ, "GIT_PROJECT_ROOT": str(folder), "GIT_HTTP_EXPORT_ALL": "1",
                "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers.get("Content-Type") or "",
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding") or "",
                "GIT_PROTOCOL": self.headers.get("Git-Protocol") or "",
            }  # fmt: skip
            done = subprocess.run(
                ["git", "http-backend"], input=body, env=environment, capture_output=True
            )
            head, _, content = done.stdout.partition(b"\r\n\r\n")
            fields = dict(line.split(": ", 1) for line in head.decode().splitlines())
            self.send_response(int(fields.pop("Status", "200").split()[0]))
            for name, value in fields.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


class World(NamedTuple):
    author: Path
    bare: Path
    git: Git
    """An empty repository that fetches."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    author, bare, here = folder / "author", folder / "served/careers.git", folder / "here"
    for each in (author, bare, here):
        each.mkdir(parents=True)
    run(author, "init", "-q", "-b", "main")
    run(bare, "init", "-q", "--bare", "-b", "main")
    run(here, "init", "-q", "-b", "main")
    write(author, {"cases/a/x.md": "one\n"})
    commit(author)
    run(author, "tag", "v1")
    run(author, "push", "-q", str(bare), "main", "v1", "main:refs/pull/12/head")
    return folder


@pytest.fixture
def world(template: Path, tmp_path: Path) -> World:
    folder = shutil.copytree(template, tmp_path / "world")
    return World(folder / "author", folder / "served/careers.git", Git(folder / "here"))


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    seen: list[tuple[str, list[str]]] = []
    answer: dict[str, object] = {}
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler(world.bare.parent, seen, answer))
    Thread(target=http.serve_forever, daemon=True).start()
    yield Server(f"http://127.0.0.1:{http.server_port}/careers.git", seen, answer)
    http.shutdown()
    http.server_close()


@pytest.fixture(params=["path", "http"])
def remote(request: pytest.FixtureRequest, world: World) -> str:
    if request.param == "path":
        return str(world.bare)
    return str(request.getfixturevalue("server").url)


BASE = "+refs/heads/main:refs/casework/base"
PULL = "+refs/pull/12/head:refs/casework/pull/12"


def refs(git: Git) -> set[str]:
    return set(run(git.root, "for-each-ref", "--format=%(refname)").split())


def test_brings_what_is_asked_for_and_nothing_else(world: World, remote: str) -> None:
    world.git.fetch(remote, BASE, PULL, token=TOKEN)
    assert refs(world.git) == {"refs/casework/base", "refs/casework/pull/12"}
    assert world.git.resolve("refs/casework/base") == tip(world.author)
    assert not (world.git.root / ".git/FETCH_HEAD").exists()
    assert not (world.git.root / "cases").exists()


def test_a_branch_that_was_forced_elsewhere(world: World, remote: str) -> None:
    world.git.fetch(remote, PULL, token=TOKEN)
    run(world.author, "checkout", "-q", "--orphan", "anew")
    new = commit(world.author, "Anew")
    run(world.author, "push", "-qf", str(world.bare), "anew:refs/pull/12/head")
    world.git.fetch(remote, PULL, token=TOKEN)
    assert world.git.resolve("refs/casework/pull/12") == new


def test_a_ref_that_is_gone(world: World, remote: str) -> None:
    with pytest.raises(RemoteError, match="refs/pull/13/head") as caught:
        world.git.fetch(remote, "+refs/pull/13/head:refs/casework/pull/13", token=TOKEN)
    assert caught.value.fault is RemoteFault.GONE
    assert caught.value.help


def test_a_commit_by_its_id(world: World, remote: str) -> None:
    first = tip(world.author)
    assert world.git.fetch_commit(remote, first, token=TOKEN)
    assert world.git.commit(first) == first
    assert refs(world.git) == set()


def test_a_commit_that_the_remote_no_longer_has(world: World, remote: str) -> None:
    assert not world.git.fetch_commit(remote, "12" * 20, token=TOKEN)
    assert not world.git.fetch_commit(remote, "--upload-pack=touch x", token=TOKEN)


def test_a_commit_of_a_remote_that_does_not_answer(world: World) -> None:
    with pytest.raises(RemoteError) as caught:
        world.git.fetch_commit("http://127.0.0.1:1/careers.git", "12" * 20, token=TOKEN)
    assert caught.value.fault is RemoteFault.UNREACHABLE


def test_what_refs_a_remote_has(world: World, remote: str) -> None:
    run(world.author, "push", "-q", str(world.bare), "main:refs/heads/q/refs/heads/q/one")
    run(world.author, "push", "-q", str(world.bare), "main:refs/heads/q/main/two")
    first = tip(world.author)
    found = world.git.remote_refs(remote, "refs/heads/q/m*", token=TOKEN)
    assert found == {"refs/heads/q/main/two": first}
    assert world.git.remote_refs(remote, "refs/pull/9/*", token=TOKEN) == {}


def test_no_branch_of_anybodys_is_moved(world: World) -> None:
    with pytest.raises(ValueError, match="outside"):
        world.git.fetch(str(world.bare), "+refs/heads/main:refs/heads/main")


def test_where_a_remote_is(world: World) -> None:
    assert world.git.remote_url() is None
    run(world.git.root, "remote", "add", "origin", str(world.bare))
    assert world.git.remote_url() == str(world.bare)
    world.git.fetch("origin", BASE)
    assert refs(world.git) == {"refs/casework/base"}


def test_what_is_behind_a_commit(world: World) -> None:
    git, first = Git(world.author), tip(world.author)
    second = commit(world.author)
    assert git.is_ancestor(first, second)
    assert git.is_ancestor(second, second)
    assert not git.is_ancestor(second, first)
    with pytest.raises(GitError):
        git.is_ancestor("12" * 20, first)


def test_the_token_takes_the_place_of_one_that_was_set_before(world: World, server: Server) -> None:
    origin = server.url.removesuffix("/careers.git")
    for place in (f"http.{origin}/.extraheader", f"http.{server.url}.extraheader"):
        run(world.git.root, "config", place, "AUTHORIZATION: basic b2xkOm9sZA==")
    world.git.fetch(server.url, BASE, token=TOKEN)
    assert {len(given) for _, given in server.seen} == {1}


@pytest.mark.parametrize("token", [None, "ghs_awrongtokenthatisverywrong"])
def test_a_remote_that_refuses_says_so_without_asking(
    world: World, server: Server, token: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    run(world.git.root, "config", "credential.helper", f"!{trap}")
    run(world.git.root, "config", "core.askPass", str(trap))
    monkeypatch.setenv("SSH_ASKPASS", str(trap))
    monkeypatch.setenv("GIT_ASKPASS", str(trap))
    with pytest.raises(RemoteError, match="must let git read it") as caught:
        world.git.fetch(server.url, BASE, token=token)
    assert caught.value.fault is RemoteFault.REFUSED
    assert not (tmp_path / "sprung").exists()


def test_the_token_is_told_to_nobody(world: World, server: Server) -> None:
    encoded = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    for status in (401, 403, 404, 500, 502):
        server.answer["status"] = status
        with pytest.raises(RemoteError) as caught:
            world.git.fetch(
                server.url.replace("://", f"://me:{TOKEN}@"), f"+refs/{TOKEN}:refs/casework/x",
                token=TOKEN,
            )  # fmt: skip
        error = caught.value
        told = f"{error.message} {error.help} {error!r} {error.__cause__!r}"
        assert TOKEN not in told
        assert encoded not in told
        assert "me:" not in told


def test_the_token_is_not_on_a_command_line(
    world: World, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, log = tmp_path / "bin", tmp_path / "log"
    folder.mkdir()
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True)
    (folder / "git").write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" >> {log}\nexec {real.stdout.strip()} "$@"\n'
    )
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    world.git.fetch(server.url, BASE, token=TOKEN)
    assert "fetch" in log.read_text()
    assert TOKEN not in log.read_text()
    assert "basic" not in log.read_text()


def test_the_token_follows_no_redirection(world: World, server: Server) -> None:
    other = ThreadingHTTPServer(("127.0.0.1", 0), handler(world.bare.parent, seen := [], {}))
    Thread(target=other.serve_forever, daemon=True).start()
    server.answer.update(status=302, location=f"http://127.0.0.1:{other.server_port}")
    with pytest.raises(RemoteError) as caught:
        world.git.fetch(server.url, BASE, token=TOKEN)
    other.shutdown()
    other.server_close()
    assert caught.value.fault is RemoteFault.ABSENT
    assert seen == []


@pytest.mark.parametrize(
    ("status", "fault"),
    [(403, RemoteFault.REFUSED), (404, RemoteFault.ABSENT), (500, RemoteFault.UNREACHABLE),
     (503, RemoteFault.UNREACHABLE)],
)  # fmt: skip
def test_each_answer_means_something(
    world: World, server: Server, status: int, fault: RemoteFault
) -> None:
    server.answer["status"] = status
    with pytest.raises(RemoteError) as caught:
        world.git.fetch(server.url, BASE, token=TOKEN)
    assert caught.value.fault is fault
    assert server.url in caught.value.message


@pytest.mark.parametrize(
    "remote", ["ext::sh -c touch% sprung", "ssh://127.0.0.1/x.git", "git://127.0.0.1/x.git"]
)
def test_a_program_is_never_run_in_the_name_of_an_address(world: World, remote: str) -> None:
    with pytest.raises(RemoteError, match="must begin with `https://`"):
        world.git.fetch(remote, BASE)
    assert not (world.git.root / "sprung").exists()


@pytest.mark.parametrize("remote", ["", "--upload-pack=touch sprung", "a\nb"])
def test_what_is_no_address(world: World, remote: str) -> None:
    with pytest.raises(RemoteError, match="must be an address or a name"):
        world.git.fetch(remote, BASE)


def test_a_folder_without_a_repository(world: World, tmp_path: Path) -> None:
    with pytest.raises(RemoteError) as caught:
        world.git.fetch(str(tmp_path / "nowhere"), BASE)
    assert caught.value.fault is RemoteFault.ABSENT


def test_a_remote_that_never_answers_is_not_waited_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setattr("casework.read.git_remote._PATIENCE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/careers.git"
        with pytest.raises(RemoteError, match="timed out") as caught:
            world.git.fetch(url, BASE, token=TOKEN)
    assert caught.value.fault is RemoteFault.UNREACHABLE
