"""Whose mail the words of a call mean, and opening it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.i18n import Translation, mark
from app.model import Account, Trial
from app.sources import Connection, Source, is_server, normalised, open_source, parse_address
from app.store.workspace import Workspace

if TYPE_CHECKING:
    from app.sign_in.consent import Consent
    from app.sign_in.tokens import Tokens

ACCOUNT = "account:"
_PATIENCE = 15.0
"""Seconds of silence that somebody waits for who only wants to know whether it works."""


def account_of(text: str, workspace: Workspace | None) -> Account:
    """The saved account of a SOURCE, or one made up for this call. Raises UserError `input` for a name that no account has."""
    saved = workspace.accounts() if workspace else ()
    if text.startswith(ACCOUNT):
        name = text.removeprefix(ACCOUNT)
        for account in saved:
            if account.name == name:
                return account
        raise UserError("input", path=text, reason=mark("there is no account of this name"))
    source = normalised(text)
    return next((account for account in saved if account.source == source), Account(source, source))


def open_account(account: Account, connection: Connection, ask_secret: Callable[[Account], str]) -> Source:
    """Raises NitaqError. The secret is asked for only where one is needed."""
    if is_server(account.source):
        authority = connection.ca_file or (Path(account.ca_file) if account.ca_file else None)
        others = connection.others or account.others
        connection = replace(connection, secret=ask_secret(account), ca_file=authority, others=others)
    return open_source(account.source, connection)


def try_account(account: Account, secret: str) -> Trial:
    """Connect to an account on a server, sign in once, and list its folders. Raises UserError `input` for what is no address or no certificate."""
    from app.sources.imap.trial import try_out

    authority = Path(account.ca_file) if account.ca_file else None
    return try_out(parse_address(account.source), Connection(secret=secret, ca_file=authority, timeout=_PATIENCE))


def tokens_of(account: Account) -> Tokens:
    """Whoever gives tokens for an account that is signed in with the browser."""
    from app.sign_in.tokens import Tokens

    assert account.oauth is not None
    return Tokens(account.oauth, Path(account.ca_file) if account.ca_file else None)


def consent_for(account: Account, say: Translation) -> Consent:
    """One round through the browser. Raises UserError `oauth.client` for a service without encryption."""
    from app.sign_in.consent import Consent

    assert account.oauth is not None
    return Consent(account.oauth, parse_address(account.source).user, tokens_of(account), say)
