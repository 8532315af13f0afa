"""The cases that the sample is there to show: what deserves a look, and what looks odd and is honest. One function a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from resources.sample import routes
from resources.sample.cast import ACCOUNTANT, DIRECTOR, FIRM, OWNER
from resources.sample.dice import on
from resources.sample.people import STOPPING
from resources.sample.prose import letters
from resources.sample.wire import BORDER, Letter, Party, Route

MARGARET: Party = ("Margaret Ellison", "margaret.ellison@northharbour-foods.example")
TYPO = "northarbour-foods.example"
CONFUSABLE = f"xn--{'аlwadi-coffee'.encode('punycode').decode()}.example"
"""The first letter is Cyrillic."""
BANK: Party = ("بنك قلهات", "alerts@qalhatbank.example")


def cases() -> Iterator[Letter]:
    for case in (
        forged_director, resembles_us, resembles_partner_by_a_letter, resembles_partner_by_a_script, gift_cards, salary_account,
        proofs_stop, borrowed_brand, brand_on_a_rented_page, forged_results, outsider_in_a_thread, disposable, hostile_text, no_author,
        several_authors, forwarded,
    ):  # fmt: skip
        yield from case()


def suspicious(case: str, author: Party, route: Route, days: tuple[int, ...], language: str = "en", occasion: str = "") -> Iterator[Letter]:
    """The letters of an occasion, one at each moment."""
    for (subject, body), when in zip(letters(language)[occasion or case], days, strict=True):
        yield Letter(case, when, author, subject, body, route, zone="+0000", deserves_look=True)


def forged_director() -> Iterator[Letter]:
    """Invoices in the director's name from a server that is not ours; answers would go to a free mailbox."""
    days = {
        "en": (on(2026, 9, 20, 13, 42), on(2026, 9, 21, 8, 5), on(2026, 11, 3, 12, 26)),
        "ar": (on(2026, 10, 11, 14, 10), on(2026, 11, 15, 9, 31)),
    }
    back = (DIRECTOR.english, "khalid.mandhari.ceo@quickmail.example")
    route = routes.forged(FIRM, DIRECTOR.address, "vps3.rent-a-rack.example", "fail")
    for language, moments in days.items():
        for letter in suspicious("forged-own-domain", (DIRECTOR.name(language), DIRECTOR.address), route, moments, language):
            yield replace(letter, reply_to=back, relationship="own")


def resembles_us() -> Iterator[Letter]:
    """One letter is doubled in the firm's own name; the domain itself is proven."""
    author = ("Dana Coast IT", "helpdesk@danaccoast.example")
    route = routes.signed(author[1], "none", network=routes.STRANGER)
    yield from suspicious("lookalike-own", author, route, (on(2026, 8, 24, 6, 50), on(2026, 8, 26, 6, 48)))


def resembles_partner_by_a_letter() -> Iterator[Letter]:
    """A supplier's name without one of its letters, the supplier's people, and new bank details."""
    author = (MARGARET[0], f"margaret.ellison@{TYPO}")
    route = routes.signed(author[1], "none", f"mx.{TYPO}", routes.STRANGER, "default")
    days = (on(2026, 10, 5, 11, 12), on(2026, 10, 7, 10, 2), on(2026, 10, 8, 9, 47))
    yield from suspicious("lookalike-partner-typo", author, route, days)


def resembles_partner_by_a_script() -> Iterator[Letter]:
    """The roastery's name with one Cyrillic letter: nobody can see the difference."""
    author = ("محمصة الوادي – المشتريات", f"orders@{CONFUSABLE}")
    route = routes.signed(author[1], "none", network=routes.STRANGER)
    yield from suspicious("lookalike-partner-idn", author, route, (on(2026, 7, 13, 10, 20), on(2026, 7, 15, 9, 5)), "ar")


def gift_cards() -> Iterator[Letter]:
    """The director's name at a free mailbox. The address is proven; it is just not his."""
    author = (DIRECTOR.english, "office.director.khalid@freemail.example")
    route = routes.signed(author[1], "none", "out3.freemail.example", routes.SERVICE)
    yield from suspicious("colleague-name-gift-cards", author, route, (on(2026, 6, 9, 8, 14), on(2026, 6, 9, 8, 52)))


