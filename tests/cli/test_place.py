"""Which repository on GitHub a clone belongs to."""

from functools import partial

import pytest

from casework.cli.failure import FailureError
from casework.cli.place import Place, of_url, place_of
from casework.cli.surroundings import Surroundings
from casework.read.git import Git
from tests.cli.clones import Clone

GITHUB = partial(Place, "https://api.github.com", server_url="https://github.com")
ENTERPRISE = partial(
    Place, "https://github.example.com/api/v3", server_url="https://github.example.com"
)
CLOUD = Place("https://api.acme.ghe.com", "acme/careers", "https://acme.ghe.com")


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://github.com/acme/careers.git", GITHUB("acme/careers")),
        ("https://github.com/acme/careers", GITHUB("acme/careers")),
        ("https://token@github.com/acme/careers.git/", GITHUB("acme/careers")),
        ("git@github.com:acme/careers.git", GITHUB("acme/careers")),
        ("ssh://git@github.com/acme/careers.git", GITHUB("acme/careers")),
        ("ssh://git@ssh.github.com:443/acme/careers.git", GITHUB("acme/careers")),
        ("https://github.example.com/acme/careers.git", ENTERPRISE("acme/careers")),
        ("git@github.example.com:acme/careers.git", ENTERPRISE("acme/careers")),
        ("ssh://git@github.example.com:2222/acme/a.b.git", ENTERPRISE("acme/a.b")),
        ("https://acme.ghe.com/acme/careers", CLOUD),
        ("/srv/git/careers.git", None),
        ("../careers.git", None),
        ("file:///srv/git/careers.git", None),
        ("https://[::1/x", None),
        ("https://github.com/acme", None),
        ("https://github.com/a/b/c", None),
    ],
)
def test_where_a_remote_is(url: str, place: Place | None) -> None:
    assert of_url(url) == place


class TestFromAClone:
    def test_origin_says_where(self, clone: Clone) -> None:
        clone.git("remote", "add", "origin", "git@github.example.com:acme/careers.git")
        assert place_of(Surroundings(), Git(clone.root)) == ENTERPRISE("acme/careers")

    def test_git_fetches_by_https_even_where_origin_is_ssh(self, clone: Clone) -> None:
        clone.git("remote", "add", "origin", "git@github.com:acme/careers.git")
        found = place_of(Surroundings(), Git(clone.root))
        assert found.remote == "https://github.com/acme/careers.git"

    def test_the_environment_comes_first(self, clone: Clone) -> None:
        clone.git("remote", "add", "origin", "git@github.com:acme/careers.git")
        around = Surroundings(
            "http://127.0.0.1:1/api/v3", "http://127.0.0.1:1", repository="acme/other"
        )
        found = place_of(around, Git(clone.root))
        assert found == Place("http://127.0.0.1:1/api/v3", "acme/other", "http://127.0.0.1:1", True)

    @pytest.mark.parametrize("origin", [None, "../careers.git"])
    def test_or_nobody_does(self, clone: Clone, origin: str | None) -> None:
        if origin:
            clone.git("remote", "add", "origin", origin)
        with pytest.raises(FailureError, match="must be known"):
            place_of(Surroundings(), Git(clone.root))


class TestTheTokenGoesWhereItBelongs:
    AROUND = Surroundings(token="for-github", enterprise_token="for-the-company")

    @pytest.mark.parametrize(
        ("url", "token", "variable"),
        [
            ("git@github.com:acme/careers.git", "for-github", "GH_TOKEN"),
            ("https://acme.ghe.com/acme/careers", "for-github", "GH_TOKEN"),
            ("https://git.example.com/a/b", "for-the-company", "GH_ENTERPRISE_TOKEN"),
            ("https://api.github.com.example.com/a/b", "for-the-company", "GH_ENTERPRISE_TOKEN"),
            ("https://ghe.com.example.com/a/b", "for-the-company", "GH_ENTERPRISE_TOKEN"),
        ],
    )
    def test_by_origin(self, clone: Clone, url: str, token: str, variable: str) -> None:
        clone.git("remote", "add", "origin", url)
        place = place_of(self.AROUND, Git(clone.root))
        assert (place.token(self.AROUND), place.variable) == (token, variable)

    def test_a_token_for_github_is_not_shown_to_another_server(self, clone: Clone) -> None:
        clone.git("remote", "add", "origin", "https://git.example.com/a/b")
        around = Surroundings(token="for-github")
        assert place_of(around, Git(clone.root)).token(around) is None

    def test_nor_that_for_another_server_to_github(self, clone: Clone) -> None:
        clone.git("remote", "add", "origin", "git@github.com:acme/careers.git")
        around = Surroundings(enterprise_token="for-the-company")
        assert place_of(around, Git(clone.root)).token(around) is None

    def test_whoever_names_the_server_names_the_token(self, clone: Clone) -> None:
        around = Surroundings(
            "https://git.example.com/api/v3", "https://git.example.com", "a/b", token="one"
        )
        assert place_of(around, Git(clone.root)).token(around) == "one"
