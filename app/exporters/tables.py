"""The report as tables, for every form that is made of them: domains, senders, sources, findings, decisions, exceptions, and what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from app import __version__, terms
from app.contain import contained
from app.error_text import describe
from app.exporters.excerpt_text import sentences
from app.i18n import Translation
from app.model import Authentication, DomainRow, Report
from app.patterns import in_words, is_wide
from app.texts import finding_text, title_in_words, without_isolates

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its columns with their widths in characters, and its rows."""

    id: str
    """The same in every language."""
    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


class Tables:
    """The report as sheets, in the reader's language."""

    def __init__(self, report: Report, say: Translation) -> None:
        self._report, self._say = report, say

    def all(self, fingerprint: str) -> Iterator[Sheet]:
        say = self._say
        domain, proof, source = (say("Domain"), 34), (say("Proof"), 14), (say("Sending source"), 34)
        score, count, decision = (say("Score"), 9), (say("Messages"), 11), (say("Decision"), 14)
        first, last, by, why, until = (say("First seen"), 12), (say("Last seen"), 12), (say("By"), 24), (say("Why"), 60), (say("Until"), 12)
        stands_out, innocent, advice = say("What stands out"), (say("The innocent explanation"), 70), (say("What you can do"), 70)
        counts = (say("Proven"), 10), (say("Proof failed"), 12), (say("Not known"), 12)
        names = (say("As computers write it"), 34), (say("Relationship"), 14), (say("Kind"), 22)
        yield Sheet(
            "domains",
            say("Domains"),
            (domain, *names, proof, decision, score, (say("Lowest score"), 12), count, *counts, first, last, (stands_out, 70)),
            self._domains(),
        )
        yield Sheet("senders", say("Senders"), (domain, (say("Address"), 40), (say("Names"), 50), count, score, proof, decision), self._senders())
        yield Sheet("sources", say("Sending sources"), (domain, source, proof, count, first, last), self._sources())
        weight = (say("Weight"), 12), (say("Points"), 9)
        yield Sheet("findings", say("Findings"), (domain, (stands_out, 40), *weight, count, (say("What was seen"), 70), innocent, advice), self._findings())
        yield Sheet("decisions", say("Decisions"), ((say("About"), 34), decision, by, why, (say("On"), 12), until), self._decisions())
        yield Sheet("exceptions", say("Exceptions"), (domain, (say("Exception"), 34), source, by, why, until), self._exceptions())
        yield Sheet("scope", say("What was read"), ((say("What"), 44), (say("Value"), 80)), self._scope(fingerprint))

    def _domains(self) -> Iterator[Sequence[Cell]]:
        for row in self._report.domains:
            counts = [row.counts.get(state, 0) for state in (Authentication.AUTHENTICATED, Authentication.FAILED, Authentication.NOT_ESTABLISHED)]
            yield (
                self._name(row), row.domain, self._term(row.relationship), self._term(row.domain_class), self._term(row.authentication),
                self._term(row.decision), row.score, row.worst, row.messages, *counts, _day(row.first_seen), _day(row.last_seen),
                " / ".join(self._plain(title_in_words(finding, self._say)) for finding in row.findings),
            )  # fmt: skip

    def _senders(self) -> Iterator[Sequence[Cell]]:
        for row in self._report.domains:
            for each in row.addresses:
                names = " / ".join(map(contained, each.names))
                yield self._name(row), each.address, names, each.messages, each.score, self._term(each.authentication), self._term(each.decision)

    def _sources(self) -> Iterator[Sequence[Cell]]:
        for row in self._report.domains:
            used: dict[tuple[str, Authentication], list[Any]] = {}
            for claim in row.claims:
                used.setdefault((claim.proof.source, claim.proof.authentication), []).append(claim.record)
            for (source, state), records in used.items():
                first = min((each.first_seen for each in records if each.first_seen is not None), default=None)
                last = max((each.last_seen for each in records if each.last_seen is not None), default=None)
                yield self._name(row), self._source(source), self._term(state), sum(each.messages for each in records), _day(first), _day(last)

    def _findings(self) -> Iterator[Sequence[Cell]]:
        for row in self._report.domains:
            for finding in row.findings:
                text = finding_text(finding, self._say)
                said = (self._plain(part) for part in (text.seen, text.innocent, text.advice))
                yield self._name(row), self._plain(text.title), self._term(finding.severity), finding.points, finding.messages, *said

    def _decisions(self) -> Iterator[Sequence[Cell]]:
        for each in self._report.decisions:
            yield each.subject, self._term(each.decision), each.by, each.reason, _day(each.at), each.until

    def _exceptions(self) -> Iterator[Sequence[Cell]]:
        for each in self._report.exceptions:
            whose = self._plain(in_words(each, self._say)) if is_wide(each) else each.domain
            yield whose, self._term(each.direction), each.source or self._say("any"), each.approved_by, each.reason, each.until

    def _scope(self, fingerprint: str) -> Iterator[Sequence[Cell]]:
        say, report = self._say, self._report
        for source in report.scope.sources:
            yield say("Mailbox"), source
        yield say("Audit of"), _day(report.created)
        yield say("State"), f"{self._term(report.scan.status)}. {self._plain(say.fill(terms.term(report.scan.status).meaning, {}))}"
        for sentence in sentences(report.excerpt, say):
            yield say("An excerpt"), self._plain(sentence)
        yield say("Own domains"), " · ".join(report.scope.own_domains) or say("none were named")
        yield say("Messages since"), report.scope.since or say("the beginning")
        yield say("Counted"), report.scan.messages
        yield say("Copies in other folders, counted once"), report.scan.duplicates
        yield say("Could not be read"), report.scan.unreadable
        yield say("Missing"), report.scan.missing
        for notice in report.scan.notices:
            yield say("What did not go as it should"), self._plain(describe(notice.code, dict(notice.params), say))
        for folder in report.scope.folders:
            yield say("Folder"), f"{folder.name} ({say.number(folder.messages)})"
        for server in report.scope.border.servers:
            yield say("Which server was believed"), f"{server.id or '–'} ({self._term(server.how)})"
        yield say("Fingerprint of this audit"), fingerprint
        yield "Nitaq", __version__

    def _name(self, row: DomainRow) -> str:
        return row.unicode or row.domain or self._say("(no readable sender)")

    def _source(self, source: str) -> str:
        return self._say("sent by itself") if source == "own" else self._say("not known") if source in ("", "unknown") else source

    def _term(self, value: StrEnum) -> str:
        return self._say(terms.term(value).name)

    @staticmethod
    def _plain(sentence: str) -> str:
        return without_isolates(sentence)


def _day(seconds: int | None) -> date | None:
    """None also where a spreadsheet has no such day: its calendar begins in 1900."""
    if seconds is None:
        return None
    try:
        day = datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, OSError, ValueError):
        return None
    return day if day.year > 1900 else None
