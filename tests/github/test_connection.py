"""Connecting: with a token or as an app, on GitHub or on a server of one's own."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from casework.github.connection import Access, connect
from casework.github.fault import FaultKind, GitHubError
from casework.github.repository import Repository
from casework.model.check_run import CheckRun
from tests.github.hub import Hub

HEAD = "a" * 40
SECRET = "ghs_not-to-be-seen-anywhere"


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, passphrase: bytes = b"") -> str:
    guard = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, guard).decode()


@pytest.fixture
def app(hub: Hub, key: rsa.RSAPrivateKey) -> Access:
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    hub.app(1234, public.decode(), "careers-gate")
    return Access(hub.api_url, hub.repository, app_id="1234", app_key=pem(key))


def connected(access: Access) -> Repository:
    return connect(access, [].append)


def refusal(access: Access) -> GitHubError:
    with pytest.raises(GitHubError) as caught:
        connected(access)
    return caught.value


class TestWithAToken:
    def test_asks_nothing_yet(self, hub):
        repository = connected(Access(hub.api_url, hub.repository, hub.token))
        assert (repository.bot, repository.calls) == ("github-actions[bot]", 0)
        assert (repository.name, repository.git_token()) == (hub.repository, hub.token)
        assert not hub.log

    def test_the_bots_name_is_a_setting(self, hub):
        access = Access(hub.api_url, hub.repository, hub.token, bot="careers-gate[bot]")
        assert connected(access).bot == "careers-gate[bot]"

    def test_a_line_end_after_the_token_does_no_harm(self, hub):
        access = Access(hub.api_url, hub.repository, f"{hub.token}\n")
        assert connected(access).default_branch() == "main"

    @pytest.mark.parametrize("token", [None, "", "two words", "zwölf"])
    def test_none_is_no_token(self, hub, token):
        assert refusal(Access(hub.api_url, hub.repository, token)).kind is FaultKind.UNAUTHORISED

    @pytest.mark.parametrize("address", ["api.github.com", "ftp://github.com", "", "https://"])
    def test_the_address_is_one_of_the_web(self, address):
        error = refusal(Access(address, "acme/careers", "x"))
        assert f"`{address}`" in error.message

    @pytest.mark.parametrize("name", ["careers", "acme/careers/x", "../..", "acme/..", "a/b?c", ""])
    def test_the_repository_is_named_with_its_owner(self, name):
        error = refusal(Access("https://api.github.com", name, "x"))
        assert f"`{name}`" in error.message

    def test_the_address_may_end_in_a_slash(self, hub):
        access = Access(f"{hub.api_url}/", hub.repository, hub.token)
        assert connected(access).default_branch() == "main"


class TestAsAnApp:
    def test_is_known_by_the_apps_name(self, app):
        repository = connected(app)
        assert repository.bot == "careers-gate[bot]"
        assert repository.calls == 2
        assert repository.git_token()

    def test_reads_and_writes_as_the_app(self, hub, app):
        number = hub.open_pull_request("ghopper", HEAD)
        repository = connected(app)
        assert repository.keep_comment(number, "<!-- m -->\nready", "<!-- m -->")
        assert not repository.keep_comment(number, "<!-- m -->\nready", "<!-- m -->")
        (comment,) = hub.comments(number)
        assert comment["login"] == "careers-gate[bot]"

    def test_recognises_its_own_check_and_not_a_workflows(self, hub, app):
        hub.open_pull_request("ghopper", HEAD)
        check = CheckRun(HEAD, True, "Ready", "A summary.", "")
        connected(Access(hub.api_url, hub.repository, hub.token)).keep_check(check, None)
        assert connected(app).keep_check(check, None)
        assert not connected(app).keep_check(check, None)

    def test_a_lost_answer_to_signing_in_is_asked_for_again(self, hub, app):
        hub.fail("POST", r"/access_tokens$", status=502)
        assert connected(app).bot == "careers-gate[bot]"

    def test_a_key_whose_line_ends_are_spelled_out_is_read(self, app):
        assert connected(app._replace(app_key=app.app_key.replace("\n", "\\n")))

    def test_both_id_and_key_are_needed(self, app):
        for half in (app._replace(app_id=None), app._replace(app_key=None)):
            assert "CASEWORK_APP_PRIVATE_KEY" in refusal(half).help

    @pytest.mark.parametrize("kind", ["nonsense", "truncated", "locked", "elliptic", "public"])
    def test_a_key_that_is_none_is_told_without_quoting_it(self, app, key, kind):
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        bad = {
            "nonsense": SECRET,
            "truncated": pem(key)[:400],
            "locked": pem(key, b"passphrase"),
            "elliptic": pem(ec.generate_private_key(ec.SECP256R1())),
            "public": public.decode(),
        }[kind]
        error = refusal(app._replace(app_key=bad))
        assert "RSA key" in error.message
        assert bad[:30] not in error.message + error.help
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None

    def test_the_key_of_another_app_is_told(self, app):
        error = refusal(app._replace(app_key=pem(rsa.generate_private_key(65537, 2048))))
        assert error.kind is FaultKind.UNAUTHORISED
        assert "`1234`" in error.message

    def test_an_app_that_is_not_installed_is_told(self, hub, app):
        hub.fail("GET", r"/installation$", status=404, body={"message": "Not Found"})
        assert "installed" in refusal(app).message

    def test_an_app_that_may_too_little_is_told(self, hub, app):
        said = {"message": "The permissions requested are not granted to this installation."}
        hub.fail("POST", r"/access_tokens$", status=422, body=said)
        assert "`checks: write`" in refusal(app).message


class TestSecrets:
    def test_no_value_shows_its_token(self, hub, app):
        access = Access(hub.api_url, hub.repository, SECRET, "1", SECRET)
        repository = connected(app)
        for shown in (access, (access,), repository, repository._identity):
            assert SECRET not in repr(shown)
            assert str(repository.git_token()) not in repr(shown)
            assert "PRIVATE" not in f"{shown}"

    def test_no_message_does_even_where_github_says_it(self, hub):
        repository = connected(Access(hub.api_url, hub.repository, hub.token))
        said = {"message": f"Bad token {hub.token}", "errors": [{"message": hub.token}]}
        hub.fail("GET", r"/pulls$", status=401, body=said)
        with pytest.raises(GitHubError) as caught:
            repository.open_pull_requests("main")
        assert hub.token not in f"{caught.value.message} {caught.value.help} {caught.value!r}"
        assert caught.value.__context__ is None

    def test_no_log_does_at_its_most_talkative(self, hub, app, caplog):
        caplog.set_level(logging.DEBUG)
        repository = connected(app)
        repository.default_branch()
        assert str(repository.git_token()) not in caplog.text
        assert "Bearer" not in caplog.text


def test_pygithub_is_loaded_only_when_something_is_asked():
    program = (
        "import sys; import casework.github.connection, casework.github.repository, "
        "casework.github.comment, casework.github.check_run; "
        "sys.exit('github' in sys.modules or 'requests' in sys.modules)"
    )
    scripts = Path(__file__).parents[2] / "scripts"
    loaded = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(scripts)}, check=False
    )
    assert loaded.returncode == 0
