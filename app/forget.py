"""Forgetting an account: what is kept of it is found and said before, let go of, and looked for again afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from app.errors import NitaqError
from app.model import Account, Looked, Remains, Traces
from app.sign_in.grant import Grant, grant_of
from app.sources import is_server


class Kept(Protocol):
    """The store (`app.library.Library`)."""

    def account(self, source: str) -> Account: ...
    def traces(self, source: str) -> Traces: ...
    def remains(self, source: str) -> tuple[str, ...]: ...
    def forget(self, source: str, subjects: Iterable[str] = ()) -> None: ...


class Secrets(Protocol):
    """The system's keyring (`app.secrets.Keyring`)."""

    def get(self, account: str) -> str | None: ...
    def look(self, account: str) -> Looked: ...
    def forget(self, account: str) -> None: ...


class Revoker(Protocol):
    """Who gave tokens for the account (`app.sign_in.tokens.Tokens`)."""

    def revoke(self, grant: Grant) -> None: ...


def traces_of(source: str, kept: Kept, secrets: Secrets) -> Traces:
    """Raises NitaqError. Asks the keyring, which may ask the user to unlock it."""
    client = kept.account(source).oauth
    return replace(kept.traces(source), secret=_look(source, secrets), service=client.service.name if client else "")


def forget(traces: Traces, kept: Kept, secrets: Secrets, revoker: Callable[[Account], Revoker], *, decisions: bool) -> Remains:
    """Let all of it go, and say what was still found then. `decisions`: those about names that no other mailbox has seen go too.

    Where the keyring is locked, NitaqError `secret.locked` is raised and everything is as it was: without its secret nothing can be revoked.
    """
    source = traces.source
    account = kept.account(source)
    revoked = account.oauth is None or _revoked(account, secrets, revoker)
    if is_server(source):
        secrets.forget(source)
    kept.forget(source, traces.subjects if decisions else ())
    permission = "" if revoked else traces.service
    return Remains(kept.remains(source), _look(source, secrets), permission)


def _look(source: str, secrets: Secrets) -> Looked | None:
    """For mail files nobody is asked to unlock a keyring."""
    return secrets.look(source) if is_server(source) else None


def _revoked(account: Account, secrets: Secrets, revoker: Callable[[Account], Revoker]) -> bool:
    """Whether the service took the permission back; some have no way to be asked."""
    assert account.oauth is not None
    grant = grant_of(secrets.get(account.source))
    if not account.oauth.service.revoke or not (grant.refresh_token or grant.access_token):
        return False
    try:
        revoker(account).revoke(grant)
    except NitaqError:
        return False
    return True
