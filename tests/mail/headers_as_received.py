"""Headers as mailboxes hold them: what the border of each kind of provider adds on top of what a sender wrote."""

from __future__ import annotations

from collections.abc import Sequence

from app.mail.authres import parse_dkim_signature
from app.mail.evidence import Gatherer, evidence_of
from app.mail.layout import laid_out
from app.model import Evidence

Field = tuple[bytes, bytes]


def organisation(host: str) -> str:
    """Stands in for the registrable domain: the last two labels."""
    return ".".join(host.split(".")[-2:])


def received(by: str, client: str = "mail.shop.example (mail.shop.example [192.0.2.7])", protocol: str = "ESMTPS") -> Field:
    start = f"from {client} " if client else ""
    return b"received", f"{start}by {by} (Postfix) with {protocol} id 4XyZ; Mon, 7 Sep 2026 10:00:00 +0000".encode()


def results(text: str) -> Field:
    return b"authentication-results", text.encode()


def evidence(*fields: Field) -> Evidence:
    signed = [parse_dkim_signature(value) for name, value in fields if name == b"dkim-signature"]
    return evidence_of(Gatherer(organisation).gather([laid_out(fields)], [signed])[0])


GENUINE = "dkim=pass header.d=shop.example; spf=pass smtp.mailfrom=b@shop.example; dmarc=pass header.from=shop.example"
FORGED = "dkim=pass header.d=bank.example; spf=pass smtp.mailfrom=b@bank.example; dmarc=pass header.from=bank.example"
REFUSED = "dkim=none; spf=fail smtp.mailfrom=b@bank.example; dmarc=fail header.from=bank.example"

EVIL = "mail.bank.example (host.evil.example [203.0.113.9])"
DELIVERY = received("store.firm.example", "mx.firm.example (mx.firm.example [10.0.0.5])", "LMTP")


def milter(
    text: str, client: str = "mail.shop.example (mail.shop.example [192.0.2.7])", below: Sequence[Field] = (), server: str = "mx.firm.example"
) -> Evidence:
    """A Postfix with milters: its results stand above its own Received line."""
    return evidence(results(f"{server}; {text}"), received("mx.firm.example", client), *below)


def gmail(text: str, client: str = "mail.shop.example (mail.shop.example. [192.0.2.7])", below: Sequence[Field] = ()) -> Evidence:
    """Google's results stand below its Received lines."""
    return evidence(received("2002:a05:6402:1:2:3:4:5", "", "SMTP"), received("mx.google.com", client), results(f"mx.google.com; {text}"), *below)


def microsoft(text: str, client: str = "mail.shop.example (192.0.2.7)", below: Sequence[Field] = ()) -> Evidence:
    """Microsoft's have no authserv-id and stand below some of its own hops, above the line of its outermost host."""
    return evidence(
        received("A1PR01MB1.eurprd01.prod.outlook.com", "B2PR01MB2.eurprd01.prod.outlook.com (::1)", "HTTPS"),
        received("C3PR01CA3.outlook.office365.com", "D4.eop-EUR01.prod.protection.outlook.com (2603:10a6:1::2)"),
        results(text),
        received("D4.mail.protection.outlook.com", client),
        *below,
    )


def fastmail(clauses: Sequence[str], host: str = "mx5") -> Evidence:
    """Fastmail spreads its results over several fields of one id, which carries the number of the host."""
    return evidence(
        received("compute1.internal", f"{host} ([10.202.2.2])", "LMTP"),
        *(results(f"{host}.messagingengine.com; {clause}") for clause in clauses),
        received(f"{host}.messagingengine.com"),
    )
