"""Talking to an authorisation server: a code for tokens, new tokens for old, and taking them back. oauthlib does the protocol."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

from app.errors import NitaqError, UserError, WorldError
from app.i18n import mark
from app.model import OAuthClient
from app.network import tls
from app.network.https import opener
from app.network.proxy import ProxyFor, system_proxy
from app.sign_in.grant import Grant

_TIMEOUT = 30.0
_MOST = 256 * 1024
"""Octets of an answer."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_CODES = {
    "access_denied": "oauth.refused",
    "invalid_grant": "oauth.expired",
    "invalid_client": "oauth.client",
    "unauthorized_client": "oauth.client",
    "redirect_uri_mismatch": "oauth.client",
}


class _AsItIs(urllib.request.HTTPErrorProcessor):
    """The answer, whatever its status: what carries a secret is sent on nowhere else, and RFC 6749 section 5.2 puts errors into a body too."""

    def https_response(self, request: urllib.request.Request, response: Any) -> Any:
        return response


class Tokens:
    """One client at its authorisation server. Raises UserError `oauth.*`, WorldError `connection`, `timeout`, and `proxy.*`."""

    def __init__(
        self, client: OAuthClient, ca_file: Path | None = None, clock: Callable[[], float] = time.time, proxy_for: ProxyFor = system_proxy
    ) -> None:
        """`ca_file`: an extra certificate authority (PEM), for an organisation's own server. Raises UserError `input` where it is none."""
        self._opener = opener(tls.context(ca_file), proxy_for, _AsItIs())
        self._client, self._clock = client, clock

    def exchange(self, code: str, verifier: str, redirect: str, client_secret: str) -> Grant:
        """RFC 6749 section 4.1.3, with the verifier of RFC 7636."""
        made = WebApplicationClient(self._client.id)
        body = made.prepare_request_body(code=code, redirect_uri=redirect, code_verifier=verifier, **_secret(client_secret))
        return self._granted(body, Grant(client_secret=client_secret))

    def fresh(self, grant: Grant) -> Grant:
        """The same while it lasts, else renewed (section 6). UserError `oauth.expired` where the user has to sign in again."""
        if grant.usable(self._clock()):
            return grant
        if not grant.refresh_token:
            raise UserError("oauth.expired", service=self._client.service.name)
        made = WebApplicationClient(self._client.id)
        body = made.prepare_refresh_body(refresh_token=grant.refresh_token, client_id=self._client.id, **_secret(grant.client_secret))
        return self._granted(body, grant)

    def revoke(self, grant: Grant) -> None:
        """RFC 7009; nothing where the service has no address for it, or nothing was granted."""
        token = grant.refresh_token or grant.access_token
        if self._client.service.revoke and token:
            kind = "refresh_token" if grant.refresh_token else "access_token"
            secret = _secret(grant.client_secret)
            url, _, body = WebApplicationClient(self._client.id).prepare_token_revocation_request(
                self._client.service.revoke, token, token_type_hint=kind, client_id=self._client.id, **secret
            )
            status, answer = self._send(url, body)
            if status != 200 and "invalid_token" not in answer:  # RFC 7009 section 2.2.1: what is not valid any more needs no taking back
                raise UserError("oauth.failed", service=self._client.service.name, reason=f"HTTP {status}")

    def _granted(self, body: str, before: Grant) -> Grant:
        service = self._client.service
        answer = self._post(service.token, body)
        try:
            fields = WebApplicationClient(self._client.id).parse_request_body_response(answer)
            expires = int(self._clock()) + int(fields.get("expires_in") or 3600)
            granted = [str(scope) for scope in fields.get("scope") or ()]
        except OAuth2Error as error:
            raise refused(error, service.name) from None
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            raise UserError("oauth.failed", service=service.name, reason=mark("its answer makes no sense")) from None
        if granted and service.scopes and service.scopes[0] not in granted:
            raise UserError("oauth.refused", service=service.name, reason=" ".join(granted)[:200])
        refresh = str(fields.get("refresh_token") or before.refresh_token)
        return replace(before, access_token=str(fields["access_token"]), expires=expires, refresh_token=refresh)

    def _post(self, url: str, body: str) -> str:
        return self._send(url, body)[1]

    def _send(self, url: str, body: str) -> tuple[int, str]:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
        if parts.scheme != "https":
            raise UserError("oauth.client", service=self._client.service.name, reason=url)
        try:
            with self._opener.open(urllib.request.Request(url, body.encode(), _FORM), timeout=_TIMEOUT) as answer:
                return int(answer.status), str(answer.read(_MOST).decode("utf-8", "replace"))
        except (OSError, HTTPException) as error:
            raise _unreached(error, host, port) from None


def refused(error: OAuth2Error, service: str) -> NitaqError:
    return UserError(_CODES.get(str(error.error or ""), "oauth.failed"), service=service, reason=str(error.description or error.error or "")[:200])


def _secret(client_secret: str) -> dict[str, str]:
    return {"client_secret": client_secret} if client_secret else {}


def _unreached(error: Exception, host: str, port: int) -> WorldError:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return WorldError("timeout", host=host, port=port)
    return WorldError("connection", host=host, port=port, reason=str(getattr(cause, "verify_message", "") or getattr(cause, "strerror", "") or cause)[:200])
