"""A report without people: names, local parts and subjects become pseudonyms, domains stay. For sending a report outside.

A pseudonym is a keyed hash (HMAC-SHA-256, RFC 2104), so equal people stay equal within one report, and nobody without the key can try out names. The key is
made for one report and thrown away.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from urllib.parse import unquote

from app.i18n import mark
from app.model import (
    AddressRow,
    DecisionRecord,
    DomainRow,
    Example,
    ExceptionRule,
    Finding,
    FolderScope,
    JudgedClaim,
    Notice,
    Report,
)

_PEOPLE = frozenset(("name", "shown", "named"))
"""Parameters of findings that hold what a sender wrote as a name."""
_HARMLESS = frozenset(("host", "port", "missing", "n"))
"""Parameters of warnings that name no person."""
_WITHHELD = mark("left out of this report")


class Redactor:
    """`key`: 16 octets or more that nobody else knows, for one report."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def report(self, report: Report) -> Report:
        scope, scan = report.scope, report.scan
        return replace(
            report,
            excerpt=replace(report.excerpt, redacted=True),
            scope=replace(scope, sources=tuple(map(self.source, scope.sources)), folders=tuple(map(self._folder, scope.folders))),
            scan=replace(scan, notices=tuple(map(self._notice, scan.notices))),
            domains=tuple(map(self._row, report.domains)),
            decisions=tuple(map(self._decision, report.decisions)),
            exceptions=tuple(map(self._exception, report.exceptions)),
            messages=None
            if report.messages is None
            else tuple(replace(each, id=self._token("message", each.id), claim=self._id(each.claim)) for each in report.messages),
            correspondents={},
            acquaintance=None,
            months={(self._id(claim), month): n for (claim, month), n in report.months.items()},
        )

    def address(self, address: str) -> str:
        """`sara@firm.example` as `person-1a2b3c4d@firm.example`."""
        local, at, domain = address.rpartition("@")
        return f"{self._token('person', f'{local.lower()}@{domain.lower()}')}@{domain}" if at else address

    def source(self, source: str) -> str:
        """The server stays, the user does not; of a path nothing stays."""
        scheme, found, rest = source.partition("://")
        if not found:
            return source if source == "sample" else self._token("files", source)
        user, at, host = rest.rpartition("@")
        return f"{scheme}://{self.address(unquote(user)).replace('@', '%40')}@{host}" if at else source

    def _token(self, kind: str, text: str) -> str:
        digest = hmac.new(self._key, f"{kind}\0{text}".encode("utf-8", "surrogatepass"), sha256).hexdigest()
        return f"{kind}-{digest[:8]}"

    def _id(self, claim: str) -> str:
        """A claim's id is a hash of what it says, so it is replaced too."""
        return hmac.new(self._key, f"claim\0{claim}".encode(), sha256).hexdigest()[:32]

    def _name(self, text: str) -> str:
        return self._token("name", text) if text else ""

    def _text(self, value: str) -> str:
        """An address loses its local part; a domain, a source or a word of ours stays."""
        return self.address(value) if "@" in value else value

    def _row(self, row: DomainRow) -> DomainRow:
        return replace(
            row,
            findings=tuple(map(self._finding, row.findings)),
            addresses=tuple(map(self._address_row, row.addresses)),
            claims=tuple(map(self._claim, row.claims)),
        )

    def _address_row(self, row: AddressRow) -> AddressRow:
        return replace(row, address=self.address(row.address), names=tuple(map(self._name, row.names)))

    def _claim(self, judged: JudgedClaim) -> JudgedClaim:
        record = judged.record
        claim = replace(record.claim, address=self.address(record.claim.address), name=self._name(record.claim.name))
        examples = tuple(map(self._example, record.examples))
        return replace(
            judged, record=replace(record, id=self._id(record.id), claim=claim, examples=examples), findings=tuple(map(self._finding, judged.findings))
        )

    def _example(self, example: Example) -> Example:
        subject = self._token("subject", example.subject) if example.subject else ""
        return Example(self._token("message", example.id), example.date, subject, "", self._token("folder", example.folder) if example.folder else "")

    def _finding(self, finding: Finding) -> Finding:
        def shown(name: str, value: str | int) -> str | int:
            if isinstance(value, int):
                return value
            return self._name(value) if name in _PEOPLE else self._text(value)

        return finding._replace(params=_mapped(finding.params, shown))

    def _notice(self, notice: Notice) -> Notice:
        def shown(name: str, value: str | int) -> str | int:
            if isinstance(value, int) or name in _HARMLESS:
                return value
            return _WITHHELD if name == "reason" else self._token(name, value)

        return replace(notice, params=_mapped(notice.params, shown))

    def _folder(self, folder: FolderScope) -> FolderScope:
        return replace(folder, source=self.source(folder.source), name=self._token("folder", folder.name))

    def _decision(self, record: DecisionRecord) -> DecisionRecord:
        return replace(record, subject=self._text(record.subject), by=self._name(record.by), reason=_withheld(record.reason))

    def _exception(self, rule: ExceptionRule) -> ExceptionRule:
        return replace(rule, approved_by=self._name(rule.approved_by), reason=_withheld(rule.reason))


def _withheld(text: str) -> str:
    """Free words may name anybody."""
    return "…" if text else ""


def _mapped(params: Iterable[tuple[str, str | int]], shown: Callable[[str, str | int], str | int]) -> tuple[tuple[str, str | int], ...]:
    return tuple((name, shown(name, value)) for name, value in params)
