"""A small report made by hand, and a large one made by counting, for the window's tests."""

from __future__ import annotations

from datetime import UTC, datetime

from app.model import (
    AddressRow,
    Authentication,
    AuthorStatus,
    Border,
    BorderServer,
    BorderSource,
    Claim,
    ClaimRecord,
    Confidence,
    Decision,
    DomainClass,
    DomainRow,
    Example,
    Finding,
    How,
    JudgedClaim,
    Proof,
    Relationship,
    Report,
    Scan,
    Scope,
    Severity,
)

PROVEN, FAILED, UNKNOWN = Authentication.AUTHENTICATED, Authentication.FAILED, Authentication.NOT_ESTABLISHED
NOON = int(datetime(2026, 3, 12, 12, tzinfo=UTC).timestamp())
DAY = 86_400

KNOWN = {
    "base": (Severity.INFO, 70, {}),
    "authenticated": (Severity.INFO, 15, {"domain": "{domain}", "proof": "dkim:{domain}"}),
    "authentication_failed": (Severity.MEDIUM, -25, {"domain": "{domain}"}),
    "authentication_not_established": (Severity.INFO, 0, {"domain": "{domain}"}),
    "own_domain_unproven": (Severity.HIGH, -60, {"domain": "{domain}"}),
    "lookalike_own": (Severity.HIGH, -45, {"domain": "{domain}", "resembles": "firm.example", "how": "typo"}),
    "name_carries_address": (Severity.HIGH, -35, {"domain": "{domain}", "shown": "director@firm.example"}),
    "reply_to_elsewhere": (Severity.LOW, -10, {"domain": "{domain}", "reply_to": "mailbox.example"}),
}


def finding(id: str, domain: str) -> Finding:
    severity, points, params = KNOWN[id]
    values = tuple((name, value.replace("{domain}", domain)) for name, value in params.items())
    return Finding(id, severity, Confidence.HIGH, points, values, 1)


def claim(domain: str, state: Authentication, ids: tuple[str, ...], *, messages: int = 10, name: str = "", local: str = "info",
          source: str = "own", relationship: Relationship = Relationship.EXTERNAL, last: int = NOON, subject: str = "Offer") -> JudgedClaim:  # fmt: skip
    address = f"{local}@{domain}" if domain else ""
    findings = tuple(finding(id, domain) for id in ("base", *ids))
    examples = tuple(
        Example(f"INBOX;UIDVALIDITY=1/;UID={n}", last - n * DAY, subject, f"<{n}.{local}@{domain}>", "INBOX") for n in range(min(3, messages))
    )
    record = ClaimRecord(
        f"{domain}/{local}/{state}/{source}/{name}", Claim(AuthorStatus.CLEAR if domain else AuthorStatus.NONE, address, domain, name), messages,
        last - 300 * DAY, last, 0, examples,
    )  # fmt: skip
    proof = (f"dkim:{domain}",) if state is PROVEN else ()
    return JudgedClaim(
        record, Proof(state, How.REPORTED, proof, source), relationship, Decision.UNREVIEWED, findings, sum(each.points for each in findings)
    )


def domain_row(claims: list[JudgedClaim], *, unicode: str = "", kind: DomainClass = DomainClass.ORDINARY,
               decision: Decision = Decision.UNREVIEWED) -> DomainRow:  # fmt: skip
    domain = claims[0].record.claim.domain
    counts = {state: sum(each.record.messages for each in claims if each.proof.authentication is state) for state in (PROVEN, FAILED, UNKNOWN)}
    states = [state for state, n in counts.items() if n]
    worst_first = tuple(sorted(claims, key=lambda each: each.score))
    found = {each.id: each for one in worst_first for each in reversed(one.findings) if each.id != "base"}
    order = list(Severity)
    addresses = tuple(
        AddressRow(one.record.claim.address, (one.record.claim.name,) if one.record.claim.name else (), one.record.messages, one.score,
                   one.proof.authentication, decision)
        for one in claims if one.record.claim.address
    )  # fmt: skip
    return DomainRow(
        domain or None, unicode or domain, claims[0].relationship, kind, states[0] if len(states) == 1 else Authentication.MIXED, decision,
        None if kind is DomainClass.SHARED_PROVIDER else max(each.score for each in claims), worst_first[0].score, Confidence.HIGH,
        sum(each.record.messages for each in claims), min(each.record.first_seen or 0 for each in claims),
        max(each.record.last_seen or 0 for each in claims), counts,
        tuple(sorted(found.values(), key=lambda each: (-order.index(each.severity), each.points))), addresses, worst_first,
    )  # fmt: skip


