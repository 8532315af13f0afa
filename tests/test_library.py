"""The library: an audit that the engine left behind is opened, judged again, and what the user chose is kept."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.library import Library
from app.model import BorderSource, Decision, DecisionRecord, Direction, ExceptionRule, Relationship, Report
from app.review import Subject, queue_of, subjects_of
from app.store.folder import StoreFolder

NOW = 1_790_000_000.0


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which the sample has been audited by a process of its own."""
    store = tmp_path_factory.mktemp("store")
    words = [sys.executable, "-m", "app", "audit", "sample", "--store", str(store), "--progress", "none"]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return store


@pytest.fixture
def library(scanned: Path) -> Iterator[Library]:
    library = Library(StoreFolder(scanned), lambda: NOW)
    yield library
    library.close()


def opened(library: Library) -> Report:
    report = library.load("sample")
    assert report is not None
    return report


def test_a_source_that_was_never_scanned_has_no_audit(library: Library) -> None:
    assert library.load("/nowhere/Inbox.mbox") is None


def test_an_audit_opens_again_without_reading_mail(library: Library) -> None:
    report = opened(library)
    assert report.scan.messages == 1534
    assert [entry.source for entry in library.recent()] == ["sample"]


def test_each_folder_knows_who_wrote_into_it(library: Library) -> None:
    report, folders = opened(library), library.folders("sample")
    known = {row.domain or "" for row in report.domains}
    seen = {(example.folder, row.domain or "") for row in report.domains for claim in row.claims for example in claim.record.examples}
    assert seen
    assert all(domain in folders[folder] for folder, domain in seen)
    assert set().union(*folders.values()) <= known
    assert set(folders) == {folder.name for folder in report.scope.folders if folder.messages} - {"Sent"}


def test_other_own_domains_are_judged_at_once_and_remembered(library: Library) -> None:
    own = opened(library).scope.own_domains
    try:
        changed = library.with_own_domains(opened(library), ("qalhatbank.example",))
        rows = {row.domain: row.relationship for row in changed.domains}
        assert rows["qalhatbank.example"] is Relationship.OWN
        assert rows["danacoast.example"] is not Relationship.OWN
        assert opened(library).scope.own_domains == ("qalhatbank.example",)
    finally:
        library.with_own_domains(opened(library), own)


def test_a_confirmed_server_is_pinned_until_it_is_learned_again(library: Library) -> None:
    learned = opened(library).scope.border.servers
    pinned = library.with_servers(opened(library), tuple(server.id for server in learned))
    assert [(s.id, s.how) for s in pinned.scope.border.servers] == [(s.id, BorderSource.PINNED) for s in learned]
    assert pinned.domains == opened(library).domains
    assert library.with_servers(pinned, ()).scope.border.servers == learned


def test_a_server_that_writes_nothing_here_establishes_nothing(library: Library) -> None:
    try:
        report = library.with_servers(opened(library), ("mx.elsewhere.example",))
        assert {row.authentication.value for row in report.domains if row.relationship is Relationship.EXTERNAL} == {"not_established"}
    finally:
        library.with_servers(opened(library), ())


def subject_of(report: Report, name: str) -> Subject:
    return next(subject for row in report.domains for subject in subjects_of(row, report) if subject.name == name)


def test_a_decision_is_kept_with_its_time_and_holds_in_the_next_audit(library: Library) -> None:
    report = opened(library)
    worst = queue_of(report)[0]
    try:
        decided = library.decide(report, [replace(worst.decided(Decision.REJECTED, reason="not ours"), by="Sara")])
        (record,) = [record for record in decided.decisions if record.subject == worst.name]
        assert (record.by, record.reason, record.at) == ("Sara", "not ours", int(NOW))
        assert worst.name not in [subject.name for subject in queue_of(decided)]
        again = opened(library)
        assert again.decisions == decided.decisions
        assert {claim.decision for claim in subject_of(again, worst.name).unproven} <= {Decision.REJECTED}
    finally:
        library.decide(report, [DecisionRecord(worst.name, Decision.UNREVIEWED)])
    assert opened(library).decisions == ()


def test_rejecting_forged_own_mail_does_not_reject_the_genuine(library: Library) -> None:
    report = opened(library)
    own = subject_of(report, report.scope.own_domains[0])
    assert own.proven
    assert own.unproven
    try:
        decided = subject_of(library.decide(report, [own.decided(Decision.REJECTED, with_proven=True)]), own.name)
        assert {claim.decision for claim in decided.unproven} == {Decision.REJECTED}
        assert {claim.decision for claim in decided.proven} == {Decision.UNREVIEWED}
    finally:
        library.decide(report, [DecisionRecord(own.name, Decision.UNREVIEWED)])


def test_an_exception_authorises_at_once_and_stops_when_it_is_removed_or_over(library: Library) -> None:
    report = opened(library)
    outside = next(row.domain for row in report.domains if row.relationship is Relationship.EXTERNAL and row.domain)
    rule = ExceptionRule(outside, Direction.TO_US, approved_by="Sara", reason="carrier")

    def relationship(report: Report) -> Relationship:
        return next(row.relationship for row in report.domains if row.domain == outside)

    allowed = library.save_exception(report, rule)
    assert relationship(allowed) is Relationship.AUTHORISED
    assert rule in allowed.exceptions
    over = replace(rule, until=date(2020, 1, 31))
    lapsed = library.save_exception(allowed, over, rule)
    assert relationship(lapsed) is Relationship.EXTERNAL
    assert library.exceptions() == (over,)
    assert library.forget_exception(lapsed, over).exceptions == report.exceptions


def test_exceptions_are_imported_all_or_none(library: Library) -> None:
    report = opened(library)
    rules = (ExceptionRule("a.example", Direction.TO_US), ExceptionRule("b.example", Direction.AS_US, "mailer.example"))
    broken = replace(rules[1], reason=None)  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        library.import_exceptions(report, [rules[0], broken])
    assert library.exceptions() == ()
    assert set(rules) <= set(library.import_exceptions(report, rules).exceptions)
    assert library.exceptions() == rules
    for rule in rules:
        library.forget_exception(report, rule)
