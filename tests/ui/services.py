"""The window's outside world, invented: a store in memory, a keyring that remembers, and an engine that follows a script."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app import RULES
from app.accounts import consent_for, tokens_of
from app.audit_key import sources_of
from app.compare import Comparison, Seen, compared, domains_of
from app.errors import NitaqError, UserError
from app.exporters.thaw import thawed
from app.i18n import Translation, mark
from app.merge import merge
from app.model import (
    Account,
    AuditEntry,
    Border,
    BorderSource,
    Decision,
    DecisionRecord,
    ExceptionRule,
    Looked,
    MailProfile,
    MailServer,
    Relationship,
    Report,
    ScanStatus,
    Skip,
    Traces,
    Trial,
)
from tests.ui.reports import NOON, report
from ui.main import write_comparison
from ui.ports import Services

SOURCE = "imaps://sara%40firm.example@mail.firm.example"


@dataclass
class FakeAudits:
    reports: dict[str, Report] = field(default_factory=dict)
    saved: dict[str, Account] = field(default_factory=dict)
    problem: NitaqError | None = None
    past: list[AuditEntry] = field(default_factory=list)
    frozen: dict[int, dict[str, Any]] = field(default_factory=dict)
    rules: list[ExceptionRule] = field(default_factory=list)
    by_folder: dict[str, frozenset[str]] = field(default_factory=dict)
    put_off: dict[str, tuple[Skip, ...]] = field(default_factory=dict)
    alone: tuple[str, ...] = ()
    """Subjects of decisions that one mailbox alone has seen, and those that were forgotten."""
    forgot: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    """Files in which something is left after forgetting."""

    def recent(self) -> Sequence[AuditEntry]:
        return [AuditEntry(n, source, NOON - n * 86_400, ScanStatus.COMPLETE, each.scan.messages) for n, (source, each) in enumerate(self.reports.items())]

    def load(self, source: str) -> Report | None:
        if self.problem:
            raise self.problem
        return self.reports.get(source)

    def freeze(self, key: str, say: Translation) -> Report | None:
        read = [self.reports[source] for source in sources_of(key) if source in self.reports]
        if read:
            self.reports[key] = replace(merge(read, NOON), scope=replace(read[0].scope, sources=sources_of(key)))
        return self.reports.get(key)
    def live_senders(self, source: str) -> Any:
        return self

    def look(self) -> tuple[tuple[str, int], ...]:
        """As `app.live.LiveSenders`."""
        return (("partner.example", 3), ("shop.example", 1)) if self.reports else ()

    def folders(self, source: str) -> Mapping[str, frozenset[str]]:
        if self.problem:
            raise self.problem
        return self.by_folder

    def with_own_domains(self, report: Report, own_domains: tuple[str, ...]) -> Report:
        rows = tuple(replace(row, relationship=Relationship.OWN if row.domain in own_domains else Relationship.EXTERNAL) for row in report.domains)
        return replace(report, scope=replace(report.scope, own_domains=own_domains), domains=rows)

    def with_servers(self, report: Report, servers: tuple[str, ...]) -> Report:
        how = BorderSource.PINNED if servers else BorderSource.LEARNED
        border = Border(tuple(replace(server, how=how) for server in report.scope.border.servers))
        return replace(report, scope=replace(report.scope, border=border))

    def decide(self, report: Report, records: Sequence[DecisionRecord]) -> Report:
        """Rows take the decision of their name; what decisions cover is the engine's matter."""
        kept = {record.subject: record for record in report.decisions}
        for record in records:
            kept[record.subject] = record if record.at else replace(record, at=NOON)
        decisions = tuple(record for record in kept.values() if record.decision is not Decision.UNREVIEWED)
        made = {record.subject: record.decision for record in decisions}
        rows = tuple(replace(row, decision=made.get(row.domain or "", Decision.UNREVIEWED)) for row in report.domains)
        return self._judged(replace(report, decisions=decisions, domains=rows))

    def skipped(self, source: str) -> Sequence[Skip]:
        return self.put_off.get(source, ())

    def skip(self, source: str, skips: Iterable[Skip]) -> None:
        if self.problem:
            raise self.problem
        self.put_off[source] = tuple(skips)

    def exceptions(self) -> Sequence[ExceptionRule]:
        return self.rules

    def save_exception(self, report: Report, rule: ExceptionRule, instead: ExceptionRule | None = None) -> Report:
        self.rules = [*(each for each in self.rules if each != instead), rule]
        return self._with_rules(report)

    def import_exceptions(self, report: Report, rules: Sequence[ExceptionRule]) -> Report:
        self.rules = [*self.rules, *rules]
        return self._with_rules(report)

    def forget_exception(self, report: Report, rule: ExceptionRule) -> Report:
        self.rules = [each for each in self.rules if each != rule]
        return self._with_rules(report)

    def _with_rules(self, report: Report) -> Report:
        expected = {rule.domain for rule in self.rules}
        rows = tuple(replace(row, relationship=Relationship.AUTHORISED) if row.domain in expected else row for row in report.domains)
        return self._judged(replace(report, exceptions=tuple(self.rules), domains=rows))

    def _judged(self, report: Report) -> Report:
        if self.problem:
            raise self.problem
        self.reports = {source: report if each.scope == report.scope else each for source, each in self.reports.items()}
        return report

    def history(self, source: str) -> Sequence[AuditEntry]:
        if self.problem:
            raise self.problem
        return self.past

    def as_it_was(self, id: int) -> Report | None:
        document = self.frozen[id]
        return thawed(document, "frozen") if document["program"]["rules"] == RULES else None

    def domains_of(self, id: int) -> Sequence[Seen]:
        return domains_of(self.frozen[id])

    def compared(self, earlier: int, later: int) -> Comparison:
        return compared(self.frozen[earlier], self.frozen[later])

    def accounts(self) -> Sequence[Account]:
        return list(self.saved.values())

    def account(self, source: str) -> Account:
        return self.saved.get(source) or Account(source, source)

    def save_account(self, account: Account) -> None:
        self.saved[account.source] = account

    def traces(self, source: str) -> Traces:
        read = self.reports.get(source)
        return Traces(source, source in self.saved, read.scan.messages if read else None, 2_400_000 if read else 0, audits=bool(read), subjects=self.alone)

    def remains(self, source: str) -> tuple[str, ...]:
        return self.left

    def forget(self, source: str, subjects: Iterable[str] = ()) -> None:
        self.forgot = tuple(subjects)
        self.saved.pop(source, None)
        self.reports.pop(source, None)


