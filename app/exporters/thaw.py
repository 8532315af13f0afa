"""A JSON report (version 1) becomes a Report again, as far as the file says: names of checks, counts and ids, but no subjects and no months.

The file may come from anybody, so that every value is looked at before it is believed.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from app import RULES
from app.assess import rolled_up_again
from app.errors import UserError
from app.exporters.fingerprint import fingerprint_of
from app.exporters.printed import report_in
from app.i18n import mark
from app.model import (
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

_MOST = 2**53
_DAMAGED = mark("it is no report of Nitaq's, or it was damaged")
_CHANGED = mark("its content was changed after it was written: the fingerprint does not follow from it")
_OTHER_RULES = mark("it was judged by the rules of another version, so that its scores mean something else; audit that mailbox again")


def thaw(path: Path) -> Report:
    """Raises UserError `input` where the file is no report, was changed, or was judged by other rules."""
    return thawed(report_in(path), str(path))


def thawed(document: dict[str, Any], name: str) -> Report:
    """The same from a JSON report of version 1 that was read already; `name` says whence."""
    try:
        rules = document["program"]["rules"]
        if fingerprint_of(document) != document["fingerprint"]:
            raise UserError("input", path=name, reason=_CHANGED)
        if rules != RULES:
            raise UserError("input", path=name, reason=_OTHER_RULES)
        return _report(document)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError, OverflowError):
        raise UserError("input", path=name, reason=_DAMAGED) from None


def _report(document: dict[str, Any]) -> Report:
    created = _instant(document["created"])
    rows = tuple(map(_row, document["domains"]))
    messages = document["messages"]
    if created is None or sum(row.messages for row in rows) != sum(_count(n) for n in document["totals"]["by_class"].values()):
        raise ValueError
    return Report(
        created=created,
        scope=_scope(document["scope"]),
        scan=_scan(document["scan"]),
        domains=rows,
        decisions=tuple(map(_decision, document["decisions"])),
        exceptions=tuple(map(_exception, document["exceptions"])),
        messages=None if messages is None else tuple(MessageRow(_text(m["id"]), _instant(m["date"]), _text(m["claim"])) for m in messages),
    )


def _scope(scope: dict[str, Any]) -> Scope:
    return Scope(
        sources=tuple(map(_text, scope["sources"])),
        own_domains=tuple(map(_text, scope["own_domains"])),
        folders=tuple(
            FolderScope(_text(f["source"]), _text(f["name"]), _count(f["messages"]), _count(f["uidvalidity"] or 0)) for f in scope["folders"]
        ),
        since=_day(scope["since"]),
        border=Border(tuple(BorderServer(_text(s["id"]), BorderSource(s["how"]), _count(s["messages"]), _count(s["of"])) for s in scope["border"])),
    )


def _scan(scan: dict[str, Any]) -> Scan:
    seconds = scan["seconds"]
    if not isinstance(seconds, int | float) or not 0 <= seconds < _MOST:
        raise ValueError
    messages, duplicates, unreadable, missing = (_count(scan[name]) for name in ("messages", "duplicates", "unreadable", "missing"))
    notices = tuple(Notice(_text(w["code"]), _params(w["params"])) for w in scan["warnings"])
    return Scan(ScanStatus(scan["status"]), _known(scan["code"]) or None, messages, duplicates, unreadable, missing, float(seconds), notices)


def _row(row: dict[str, Any]) -> DomainRow:
    """Rolled up anew from its claims, so that what it says of itself has to follow from them."""
    found = {f["id"]: Finding(_text(f["id"]), Severity(f["severity"]), Confidence(f["confidence"]), 0, _params(f["params"])) for f in row["findings"]}
    decisions = {_text(a["address"]): Decision(a["decision"]) for a in row["addresses"]}
    standing = Relationship(row["relationship"]), Decision(row["decision"])
    claims = [_claim(claim, standing, decisions, found) for claim in row["claims"]]
    rolled = rolled_up_again(_known(row["domain"]), DomainClass(row["class"]), claims, _known(row["unicode"]))
    if (rolled.messages, rolled.worst, rolled.score) != (row["messages"], row["worst"], row["score"]):
        raise ValueError
    return rolled


def _claim(claim: dict[str, Any], standing: tuple[Relationship, Decision], decisions: dict[str, Decision], found: dict[str, Finding]) -> JudgedClaim:
    messages, score, address = _count(claim["messages"]), _count(claim["score"]), _known(claim["address"])
    parts = tuple(_part(part, messages, found) for part in claim["parts"])
    if not 0 <= score <= 100 or sum(part.points for part in parts) != score or not messages:
        raise ValueError
    verdicts = claim["verdicts"]
    record = ClaimRecord(
        id=_text(claim["id"]),
        claim=Claim(
            AuthorStatus(claim["author_status"]),
            address,
            address.rpartition("@")[2],
            _known(claim["name"]),
            _known(claim["reply_to"]),
            tuple(map(Trait, claim["traits"])),
        ),
        messages=messages,
        first_seen=_instant(claim["first_seen"]),
        last_seen=_instant(claim["last_seen"]),
        examples=tuple(Example(_text(id), None, "", "") for id in claim["examples"]),
    )
    proof = Proof(
        Authentication(claim["authentication"]),
        How(claim["how"]),
        tuple(map(_text, claim["proof"])),
        _known(claim["source"]),
        *(None if verdicts[name] is None else Verdict(verdicts[name]) for name in ("spf", "dkim", "dmarc")),
    )
    return JudgedClaim(record, proof, standing[0], decisions.get(address, standing[1]), parts, score)


def _part(part: dict[str, Any], messages: int, found: dict[str, Finding]) -> Finding:
    """The row's finding says what the part of one claim leaves out."""
    id, points = _text(part["id"]), part["points"]
    if type(points) is not int or abs(points) > 1_000:
        raise ValueError
    known = found.get(id)
    return Finding(id, Severity(part["severity"]), known.confidence if known else Confidence.MEDIUM, points, known.params if known else (), messages)


def _decision(record: dict[str, Any]) -> DecisionRecord:
    return DecisionRecord(
        _text(record["subject"]),
        Decision(record["decision"]),
        _known(record["by"]),
        _known(record["reason"]),
        _instant(record["at"]),
        _day(record["until"]),
        tuple((_text(pair["proof"]), _text(pair["source"])) for pair in record["proofs"]),
    )


def _exception(rule: dict[str, Any]) -> ExceptionRule:
    source, by, reason = (_known(rule[name]) for name in ("source", "approved_by", "reason"))
    kind = DomainClass(rule["class"]) if rule.get("class") else None  # reports of earlier versions have none
    return ExceptionRule(_text(rule["domain"]), Direction(rule["direction"]), source, by, reason, _day(rule["until"]), kind)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _known(value: object) -> str:
    return "" if value is None else _text(value)


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < _MOST:
        raise ValueError
    return value


def _params(params: dict[str, Any]) -> tuple[tuple[str, str | int], ...]:
    return tuple((name, value if type(value) is int else _text(value)) for name, value in params.items())


def _instant(value: object) -> int | None:
    return None if value is None else int(datetime.strptime(_text(value), "%Y-%m-%dT%H:%M:%S%z").timestamp())


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))
