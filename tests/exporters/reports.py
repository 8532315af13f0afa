"""Reports made by hand: one with everything that a form must cope with, one without anything, and a long one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from app.exporters.json_report import json_bytes
from app.i18n import Translation
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
    DecisionRecord,
    Direction,
    DomainClass,
    DomainRow,
    Example,
    ExceptionRule,
    Finding,
    FolderScope,
    How,
    JudgedClaim,
    MessageRow,
    Notice,
    Proof,
    Relationship,
    Report,
    Scan,
    ScanStatus,
    Scope,
    Severity,
    Trait,
    Verdict,
)

MARKUP = "<script>alert(1)</script><img src=https://evil.example/x.png onerror=alert(1)>"
FORMULA = '=HYPERLINK("https://evil.example","click")'
OVERRIDE = "Invoice\u202efdp.exe"
ARABIC = "سارة العتيبي – قسم الحسابات"
SEEN_FIRST = int(datetime(2025, 3, 1, 8, tzinfo=UTC).timestamp())
SEEN_LAST = int(datetime(2026, 2, 14, 16, 30, tzinfo=UTC).timestamp())
CREATED = int(datetime(2026, 3, 1, 9, 30, tzinfo=UTC).timestamp())


def finding(id: str, points: int, severity: Severity = Severity.INFO, messages: int = 1, **params: str | int) -> Finding:
    return Finding(id, severity, Confidence.MEDIUM, points, tuple(params.items()), messages)


def claim(id: str, name: str, address: str, found: tuple[Finding, ...], authentication: Authentication, messages: int = 3, **other: object) -> JudgedClaim:
    """A judged claim whose parts add up to its score."""
    parts = (finding("base", 70, messages=messages), *(each._replace(messages=messages) for each in found))
    score = sum(part.points for part in parts)
    if not 0 <= score <= 100:
        limited = max(0, min(100, score))
        parts, score = (*parts, finding("limit", limited - score, messages=messages)), limited
    proven = authentication is Authentication.AUTHENTICATED
    domain = address.rpartition("@")[2]
    proof = Proof(
        authentication,
        How.NONE if authentication is Authentication.NOT_ESTABLISHED else How.REPORTED,
        (f"dkim:{domain}",) if proven else (),
        "own" if proven else "203.0.113.0/24",
        Verdict.PASS if proven else Verdict.SOFTFAIL,
        Verdict.PASS if proven else Verdict.NONE,
        Verdict.PASS if proven else Verdict.FAIL,
    )
    record = ClaimRecord(
        id,
        Claim(
            AuthorStatus.CLEAR if address else AuthorStatus.NONE,
            address,
            domain,
            name,
            str(other.get("reply_to", "")),
            (Trait.BULK,) if other.get("bulk") else (),
        ),
        messages,
        SEEN_FIRST,
        SEEN_LAST,
        examples=(Example(f"INBOX;UIDVALIDITY=17/;UID={int(id, 36) % 9000}", SEEN_LAST, str(other.get("subject", "Offer")), f"<{id}@{domain}>", "INBOX"),),
    )
    return JudgedClaim(record, proof, Relationship.EXTERNAL, Decision.UNREVIEWED, parts, score)


def row(domain: str | None, claims: tuple[JudgedClaim, ...], **fields: object) -> DomainRow:
    """A domain with the sums that follow from its claims."""
    counts = dict.fromkeys((Authentication.AUTHENTICATED, Authentication.FAILED, Authentication.NOT_ESTABLISHED), 0)
    for each in claims:
        counts[each.proof.authentication] += each.record.messages
    present = [state for state, n in counts.items() if n]
    row = DomainRow(
        domain=domain,
        unicode=domain or "",
        relationship=Relationship.EXTERNAL,
        domain_class=DomainClass.ORDINARY,
        authentication=present[0] if len(present) == 1 else Authentication.MIXED,
        decision=Decision.UNREVIEWED,
        score=claims[-1].score,
        worst=min(each.score for each in claims),
        confidence=Confidence.MEDIUM,
        messages=sum(counts.values()),
        first_seen=SEEN_FIRST,
        last_seen=SEEN_LAST,
        counts=counts,
        findings=tuple(part for each in claims for part in each.findings if part.id not in ("base", "limit")),
        addresses=tuple(
            AddressRow(each.record.claim.address, (each.record.claim.name,), each.record.messages, each.score, each.proof.authentication, Decision.UNREVIEWED)
            for each in claims
            if each.record.claim.address
        ),
        claims=claims,
    )
    return replace(row, **fields)  # type: ignore[arg-type]


PROVEN, FAILED, UNKNOWN = Authentication.AUTHENTICATED, Authentication.FAILED, Authentication.NOT_ESTABLISHED
authenticated = finding("authenticated", 15, domain="partner.example", proof="dkim:partner.example")


def document(report: Report, say: Translation) -> dict[str, Any]:
    """The JSON report as a program reads it."""
    read: dict[str, Any] = json.loads(json_bytes(report, say))
    return read


def rich_report() -> Report:
    """Hostile names, a row without a domain, every axis, a scan that is not complete, decisions, exceptions and messages."""
    own = row(
        "firm.example",
        (
            claim(
                "a1",
                "المدير العام",
                "ceo@firm.example",
                (finding("own_domain_unproven", -60, Severity.HIGH, domain="firm.example"),),
                FAILED,
                2,
                subject="تحويل عاجل",
            ),
            claim("a2", ARABIC, "sara@firm.example", (authenticated,), PROVEN, 40),
        ),
        relationship=Relationship.OWN,
    )
    partner = row("partner.example", (claim("b1", "Partner GmbH", "sales@partner.example", (authenticated,), PROVEN, 1200),), decision=Decision.TRUSTED)
    lookalike = row(
        "xn--prtner-bva.example",
        (
            claim(
                "c1", MARKUP, "sales@xn--prtner-bva.example",
                (
                    finding("lookalike_own", -45, Severity.HIGH, domain="xn--prtner-bva.example", resembles="partner.example", how="confusable"),
                    finding("name_carries_address", -35, Severity.HIGH, shown="ceo@firm.example\u202e", domain="xn--prtner-bva.example"),
                ),
                FAILED, 4, subject=OVERRIDE,
            ),
        ),
        unicode="pärtner.example",
    )  # fmt: skip
    shared = row(
        "mail.example",
        (
            claim(
                "d1", FORMULA, "x@mail.example", (finding("reply_to_elsewhere", -20, Severity.MEDIUM, domain="mail.example", reply_to="=1+1.example"),), UNKNOWN
            ),
            claim("d2", "\U000e0041Zo\u0301" + "\u0301" * 30 + "e\x00\u200b", "y@mail.example", (authenticated,), PROVEN, 9, bulk=True),
        ),
        domain_class=DomainClass.SHARED_PROVIDER,
        score=None,
    )
    formula = row(
        "=cmd.example", (claim("e1", "+SUM(A1)", "a@=cmd.example", (finding("authentication_failed", -25, Severity.MEDIUM, domain="=cmd.example"),), FAILED),)
    )
    nobody = row(None, (claim("f1", "no address \udc80 here", "", (finding("unreadable_author", -40, Severity.HIGH),), UNKNOWN, 5),))
    rows = (lookalike, own, nobody, formula, shared, partner)
    messages = tuple(MessageRow(f"m{n}", SEEN_LAST, each.record.id) for n, each in enumerate(c for r in rows for c in r.claims))
    return Report(
        created=CREATED,
        scope=Scope(
            ("imaps://sara%40firm.example@mail.firm.example",),
            ("firm.example",),
            (
                FolderScope("imaps://sara%40firm.example@mail.firm.example", "INBOX", 1250, 17),
                FolderScope("imaps://sara%40firm.example@mail.firm.example", "العملاء\u202e", 16, 2**60),
            ),
            date(2025, 3, 1),
            Border((BorderServer("mx.firm.example", BorderSource.LEARNED, 1240, 1266),)),
        ),
        scan=Scan(
            ScanStatus.PARTIAL, "incomplete", 1266, 12, 5, 2, 3.25,
            (Notice("incomplete", (("folder", "العملاء\u202e"), ("missing", 2))), Notice("message.unreadable"), Notice("message.unreadable")),
        ),
        domains=rows,
        decisions=(DecisionRecord("partner.example", Decision.TRUSTED, ARABIC, "long <known>", CREATED, date(2027, 1, 1), (("dkim:partner.example", "own"),)),),
        exceptions=(ExceptionRule("news.example", Direction.AS_US, "esp.example", "Sara", FORMULA, None),),
        messages=messages,
    )  # fmt: skip


def empty_report() -> Report:
    return Report(created=CREATED, scope=Scope(("sample",), ()), scan=Scan(), domains=())


def long_report(domains: int) -> Report:
    """Many ordinary domains, a tenth of them doubtful."""
    rich = rich_report()
    rows = []
    for n in range(domains):
        name = f"firm-{n}.example"
        proven = claim(f"{n}p", f"{ARABIC} {n}", f"info@{name}", (authenticated,), PROVEN, 5)
        doubtful = claim(f"{n}d", f"Name {n}", f"x@{name}", (finding("authentication_failed", -25, Severity.MEDIUM, domain=name),), FAILED, 1)
        rows.append(row(name, (doubtful, proven) if n % 10 == 0 else (proven,)))
    return replace(rich, domains=tuple(rows), messages=None)
