"""Who may ask: the tokens of people and of apps."""

import jwt

from tests.github.git_http import token_of
from tests.github.state import App, Identity


class Doorkeeper:
    """Knows every token, and what each of them stands for."""

    def __init__(self) -> None:
        self.apps: dict[int, App] = {}
        self.tokens: dict[str, Identity] = {}

    def app(self, id: int, key: str, slug: str) -> App:
        """A GitHub App of the organisation's, by its public key (PEM)."""
        self.apps[id] = App(id, slug, key)
        return self.apps[id]

    def let_in(self, token: str, login: str, app: App | None = None) -> None:
        """A token more: a person's, unless it is an app's."""
        self.tokens[token] = Identity(login, app)

    def identify(self, header: str) -> Identity | None:
        scheme, _, token = header.partition(" ")
        if scheme.lower() == "basic":
            return self.tokens.get(token_of(header) or "")
        return self.tokens.get(token) or self._by_key(token)

    def _by_key(self, token: str) -> Identity | None:
        for app in self.apps.values():
            try:
                claims = jwt.decode(
                    token, app.key, algorithms=["RS256"],
                    options={"require": ["exp", "iat"], "verify_iss": False},
                )  # fmt: skip
            except jwt.InvalidTokenError:
                continue
            if str(claims.get("iss")) == str(app.id) and claims["exp"] - claims["iat"] <= 720:
                return Identity(f"{app.slug}[bot]", app, is_jwt=True)
        return None
