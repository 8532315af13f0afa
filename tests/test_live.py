"""Who wrote most so far: counted while a scan stores, each message once however often one looks."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.audit_key import key_of
from app.live import SHOWN, LiveSenders
from app.mail.claim import claim_of
from app.mail.parse import parse
from app.model import Folder
from app.store.cache import Cache
from app.store.codec import encode_claim
from app.store.folder import StoreFolder
from app.store.intake import ReadMessage


def store(cache: Cache, *senders: str) -> None:
    """One message of each address, behind those that are there."""
    known = cache.enter(Folder("INBOX", "INBOX"), None)
    first = cache.count(known.id)
    messages = []
    for n, sender in enumerate(senders, start=first):
        claim = claim_of(parse(b"From: %b\r\n\r\n" % sender.encode(), lambda host: host))
        messages.append(ReadMessage(f"INBOX#{n}", encode_claim(claim), n, n.to_bytes(16, "big")))
    cache.add(known.id, messages, str(first + len(senders)))


def test_each_look_counts_what_has_come(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path)
    live = LiveSenders(folder, "box")
    assert live.look() == ()
    with closing(folder.cache("box")) as cache:
        assert live.look() == ()
        store(cache, "a@mail.partner.example", "b@partner.example", "c@xn--mgbh0fb.example", "nobody")
        assert live.look() == live.look() == (("partner.example", 2), ("مثال.example", 1))
        store(cache, *["d@shop.example"] * 3)
        assert live.look() == (("shop.example", 3), ("partner.example", 2), ("مثال.example", 1))


def test_only_the_first_few_are_told(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path)
    with closing(folder.cache("box")) as cache:
        store(cache, *(f"a@partner{n}.example" for n in range(2 * SHOWN)))
        assert len(LiveSenders(folder, "box").look()) == SHOWN


def test_several_are_counted_together(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path)
    live = LiveSenders(folder, key_of(("box", "other", "unread")))
    for name in ("box", "other"):
        with closing(folder.cache(name)) as cache:
            store(cache, "a@partner.example", f"b@{name}.example")
    assert live.look() == live.look()
    assert live.look()[0] == ("partner.example", 2)
    assert set(live.look()[1:]) == {("box.example", 1), ("other.example", 1)}