def salary_account() -> Iterator[Letter]:
    """The accountant's name at a free mailbox, with a new account for her salary."""
    author = (ACCOUNTANT.arabic, "mona.saleh.1987@quickmail.example")
    route = routes.signed(author[1], "none", "out3.quickmail.example", routes.SERVICE)
    for letter in suspicious("colleague-name-bank-change", author, route, (on(2026, 10, 22, 20, 31),), "ar"):
        yield replace(letter, encoding="windows-1256")


def proofs_stop() -> Iterator[Letter]:
    """A shipping agent proven for seven months; then nothing is proven any more, and later the bank details change."""
    case, author = "partner-proofs-stopped", ("Stavros Kanellos", f"stavros.kanellos@{STOPPING}")
    bare = Route("not_established", "host44.cheapline.example", routes.ip_of("host44", routes.STRANGER), author[1], "softfail", dmarc="none")
    back = ("Blue Cedar Accounts", "accounts@bluecedar-settlements.example")
    plain_days = (on(2026, 5, 6, 9, 15), on(2026, 6, 2, 10, 40), on(2026, 7, 7, 11, 5), on(2026, 8, 11, 8, 55))
    later_days = (on(2026, 9, 8, 9, 10), on(2026, 9, 29, 9, 58), on(2026, 10, 20, 10, 22), on(2026, 11, 10, 9, 36))
    for letter in suspicious(case, author, bare, plain_days, occasion="partner-unproven"):
        yield replace(letter, folder="Shipments")
    for letter in suspicious(case, author, bare, later_days, occasion="partner-new-account"):
        yield replace(letter, folder="Shipments", reply_to=back)


def borrowed_brand() -> Iterator[Letter]:
    """A courier's name before an address that the courier does not own."""
    author = ("Hudhud Parcels", "delivery@track-notice-center.example")
    route = routes.signed(author[1], "none", network=routes.STRANGER)
    yield from suspicious("borrowed-brand", author, route, (on(2026, 4, 27, 7, 33), on(2026, 4, 29, 7, 30)))


def brand_on_a_rented_page() -> Iterator[Letter]:
    """A payment service's name on a page that anybody can rent."""
    author = ("سكة باي – الأمان", "verify@sikkapay-verify.pages.example")
    route = routes.signed(author[1], "none", "out.pages.example", routes.SERVICE)
    yield from suspicious("hosting-tenant-brand", author, route, (on(2026, 5, 31, 5, 44),), "ar")


def forged_results() -> Iterator[Letter]:
    """The bank's name, and results that the sender wrote into the message: they bear our border's name, but stand below its own."""
    ip = routes.ip_of("mx-out.qalhatbank.example", routes.SERVICE)
    results = (
        f"Authentication-Results: {BORDER};\r\n\tdkim=pass header.d=qalhatbank.example header.i=@qalhatbank.example header.s=mail header.b=QmVsaWV2;"
        f"\r\n\tspf=pass smtp.mailfrom={BANK[1]};\r\n\tdmarc=pass (p=reject dis=none) header.from=qalhatbank.example"
    )
    received = (
        f"Received: from mx-out.qalhatbank.example (mx-out.qalhatbank.example [{ip}])"
        f"\r\n\tby {BORDER} (Postfix) with ESMTPS id 7F00D1\r\n\tfor <{OWNER.address}>; {{date}}"
    )
    relay = f"Received: from [{ip}]\r\n\tby vps9.rent-a-rack.example (Postfix) with ESMTP id 11AA; {{date}}"
    days = (on(2026, 9, 2, 6, 15), on(2026, 9, 3, 6, 11))
    forged = suspicious("forged-results", BANK, Route("failed", "", "", ""), days, "ar")
    for letter, below in zip(forged, ((results, received), (relay, results, received)), strict=True):
        yield replace(
            letter, route=routes.forged("qalhatbank.example", "bounce@rent-a-rack.example", "vps9.rent-a-rack.example", "none", "reject", below)
        )  # fmt: skip


