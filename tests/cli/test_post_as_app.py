"""Reporting as a GitHub App of the organisation's: a check that no other workflow can post."""

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from casework.cli.failure import Exit
from tests.cli.clones import CASE, case
from tests.cli.test_post import World
from tests.cli.test_post import hub as hub  # a fixture
from tests.cli.test_post import world as world  # a fixture
from tests.github.state import ACTIONS

SLUG = "careers-gate"


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def app(world: World, key: rsa.RSAPrivateKey) -> World:
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    world.hub.app(1234, public.decode(), SLUG)
    world.set("CASEWORK_APP_ID", "1234")
    world.set(
        "CASEWORK_APP_PRIVATE_KEY",
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
    )
    return world


def test_the_check_and_the_comment_are_the_apps(app: World) -> None:
    number = app.open({CASE: case("submitted")})
    ran = app.judged(number)
    assert (ran.code, ran.err) == (Exit.HOLDS, "")
    assert app.check(number)["app"]["slug"] == SLUG
    assert [each["login"] for each in app.hub.comments(number)] == [f"{SLUG}[bot]"]
    app.judged(number)
    assert app.hub.writes == []


def test_a_green_check_that_a_workflow_posted_is_neither_ours_nor_left_alone(app: World) -> None:
    number = app.open({CASE: case("submitted", ready=False)})
    head = app.hub.pulls[number].head
    forged = requests.post(
        f"{app.hub.api_url}/repos/{app.hub.repository}/check-runs",
        json={"name": "Casework", "head_sha": head, "status": "completed", "conclusion": "success"},
        headers={"Authorization": f"Bearer {app.hub.token}"},
        timeout=10,
    )
    assert forged.status_code == 201
    assert app.judged(number).code == Exit.FAILS
    by_app = {each["app"]["slug"]: each["conclusion"] for each in app.hub.check_runs(head)}
    assert by_app == {ACTIONS.slug: "success", SLUG: "failure"}, "the required one is the app's"


def test_the_key_is_never_told(app: World) -> None:
    number = app.open({CASE: case("submitted")})
    app.hub.fail("POST", "access_tokens", status=401, times=None)
    ran = app.judged(number)
    assert ran.code == Exit.CANNOT_RUN
    for said in (ran.out, ran.err, app.told):
        assert "PRIVATE KEY" not in said
        assert app.hub.token not in said


def test_a_key_without_its_id_is_told(app: World) -> None:
    number = app.open({CASE: case("submitted")})
    app.set("CASEWORK_APP_ID", "")
    ran = app.judged(number)
    assert ran.code == Exit.CANNOT_RUN
    assert "CASEWORK_APP_ID" in ran.err


def test_a_bot_of_another_name_is_a_setting(world: World) -> None:
    # A person's token may comment; only apps may post checks.
    world.hub.let_in("ghp_" + "a" * 36, "careers-robot")
    number = world.open({CASE: case("submitted")})
    world.set("CASEWORK_BOT", "careers-robot")
    world.set("GITHUB_TOKEN", "ghp_" + "a" * 36)
    world.judged(number)
    assert [each["login"] for each in world.hub.comments(number)] == ["careers-robot"]
    world.judged(number)
    assert len(world.hub.comments(number)) == 1