@dataclass
class FakeSecrets:
    kept: dict[str, str] = field(default_factory=dict)
    present: bool = True

    def available(self) -> bool:
        return self.present

    def get(self, account: str) -> str | None:
        return self.kept.get(account)

    def look(self, account: str) -> Looked:
        return Looked.UNSEEN if not self.present else Looked.THERE if account in self.kept else Looked.NOT_THERE

    def set(self, account: str, secret: str) -> None:
        if not self.present:
            raise UserError("secret.unavailable")
        self.kept[account] = secret

    def forget(self, account: str) -> None:
        self.kept.pop(account, None)


@dataclass
class FakePreferences:
    kept: dict[str, str] = field(default_factory=lambda: {"language": "en", "look": "light"})

    def setting(self, name: str, default: str = "") -> str:
        return self.kept.get(name, default)

    def set(self, name: str, value: str) -> None:
        self.kept[name] = value


@dataclass(frozen=True)
class FakeExporter:
    suffix: str
    title: str


class FakeServices:
    """`script` is the body of a Python program that plays the engine; its own words are in `sys.argv[1:]`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.audits = FakeAudits({SOURCE: report()}, {SOURCE: Account("sara@firm.example", SOURCE)})
        self.secrets = FakeSecrets()
        self.preferences = FakePreferences()
        self.exporters = (FakeExporter(".html", mark("Web page")), FakeExporter(".json", mark("JSON")))
        self.written: list[tuple[Path, str]] = []
        self.export_problem: NitaqError | None = None
        self.trial = Trial()
        self.server: MailServer | None = None
        self.profiles: tuple[MailProfile, ...] = ()
        self.proxy = ""
        self.asked: list[str] = []
        self.tried: list[tuple[Account, str | None]] = []
        self.newest = "0.1.0"
        self.script("")

    def script(self, body: str) -> None:
        (self.folder / "engine.py").write_text("import json, sys, time\n" + textwrap.dedent(body), encoding="utf-8")

    def _export(self, report: Report, path: Path, say: Translation, /) -> None:
        if self.export_problem:
            raise self.export_problem
        path.write_text("report", encoding="utf-8")
        self.written.append((path, say.language))

    def _discover(self, address: str) -> MailServer | None:
        self.asked.append(address)
        return self.server

    def _try(self, account: Account, secret: str | None) -> Trial:
        self.tried.append((account, secret))
        return self.trial

    def bundle(self) -> Services:
        return Services(
            audits=self.audits,
            secrets=self.secrets,
            preferences=self.preferences,
            exporters=lambda: self.exporters,
            export=self._export,
            write_comparison=write_comparison,
            engine=(sys.executable, str(self.folder / "engine.py")),
            engine_folder=self.folder,
            store=self.folder / "store",
            try_account=self._try,
            tokens=tokens_of,
            consent=consent_for,
            proxy=lambda host, port: self.proxy,
            discover=self._discover,
            profiles=lambda: self.profiles,
            newest=lambda: self.newest,
        )