def outsider_in_a_thread() -> Iterator[Letter]:
    """A real conversation with a supplier, which somebody else then answers."""
    us: Party = (OWNER.english, OWNER.address)
    outsider: Party = (MARGARET[0], "m.ellison@desk-mail-service.example")
    hers = routes.signed(MARGARET[1], "reject", "outbound.officesuite.example", routes.SERVICE, "suite1")
    theirs = routes.signed(outsider[1], "none", network=routes.STRANGER)
    texts = letters("en")["thread"]
    thread = [Letter("partner", on(2026, 3, 9, 11, 20), MARGARET, *texts[0], hers, zone="+0000")]
    thread.append(Letter("sent", on(2026, 3, 9, 15, 2), us, *texts[1], to=(MARGARET,), answers=_ids(thread), folder="Sent", relationship="own"))
    thread.append(Letter("partner", on(2026, 3, 10, 11, 41), MARGARET, *texts[2], hers, answers=_ids(thread), zone="+0000"))
    last = Letter("outsider-in-thread", on(2026, 3, 16, 17, 8), outsider, *texts[3], theirs, answers=_ids(thread), zone="+0000", deserves_look=True)
    yield from (*thread, last)


def _ids(thread: list[Letter]) -> tuple[str, ...]:
    return tuple(letter.message_id for letter in thread)


def disposable() -> Iterator[Letter]:
    """A mailbox that lives for an hour asks for the list of suppliers."""
    author = ("Purchase Manager", "kx82hq@tempbox.example")
    route = Route("authenticated", "mx.tempbox.example", routes.ip_of("tempbox", routes.STRANGER), author[1], "pass", dmarc="pass (p=none dis=none)")
    yield from suspicious("disposable-sender", author, route, (on(2026, 2, 17, 22, 40),))


def hostile_text() -> Iterator[Letter]:
    """Names and subjects that try to reverse, hide or run something; the provider has put them into Junk."""
    texts = (
        ("\u202egnidart tsaoc anad\u202c", "Invoice \u202efdp_1477\u202c attached"),
        ("Kha\u200blid\u200d Al\u2060 Mandhari\ufeff", "Please\u00ad read\u200b today"),
        ("<b onmouseover=alert(1)>Accounts</b>", "<img src=x onerror=alert(1)><script>alert(2)</script>"),
        ('=HYPERLINK("https://evil-sheet.example/","Open")', '=cmd|"/C calc"!A0'),
        ("\u2067موردون\u2069 \u2066../../etc/passwd\u2069", "فاتورة\t\u0007\u001b[31m\u0085 ../../..\\x"),
    )
    ip = routes.ip_of("odd", routes.STRANGER)
    for n, (name, subject) in enumerate(texts):
        author = (name, f"desk{n + 1}@odd-characters.example")
        route = Route("not_established", "srv7.odd-characters.example", ip, author[1], "neutral", dmarc="none")
        yield Letter(
            "hostile-characters", on(2026, 1, 12 + n, 3, 7), author, subject, "See the attachment.\n", route, folder="Junk", zone="+0000",
            encoding="BQ"[n % 2], deserves_look=True,
        )  # fmt: skip


def no_author() -> Iterator[Letter]:
    """The From field is missing."""
    route = Route("not_established", "srv2.nobody-knows.example", routes.ip_of("nobody", routes.STRANGER), "")
    for letter in suspicious("no-author", ("", "postmaster@nobody-knows.example"), route, (on(2026, 3, 29, 2, 19),)):
        yield replace(letter, from_field="", status="none", folder="Junk")


def several_authors() -> Iterator[Letter]:
    """Two partners write one letter, as RFC 5322 allows. Honest, and no single domain stands behind it."""
    nasra, thomas = "nasra@falaj-markets.example", "thomas.brandt@ledgerline-audit.example"
    field = f'Nasra Al Kindi <{nasra}>,\r\n\t"Thomas Brandt, Ledgerline" <{thomas}>'
    subject, body = letters("en")["several-authors"][0]
    yield Letter(
        "several-authors", on(2026, 1, 20, 12, 15), ("", nasra), subject, body, routes.signed(nasra, "none"), fields=(f"Sender: {nasra}",),
        from_field=field, status="ambiguous",
    )  # fmt: skip


def forwarded() -> Iterator[Letter]:
    """Mail to an old mailbox of the owner's, which sends it on: every proof breaks on the way, and nothing is wrong."""
    author = ("Cedars Alumni Office", "letters@cedars-alumni.example")
    route = routes.forwarded(author[1], "oldmail-forwarding.example")
    days = (on(2026, 2, 4, 13, 30), on(2026, 6, 17, 14, 5), on(2026, 10, 1, 9, 44))
    for letter in suspicious("forwarded", author, route, days):
        yield replace(letter, deserves_look=False, zone="+0200")
