"""The report as JSON, version 1 of the public interface (`resources/schema/nitaq-report-1.json`). Data: no isolates, nothing contained."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import Any, BinaryIO

from app import RULES, __version__
from app.cycles import without_cycle_search
from app.exporters.base import Exporter
from app.exporters.claims_text import ClaimsText
from app.exporters.dates import instant
from app.exporters.fingerprint import fingerprint_in, fingerprint_of, printed_part
from app.exporters.json_form import CANONICAL, WRITTEN, Form
from app.i18n import Translation, mark
from app.model import (
    AddressRow,
    DecisionRecord,
    DomainRow,
    ExceptionRule,
    Excerpt,
    Finding,
    FolderScope,
    Report,
    Scan,
    Scope,
)
from app.report import Totals, totals_of
from app.texts import seen_in_words, without_isolates

FORMAT, VERSION = "nitaq-report", 1
_EXACT = 2**53
"""Integers from here on are not exact in every JSON reader (RFC 8259 section 6)."""


@without_cycle_search()
def json_bytes(report: Report, say: Translation) -> bytes:
    """The whole file in UTF-8; what is no character (a half of a surrogate pair, from a file's name) becomes `?`."""
    whole = BytesIO()
    _write(report, say, whole)
    return whole.getvalue()


def fingerprint_of_report(report: Report) -> str:
    """That of the report's JSON, without the rest of it."""
    return _fingerprint(_around_domains(report), report.domains)


def _write(report: Report, say: Translation, out: BinaryIO) -> None:
    content = _around_domains(report)
    content["fingerprint"] = _fingerprint(content, report.domains)
    out.writelines(piece.encode("utf-8", "replace") for piece in _pieces(content, report.domains, WRITTEN, say))
    out.write(b"\n")


def _fingerprint(content: dict[str, Any], rows: Iterable[DomainRow]) -> str:
    return fingerprint_in(_pieces(printed_part(content), rows, CANONICAL, None))


def _around_domains(report: Report) -> dict[str, Any]:
    """The report with a gap for its domains."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "created": instant(report.created),
        "program": {"name": "nitaq", "version": __version__, "rules": RULES},
        "scope": {**_scope(report.scope), **_excerpt(report.excerpt)},
        "scan": _scan(report.scan),
        "totals": _totals(totals_of(report)),
        "domains": ...,
        "decisions": [_decision(each) for each in report.decisions],
        "exceptions": [_exception(each) for each in report.exceptions],
        "messages": _messages(report),
    }


def _pieces(content: dict[str, Any], rows: Iterable[DomainRow], form: Form, say: Translation | None) -> Iterator[str]:
    """The text of the report, a domain at a time."""
    before, behind = form.around(content, "domains")
    claims = ClaimsText(form)
    yield f"{before}["
    for at, row in enumerate(rows):
        opened, closed = form.around(_domain(row, say), "claims")
        yield f"{form.comma if at else ''}{opened}{form.array(map(claims.of, row.claims))}{closed}"
    yield f"]{behind}"


@without_cycle_search()
def once_more(text: bytes, created: int, scan: Scan) -> bytes | None:
    """A whole report as it was, of the same messages scanned again; None where it has single messages or it is no report."""
    try:
        before = json.loads(text)
    except ValueError:
        return None
    if not isinstance(before, dict) or before.pop("fingerprint", None) is None or before.get("messages") is not None:
        return None
    content = {**before, "created": instant(created), "scan": _scan(scan)}
    return WRITTEN.text({**content, "fingerprint": fingerprint_of(content)}).encode("utf-8", "replace") + b"\n"


def _scope(scope: Scope) -> dict[str, Any]:
    return {
        "sources": list(scope.sources),
        "since": _day(scope.since),
        "own_domains": list(scope.own_domains),
        "folders": [_folder(each) for each in scope.folders],
        "border": [{"id": each.id, "how": each.how.value, "messages": each.messages, "of": each.of} for each in scope.border.servers],
    }


def _excerpt(excerpt: Excerpt) -> dict[str, Any]:
    """Nothing for a report that is whole."""
    said: dict[str, Any] = {"redacted": True} if excerpt.redacted else {}
    return {**said, "left_out": {"domains": excerpt.domains, "messages": excerpt.messages}} if excerpt.domains else said


def _folder(folder: FolderScope) -> dict[str, Any]:
    validity = folder.validity if 0 < folder.validity < _EXACT else None
    return {"source": folder.source, "name": folder.name, "messages": folder.messages, "uidvalidity": validity}


def _scan(scan: Scan) -> dict[str, Any]:
    seconds = round(scan.seconds, 3)
    return {
        "status": scan.status.value,
        "code": scan.code,
        "messages": scan.messages,
        "duplicates": scan.duplicates,
        "unreadable": scan.unreadable,
        "missing": scan.missing,
        "seconds": int(seconds) if seconds == int(seconds) else seconds,
        "warnings": [{"code": notice.code, "params": dict(notice.params)} for notice in scan.notices],
    }


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "domains": totals.domains,
        "addresses": totals.addresses,
        "claims": totals.claims,
        "by_relationship": _counts(totals.by_relationship),
        "by_class": _counts(totals.by_class),
        "by_authentication": _counts(totals.by_authentication),
    }


def _counts(counts: Mapping[Any, int]) -> dict[str, int]:
    return {value.value: n for value, n in counts.items()}


def _domain(row: DomainRow, say: Translation | None) -> dict[str, Any]:
    """With a gap for its claims; None: without the texts of the findings."""
    return {
        "domain": row.domain,
        "unicode": row.unicode or None,
        "relationship": row.relationship.value,
        "class": row.domain_class.value,
        "authentication": row.authentication.value,
        "decision": row.decision.value,
        "score": row.score,
        "worst": row.worst,
        "confidence": row.confidence.value,
        "messages": row.messages,
        "first_seen": instant(row.first_seen),
        "last_seen": instant(row.last_seen),
        "counts": _counts(row.counts),
        "findings": [_finding(each, say) for each in row.findings],
        "addresses": [_address(each) for each in row.addresses],
        "claims": ...,
    }


def _finding(finding: Finding, say: Translation | None) -> dict[str, Any]:
    text = {} if say is None else {"text": without_isolates(seen_in_words(finding, say))}
    return {
        "id": finding.id,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "points": finding.points,
        "messages": finding.messages,
        "params": dict(finding.params),
        **text,
    }


def _address(row: AddressRow) -> dict[str, Any]:
    return {
        "address": row.address,
        "names": list(row.names),
        "messages": row.messages,
        "score": row.score,
        "authentication": row.authentication,
        "decision": row.decision,
    }


def _messages(report: Report) -> list[dict[str, Any]] | None:
    if report.messages is None:
        return None
    claims = {claim.record.id: (row, claim) for row in report.domains for claim in row.claims}
    found = []
    for message in report.messages:
        row, judged = claims[message.claim]
        found.append(
            {
                "id": message.id,
                "date": instant(message.date),
                "author": judged.record.claim.address or None,
                "domain": row.domain,
                "author_status": judged.record.claim.status.value,
                "authentication": judged.proof.authentication.value,
                "claim": message.claim,
                "score": judged.score,
                "findings": [finding.id for finding in judged.findings],
            }
        )
    return found


def _decision(record: DecisionRecord) -> dict[str, Any]:
    return {
        "subject": record.subject,
        "decision": record.decision.value,
        "by": record.by or None,
        "reason": record.reason or None,
        "at": instant(record.at),
        "until": _day(record.until),
        "proofs": [{"proof": proof, "source": source} for proof, source in record.proofs],
    }


def _exception(rule: ExceptionRule) -> dict[str, Any]:
    return {
        "domain": rule.domain,
        "direction": rule.direction.value,
        "source": rule.source or None,
        "approved_by": rule.approved_by or None,
        "reason": rule.reason or None,
        "until": _day(rule.until),
        "class": _value(rule.kind),
    }


def _value(value: StrEnum | None) -> str | None:
    return None if value is None else value.value


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


EXPORTER = Exporter(".json", mark("Data for other programs (JSON)"), _write)