def small_rows() -> tuple[DomainRow, ...]:
    own = Relationship.OWN
    return (
        domain_row([
            claim("firm.example", PROVEN, ("authenticated",), messages=412, name="Sara Haddad", local="sara", relationship=own),
            claim("firm.example", FAILED, ("own_domain_unproven",), messages=7, name="The Director", local="director", source="203.0.113.0/24",
                  relationship=own, subject="تحويل عاجل"),
        ]),
        domain_row([claim("f1rm.example", PROVEN, ("lookalike_own", "authenticated"), messages=3, name="Firm Accounts", local="accounts",
                          last=NOON - 9 * DAY, subject="Changed bank details")]),
        domain_row([claim("xn--mgbx5cf.example", PROVEN, ("authenticated",), messages=58, name="مكتب الشحن", local="office", subject="فاتورة مارس")],
                   unicode="نقل.example", decision=Decision.TRUSTED),
        domain_row([claim("partner.example", PROVEN, ("authenticated",), messages=120, name="Partner Sales", local="sales"),
                    claim("partner.example", UNKNOWN, ("authentication_not_established", "reply_to_elsewhere"), messages=31, name="Partner Sales",
                          local="sales", source="unknown")]),
        domain_row([claim("freemail.example", PROVEN, ("authenticated",), messages=90, name="Omar", local="omar.k"),
                    claim("freemail.example", PROVEN, ("name_carries_address", "authenticated"), messages=2, name="director@firm.example", local="x93")],
                   kind=DomainClass.SHARED_PROVIDER),
        domain_row([claim("newsletter.example", PROVEN, ("authenticated",), messages=240, name="Market Weekly", source="mailer.example",
                          relationship=Relationship.AUTHORISED)]),
        domain_row([claim("old.example", FAILED, ("authentication_failed",), messages=14, name="Old Supplier", source="198.51.100.0/24",
                          last=NOON - 200 * DAY)], decision=Decision.WATCHED),
        domain_row([claim("", UNKNOWN, ("authentication_not_established",), messages=4, source="unknown")]),
    )  # fmt: skip


def report(rows: tuple[DomainRow, ...] | None = None, **scan: object) -> Report:
    rows = small_rows() if rows is None else rows
    border = Border((BorderServer("mx.firm.example", BorderSource.LEARNED, 960, 981),))
    books = {"messages": sum(row.messages for row in rows), **scan}
    return Report(NOON, Scope(("imaps://sara%40firm.example@mail.firm.example",), ("firm.example",), border=border), Scan(**books), rows)  # type: ignore[arg-type]


def many_rows(n: int) -> tuple[DomainRow, ...]:
    """`n` rows that share their claims: the table's own cost is what is looked at."""
    pattern = small_rows()
    return tuple(
        DomainRow(
            f"d{i * 7919 % n}.example", f"d{i * 7919 % n}.example", like.relationship, like.domain_class, like.authentication, like.decision,
            like.score, (like.worst + i) % 101, like.confidence, i % 997, like.first_seen, NOON - (i * 31 % 9999) * 60, like.counts, like.findings,
            like.addresses, like.claims,
        )
        for i, like in ((i, pattern[i % len(pattern)]) for i in range(n))
    )  # fmt: skip
