"""A bad line before a real server: never a wrong count, never a crash, and an end."""

from __future__ import annotations

import pytest

from app.errors import NitaqError
from app.model import Facts, Scan, ScanStatus
from app.scan import Scanner, ScanOptions
from app.sources import Connection, open_source
from app.store.cache import Cache
from tests.servers.cyrus import Cyrus
from tests.servers.dovecot import Dovecot
from tests.servers.fault_proxy import FaultProxy

COUNT = 700


@pytest.fixture(scope="module")
def filled(dovecot: Dovecot) -> Dovecot:
    dovecot.add_maildir("faults@firm.example", [b"From: a%d@partner.example\r\nSubject: %d\r\n\r\nx\r\n" % (n, n) for n in range(COUNT)])
    return dovecot


def audit(server: Dovecot | Cyrus, scheme: str, seed: int, user: str = "faults%40firm.example") -> Scan | None:
    """None where the account could not even be opened, which is said."""
    behind = server.imaps_port if scheme == "imaps" else server.imap_port
    with FaultProxy(behind, seed, 60_000) as proxy:
        connection = Connection(secret=server.password, timeout=0.5, ca_file=server.ca_file if scheme == "imaps" else None, insecure_plaintext=scheme == "imap")
        try:
            source = open_source(f"{scheme}://{user}@localhost:{proxy.port}", connection)
        except NitaqError:
            return None
        cache = Cache(None)
        try:
            *_, books = Scanner(source, cache, Facts(), ScanOptions(), lambda: 0.0).run()
        finally:
            source.close()
            cache.close()
        assert isinstance(books, Scan)
        return books


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
@pytest.mark.parametrize("seed", range(4))
def test_complete_is_never_said_of_a_wrong_count(filled: Dovecot, scheme: str, seed: int) -> None:
    books = audit(filled, scheme, seed)
    if books is not None and books.status is ScanStatus.COMPLETE:
        assert (books.messages + books.duplicates + books.unreadable, books.missing) == (COUNT, 0)
