"""Signing in, once: a secret goes out one time, to a server that was proven, and never as the answer to an error."""

from __future__ import annotations

from base64 import b64encode

from app.errors import NitaqError, UserError
from app.i18n import mark
from app.sources.address import Connection
from app.sources.imap import failures
from app.sources.imap.commands import quoted
from app.sources.imap.session import Reply, Session

_MECHANISMS = {"xoauth2": ("XOAUTH2",), "oauthbearer": ("OAUTHBEARER",), "oauth": ("OAUTHBEARER", "XOAUTH2")}
_MAY_HAVE_ENDED = frozenset(["auth.failed", "auth.expired"])
"""Codes of a refusal that another token may pass: the server's clock or the service can have ended the one that was sent."""
_GOODBYE = {"PLAIN": b"*", "XOAUTH2": b"", "OAUTHBEARER": b"AQ=="}
"""What ends an exchange after the server's error challenge: cancel, an empty answer (Google), a single ^A (RFC 7628 section 3.2.3)."""


def log_in(session: Session, user: str, connection: Connection) -> None:
    """Raises UserError (`auth.*`, `oauth.*`) or WorldError; a secret that was not accepted is not tried again, but a token may be renewed once."""
    if connection.token is None:
        _log_in(session, user, connection.auth, connection.secret)
        return
    token = connection.token("")
    try:
        _log_in(session, user, connection.auth, token)
    except UserError as error:
        if error.code not in _MAY_HAVE_ENDED:
            raise
        renewed = connection.token(token)
        if renewed == token:
            raise
        _log_in(session, user, connection.auth, renewed)


def _log_in(session: Session, user: str, auth: str, secret: str) -> None:
    if any(c in secret or c in user for c in "\r\n\0"):
        raise UserError("auth.failed", host=session.host_name, user=user, reason=mark("it has a control character in it"))
    if auth == "password":
        reply = _with_password(session, user, secret)
    elif auth in _MECHANISMS:
        mechanism = next((each for each in _MECHANISMS[auth] if session.offers(f"AUTH={each}")), None)
        if mechanism is None:
            raise _no_way(session, user)
        reply = _authenticate(session, mechanism, _token(mechanism, user, secret, session))
    else:
        raise UserError("auth.mechanism", host=session.host_name, user=user)
    if reply.status == b"BAD":
        raise UserError("auth.mechanism", host=session.host_name, user=user)
    if reply.status != b"OK":
        raise failures.refused_login(reply.text, session.host_name, user, by_token=auth != "password")
    session.signed_in(reply)


def _with_password(session: Session, user: str, password: str) -> Reply:
    if session.offers("AUTH=PLAIN"):
        return _authenticate(session, "PLAIN", f"\0{user}\0{password}".encode())
    if session.offers("LOGINDISABLED"):
        raise _no_way(session, user)
    return session.ask(b"LOGIN %b %b" % (quoted(user.encode()), quoted(password.encode())))


def _no_way(session: Session, user: str) -> NitaqError:
    code = "auth.privacy" if session.offers("LOGINDISABLED") and not session.encrypted else "auth.mechanism"
    return UserError(code, host=session.host_name, user=user)


def _token(mechanism: str, user: str, token: str, session: Session) -> bytes:
    if mechanism == "XOAUTH2":
        return f"user={user}\1auth=Bearer {token}\1\1".encode()
    name = user.replace("=", "=3D").replace(",", "=2C")  # RFC 5801 section 4
    return f"n,a={name},\1host={session.host_name}\1port={session.port}\1auth=Bearer {token}\1\1".encode()


def _authenticate(session: Session, mechanism: str, first: bytes) -> Reply:
    """RFC 3501 section 6.2.2 with the first answer in the command where the server takes it (SASL-IR, RFC 4959)."""
    command, unsent = b"AUTHENTICATE " + mechanism.encode(), [b64encode(first)]
    if session.offers("SASL-IR"):
        command += b" " + unsent.pop()

    def answer(challenge: bytes) -> bytes:
        if challenge:
            unsent.clear()  # after an error nothing more is said, whatever is asked for
        return unsent.pop() if unsent else _GOODBYE[mechanism]

    return session.converse(command, answer)
