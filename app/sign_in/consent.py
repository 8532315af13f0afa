"""One round through the browser: ask, wait for the answer on this computer, and have tokens for it."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_urlsafe
from urllib.parse import urlsplit

from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

from app.errors import UserError
from app.i18n import Translation
from app.model import OAuthClient
from app.sign_in.grant import Grant
from app.sign_in.redirect import Redirect
from app.sign_in.tokens import Tokens, refused

_SECONDS = 300.0
_VERIFIER = 64
"""Characters of the PKCE verifier; RFC 7636 wants 43 to 128."""


class Consent:
    """`url` is for the system's browser; `wait` gives what came of it. Listens from the beginning."""

    def __init__(self, client: OAuthClient, user: str, tokens: Tokens, say: Translation) -> None:
        """`user`: the e-mail address that the page is to suggest."""
        service = client.service
        if urlsplit(service.authorize).scheme != "https":
            raise UserError("oauth.client", service=service.name, reason=service.authorize)
        self._service, self._tokens = service, tokens
        self._client = WebApplicationClient(client.id)
        self._state = token_urlsafe(32)
        self._verifier = self._client.create_code_verifier(_VERIFIER)
        done = say("You can close this page and go back to Nitaq.")
        self._redirect = Redirect(self._state, (say.language, "rtl" if say.rtl else "ltr", done), service.loopback)
        self.url: str = self._client.prepare_request_uri(
            service.authorize, redirect_uri=self._redirect.uri, scope=list(service.scopes), state=self._state,
            code_challenge=self._client.create_code_challenge(self._verifier, "S256"), code_challenge_method="S256",
            login_hint=user, **dict(service.extra),
        )  # fmt: skip

    def wait(self, client_secret: str, cancelled: Callable[[], bool]) -> Grant:
        """Raises UserError `oauth.*` and WorldError. Blocks until the browser came back, five minutes at most."""
        answer = self._redirect.wait(_SECONDS, cancelled)
        try:
            # oauthlib wants TLS everywhere; this address never leaves the computer (RFC 8252 section 8.3)
            fields = self._client.parse_request_uri_response(answer.replace("http://", "https://", 1), state=self._state)
        except OAuth2Error as error:
            raise refused(error, self._service.name) from None
        return self._tokens.exchange(fields["code"], self._verifier, self._redirect.uri, client_secret)
