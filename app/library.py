"""What the window asks of the engine's records: accounts, recent audits, an audit opened again, and the same audit judged anew after a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from functools import cache as once
from typing import TYPE_CHECKING

from app.audit_key import is_several, key_of, sources_of
from app.errors import WorldError

if TYPE_CHECKING:
    from app.assessment import Key
    from app.basis import Known, Wishes
    from app.compare import Comparison, Seen
    from app.i18n import Translation
    from app.live import LiveSenders
    from app.model import Account, AuditEntry, DecisionRecord, ExceptionRule, Report, Skip, Traces
    from app.past_audits import PastAudits
    from app.store.folder import StoreFolder


PUT_OFF = "suggestions.put_off"
"""The setting that keeps which suggested exceptions were answered "not now", a line each."""


class Library:
    """One store folder and its workspace. Loading and judging take time: call them off the window's thread.

    What judges is imported when it is first needed: a window that has just been started shows its first screen sooner.
    """

    def __init__(self, folder: StoreFolder, clock: Callable[[], float]) -> None:
        self.folder = folder
        self.workspace = folder.workspace()
        self._clock = clock

    def close(self) -> None:
        self.workspace.close()

    def accounts(self) -> tuple[Account, ...]:
        return self.workspace.accounts()

    def account(self, source: str) -> Account:
        """The saved account of a source, or a plain one."""
        from app.model import Account

        return self.workspace.account(source) or Account(source, source)

    def save_account(self, account: Account) -> None:
        self.workspace.save_account(account)

    def forget(self, source: str, subjects: Iterable[str] = ()) -> None:
        """The account (or an audit of several), its frozen audits and what was read of it, and the decisions about `subjects`; its secret is elsewhere."""
        from app.model import Decision, DecisionRecord

        put_off = self.workspace.setting(PUT_OFF).splitlines()
        if put_off:
            gone = self._only_in(source, {word for line in put_off for word in line.split()})
            self.workspace.set(PUT_OFF, "\n".join(line for line in put_off if gone.isdisjoint(line.split())))
        self.folder.forget(source)
        self.workspace.decide(DecisionRecord(subject, Decision.UNREVIEWED) for subject in subjects)
        self.workspace.forget_account(source)

    def traces(self, source: str) -> Traces:
        """All that the store holds of an account; see `app.forget`. Decisions are counted where no other mailbox has seen the name they are about."""
        found = self.workspace.traces(source)
        if is_several(source) or not self.folder.has_cache(source):
            return found
        from dataclasses import replace

        messages = 0
        with suppress(WorldError), closing(self.folder.cache(source)) as cache:  # one that is damaged can be forgotten all the same
            messages = sum(cache.counts().values())
        subjects = tuple(sorted(self._only_in(source, {record.subject for record in self.workspace.decisions()})))
        octets, aside = self.folder.octets(source), self.folder.is_set_aside(source)
        return replace(found, messages=messages, octets=octets, set_aside=aside, subjects=subjects)

    def remains(self, source: str) -> tuple[str, ...]:
        """The files of the store that still belong to a source, or name it."""
        return self.folder.naming(source, self.workspace.sources())

    def _only_in(self, source: str, names: set[str]) -> set[str]:
        """Those of the names (domains, addresses) that this mailbox alone has seen; none where a damaged cache does not let it be known."""
        if not names or not self.folder.has_cache(source):
            return set()
        try:
            others = {each for other in self.workspace.sources() - {source} if self.folder.has_cache(other) for each in self._seen(other)}
            return names & (self._seen(source) - others)
        except WorldError:
            return set()

    def _seen(self, source: str) -> set[str]:
        """Every address that wrote to a mailbox, and their organisations."""
        from app.domains import Organisations
        from app.known import facts_for
        from app.opening import said_in

        organisation = once(Organisations(facts_for((source,))).organisation)
        said = list(said_in(self.folder, source))
        return {organisation(domain) for domain, _, _ in said if domain} | {address for _, address, _ in said}

    def recent(self) -> tuple[AuditEntry, ...]:
        """The newest audit of each source, and of each choice of several, that can still be opened; newest first."""
        newest: dict[str, AuditEntry] = {}
        for entry in self.workspace.audits():
            if entry.source not in newest and all(map(self.folder.has_cache, sources_of(entry.source))):
                newest[entry.source] = entry
        return tuple(newest.values())

    def own_domains(self, source: str) -> tuple[str, ...]:
        """What the user chose for this source, else what follows from it; for several what was chosen for all of them, else those of each."""
        from app.known import own_domains_of

        chosen = self.account(source).own_domains
        if chosen is not None:
            return chosen
        return tuple(dict.fromkeys(domain for each in sources_of(source) for domain in own_domains_of(self.account(each))))

    def load(self, source: str) -> Report | None:
        """The audit of a source as last scanned, with today's decisions; None where it was never scanned.

        The engine's own judgement is taken where it still holds; else everything is judged here.
        """
        from app.known import facts_for
        from app.opening import Opened

        if is_several(source):
            return self._judged(source)
        report = Opened(self.folder, source, self._key(source), lambda: facts_for((source,))).report
        return self._judged(source) if report is None else self._decided(report, int(self._clock()))

    def folders(self, source: str) -> dict[str, frozenset[str]]:
        """Each folder of a source with the registrable domains (empty: none) that wrote into it, as it was last read; of several, those of one name are one."""
        from app.domains import Organisations
        from app.known import facts_for

        organisation = Organisations(facts_for(sources_of(source))).organisation
        found: dict[str, frozenset[str]] = {}
        for each in filter(self.folder.has_cache, sources_of(source)):
            with closing(self.folder.cache(each)) as cache:
                for name, domains in cache.assessed.domains_by_folder():
                    found[name] = found.get(name, frozenset()) | {domain and organisation(domain) for domain in domains}
        return found

    def live_senders(self, source: str) -> LiveSenders:
        """Who writes to a source, while it is scanned."""
        from app.live import LiveSenders

        return LiveSenders(self.folder, source)

    def _key(self, source: str) -> Key:
        from app.assessment import Key

        return Key(self.account(source).own_domains, self.workspace.pins(source))

    def _judged(self, source: str) -> Report | None:
        """Judged from what was read; of several, those that were read at all."""
        from dataclasses import replace

        from app.audit import report_of
        from app.basis import Reading

        with ExitStack() as stack:
            readings, days = [], set()
            for each in filter(self.folder.has_cache, sources_of(source)):
                cache = stack.enter_context(closing(self.folder.cache(each)))
                if books := cache.last_scan():
                    readings.append(Reading(each, cache, books[0], self.workspace.pins(each)))
                    days.add(books[1])
            if not readings:
                return None
            since = days.pop() if len(days) == 1 else None
            return report_of(readings, replace(self._wishes(source), since=since), self._known(source), int(self._clock()))

    def freeze(self, key: str, say: Translation) -> Report | None:
        """The audit of several sources that have just been read, kept as it is; that of one, the engine keeps."""
        from app.exporters.json_report import json_bytes

        report = self._judged(key)
        if report is not None:
            self.workspace.freeze(key, report.created, report.scan.status, report.scan.messages, json_bytes(report, say))
        return report

    def _decided(self, report: Report, created: int) -> Report:
        """The report with the decisions and exceptions of now."""
        from app.audit import decided
        from app.opening import said_in

        sources = report.scope.sources
        return decided(report, self._known(key_of(sources)), created, lambda: [said for source in sources for said in said_in(self.folder, source)])

    def with_own_domains(self, report: Report, own_domains: tuple[str, ...]) -> Report:
        """Remember other own domains for the report's source or its choice of several, and judge the same mail again."""
        from dataclasses import replace

        source = key_of(report.scope.sources)
        self.save_account(replace(self.account(source), own_domains=own_domains))
        return self._judged_again(report)

    def with_servers(self, report: Report, servers: tuple[str, ...]) -> Report:
        """Believe these servers (authserv-ids) for the report's source from now on, and judge the same mail again; none: learn them.

        Of several sources each has its own, so that this is for the audit of one.
        """
        (source,) = report.scope.sources
        self.workspace.pin(source, servers)
        return self._judged_again(report, same_servers=False)

    def decide(self, report: Report, records: Iterable[DecisionRecord]) -> Report:
        """Keep decisions and judge the same mail again. One without a time is made now; "unreviewed" takes an earlier one back."""
        from dataclasses import replace

        now = int(self._clock())
        self.workspace.decide(record if record.at is not None else replace(record, at=now) for record in records)
        return self._decided(report, report.created)

    def skipped(self, source: str) -> tuple[Skip, ...]:
        """What the review of a source has put off."""
        return self.workspace.skipped(source)

    def skip(self, source: str, skips: Iterable[Skip]) -> None:
        """Put off these subjects and no others."""
        self.workspace.skip(source, skips)

    def exceptions(self) -> tuple[ExceptionRule, ...]:
        """Those that the user has recorded; the sample brings some of its own."""
        return self.workspace.exceptions()

    def save_exception(self, report: Report, rule: ExceptionRule, instead: ExceptionRule | None = None) -> Report:
        """Record an exception, in place of another where one is named, and judge the same mail again."""
        if instead is not None:
            self.workspace.forget_exception(instead)
        self.workspace.save_exceptions([rule])
        return self._decided(report, report.created)

    def import_exceptions(self, report: Report, rules: Iterable[ExceptionRule]) -> Report:
        """Record many, all or none, each in place of one for the same domain, direction and source, and judge the same mail again."""
        self.workspace.save_exceptions(rules)
        return self._decided(report, report.created)

    def forget_exception(self, report: Report, rule: ExceptionRule) -> Report:
        """Remove an exception, and judge the same mail again."""
        self.workspace.forget_exception(rule)
        return self._decided(report, report.created)

    def history(self, source: str) -> tuple[AuditEntry, ...]:
        """The frozen audits of a source with their fingerprints, newest first."""
        return self._past().history(source)

    def as_it_was(self, id: int) -> Report | None:
        """One frozen audit as it was; None where only its domains can be shown, since the rules of another version judged it."""
        return self._past().report(id)

    def domains_of(self, id: int) -> tuple[Seen, ...]:
        """The domains of one frozen audit as they were, the most doubtful first."""
        return self._past().domains_of(id)

    def compared(self, earlier: int, later: int) -> Comparison:
        """What changed between two frozen audits."""
        return self._past().compared(earlier, later)

    def _past(self) -> PastAudits:
        from app.past_audits import PastAudits

        return PastAudits(self.workspace)

    def _judged_again(self, report: Report, *, same_servers: bool = True) -> Report:
        from app.audit import reassessed

        source = key_of(report.scope.sources)
        return reassessed(report, self._wishes(source), self._known(source), same_servers=same_servers)

    def _known(self, source: str) -> Known:
        from app.known import known_for

        return known_for(sources_of(source), self.workspace)

    def _wishes(self, source: str) -> Wishes:
        from app.basis import Wishes

        pinned = () if is_several(source) else self.workspace.pins(source)
        return Wishes(own_domains=self.own_domains(source), pinned_servers=pinned)
