"""Whose mail the words of a call mean, and opening it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.i18n import Translation, mark
from app.model import Account, Trial
from app.network.proxy import ProxyFor, direct, system_proxy
from app.sign_in.grant import Grant, grant_of
from app.sources import Connection, Source, is_server, normalised, open_source, parse_address
from app.store.workspace import Workspace

if TYPE_CHECKING:
    from app.sign_in.consent import Consent
    from app.sign_in.tokens import Tokens

Keep = Callable[[Account, str], None]
"""Told the secret that takes the place of an account's earlier one."""
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


def open_account(account: Account, connection: Connection, ask_secret: Callable[[Account], str], keep: Keep) -> Source:
    """Raises NitaqError. The secret is asked for only where one is needed; a connection without `auth` signs in as the account does."""
    if is_server(account.source):
        connection = replace(
            connection,
            auth=connection.auth or ("oauth" if account.oauth else "password"),
            secret=ask_secret(account),
            ca_file=connection.ca_file or _authority(account),
            proxy_for=direct if account.direct else connection.proxy_for,
            folders=connection.folders or account.folders,
            others=connection.others or account.others,
        )
        connection = _renewing(account, connection, keep)
    return open_source(account.source, connection)


def _renewing(account: Account, connection: Connection, keep: Keep) -> Connection:
    """What the browser's consent gave is no password: tokens are made of it, as long as it lasts. A bare token stays as it is."""
    grant = grant_of(connection.secret)
    if grant == Grant():
        return connection
    if connection.auth == "password":
        raise UserError("secret.unavailable")
    if account.oauth is None:
        return replace(connection, secret=grant.access_token)
    from app.sign_in.renewal import Renewal
    from app.sign_in.tokens import Tokens

    tokens = Tokens(account.oauth, connection.ca_file, proxy_for=connection.proxy_for)
    return replace(connection, secret="", token=Renewal(tokens, grant, lambda grant: keep(account, grant.to_secret())).token)


def try_account(account: Account, secret: str | None) -> Trial:
    """Connect to an account on a server, sign in once, and list its folders; without a secret only look whether the server is there and proven.

    The secret is a password or a grant that was renewed just now. Raises UserError `input` for what is no address or no certificate.
    """
    from app.sources.imap.trial import try_out

    auth, token = ("oauth", grant_of(secret).access_token) if account.oauth else ("password", secret)
    connection = Connection(auth, token or "", ca_file=_authority(account), timeout=_PATIENCE, proxy_for=_proxy_for(account))
    return try_out(parse_address(account.source), connection, signing_in=secret is not None)


def tokens_of(account: Account) -> Tokens:
    """Whoever gives tokens for an account that is signed in with the browser."""
    from app.sign_in.tokens import Tokens

    assert account.oauth is not None
    return Tokens(account.oauth, _authority(account), proxy_for=_proxy_for(account))


def consent_for(account: Account, say: Translation) -> Consent:
    """One round through the browser. Raises UserError `oauth.client` for a service without encryption."""
    from app.sign_in.consent import Consent

    assert account.oauth is not None
    return Consent(account.oauth, parse_address(account.source).user, tokens_of(account), say)


def _authority(account: Account) -> Path | None:
    return Path(account.ca_file) if account.ca_file else None


def _proxy_for(account: Account) -> ProxyFor:
    return direct if account.direct else system_proxy
