"""Connecting to an account only to see whether it works: which step failed, and why."""

from __future__ import annotations

from app.errors import NitaqError
from app.model import Trial, TrialStep
from app.network import tls
from app.sources.address import Connection, ServerAddress
from app.sources.imap.certificate import presented
from app.sources.imap.login import log_in
from app.sources.imap.mailboxes import mailboxes, other_mailboxes
from app.sources.imap.session import Session
from app.sources.imap.wire import Endpoint


def try_out(address: ServerAddress, connection: Connection, *, signing_in: bool = True) -> Trial:
    """Connect, encrypt, sign in once and list the folders; raises UserError `input` for a `ca_file` that is none.

    Without `signing_in` it ends with the server proven: what failed is then None as well.
    """
    endpoint = Endpoint(address, tls.context(connection.ca_file), connection.timeout, proxy=connection.proxy_for(address.host, address.port))
    step, session = TrialStep.REACH, None
    try:
        session = Session(endpoint)
        if not signing_in:
            return Trial()
        step = TrialStep.SIGN_IN
        log_in(session, address.user, connection)
        step = TrialStep.READ
        found = mailboxes(session, offered=True)
        return Trial(folders=sum(each.wanted for each in found), others=other_mailboxes(found))
    except NitaqError as error:
        if error.code.startswith("tls"):
            step = TrialStep.ENCRYPT
        refused = presented(endpoint) if error.code == "tls.certificate" else None
        return Trial(step, error.code, tuple(error.params.items()), refused)
    finally:
        if session is not None:
            session.part()
