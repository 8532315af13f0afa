"""A judgement that the engine stored is what judging afresh gives, also after other decisions and exceptions."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.charts import charts_of
from app.decisions import record_of
from app.i18n import Translation
from app.known import facts_for
from app.later import Later
from app.library import Library
from app.model import Decision, Direction, DomainRow, ExceptionRule, Report
from app.opening import Opened
from app.report import tallies_of
from app.store.folder import StoreFolder
from tests.mailmaker import message

NOW = 1_790_000_000.0
TODAY = datetime.fromtimestamp(NOW, UTC).date()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A store in which the sample has been audited by a process of its own."""
    audited("sample", tmp_path)
    library = Library(StoreFolder(tmp_path), lambda: NOW)
    yield library
    library.close()


def audited(source: str, store: Path) -> None:
    words = [sys.executable, "-m", "app", "audit", source, "--store", str(store), "--progress", "none"]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def opened(library: Library, source: str = "sample") -> Report:
    report = library.load(source)
    assert report is not None
    return report


def afresh(library: Library, source: str = "sample") -> Report:
    report = library._judged(source)
    assert report is not None
    return report


def is_stored(library: Library, source: str = "sample") -> bool:
    return Opened(library.folder, source, library._key(source), lambda: facts_for((source,))).report is not None


def test_what_was_stored_is_what_judging_afresh_gives(library: Library) -> None:
    report, fresh = opened(library), afresh(library)
    assert all(isinstance(row.claims, Later) for row in report.domains)
    assert report == fresh
    assert report.tallies is not None
    assert replace(report.tallies, carried=dict(report.tallies.carried)) == tallies_of(fresh)
    assert report.acquaintance == fresh.acquaintance
    assert charts_of(report, Translation("en")) == charts_of(fresh, Translation("en"))


@pytest.mark.parametrize("seed", range(4))
def test_after_random_decisions_and_exceptions_it_is_what_judging_afresh_gives(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    report = opened(library)
    for _ in range(8):
        report = something_decided(library, report, chance)
        assert replace(report, created=int(NOW)) == afresh(library)
    assert opened(library) == afresh(library)


def something_decided(library: Library, report: Report, chance: random.Random) -> Report:
    row = chance.choice([row for row in report.domains if row.domain])
    until = chance.choice([None, TODAY + timedelta(days=chance.randint(-9, 9))])
    if chance.random() < 0.6:
        decision = chance.choice([*Decision, Decision.TRUSTED, Decision.TRUSTED])
        return library.decide(report, [replace(record_of(subject(row, chance), decision, row.claims, at=1), until=until)])
    if chance.random() < 0.3 and (rules := library.exceptions()):
        return library.forget_exception(report, chance.choice(list(rules)))
    source = chance.choice(["", *{claim.proof.source for claim in row.claims}])
    pattern, kind = chance.choice([(str(row.domain), None), (f"*.{row.domain}", None), ("*", None), ("*", row.domain_class)])
    return library.save_exception(report, ExceptionRule(pattern, chance.choice(list(Direction)), source, until=until, kind=kind))


def subject(row: DomainRow, chance: random.Random) -> str:
    return chance.choice([str(row.domain), *(each.address for each in row.addresses)])


def test_an_exception_that_has_lapsed_since_holds_no_longer(library: Library) -> None:
    report = opened(library)
    row = next(row for row in report.domains if row.domain and not row.findings[0].id.startswith("own"))
    library.save_exception(report, ExceptionRule(str(row.domain), Direction.TO_US, until=date(2026, 12, 1)))
    audited("sample", library.folder.path)
    later = Library(library.folder, lambda: NOW + 300 * 86_400)
    assert is_stored(later)
    assert opened(later) == afresh(later)
    later.close()


def test_a_decision_holds_no_longer_on_its_day(library: Library) -> None:
    report = opened(library)
    row, end = next(row for row in report.domains if row.domain), report.created + 3 * 86_400
    record = record_of(str(row.domain), Decision.WATCHED, row.claims, at=1)
    decided = library.decide(report, [replace(record, until=datetime.fromtimestamp(end, UTC).date())])
    later = Library(library.folder, lambda: end)
    assert later._decided(decided, end) == afresh(later)
    later.close()


def test_other_own_domains_or_servers_are_judged_afresh(library: Library) -> None:
    library.with_own_domains(opened(library), ("qalhatbank.example",))
    assert not is_stored(library)
    assert opened(library) == afresh(library)
    audited("sample", library.folder.path)
    assert is_stored(library)
    library.with_servers(opened(library), ("mx.elsewhere.example",))
    assert not is_stored(library)
    assert opened(library) == afresh(library)


def test_messages_that_have_come_since_make_it_void(tmp_path: Path) -> None:
    mail, store = tmp_path / "mail", tmp_path / "store"
    mail.mkdir()
    (mail / "1.eml").write_bytes(message(1))
    audited(str(mail), store)
    library = Library(StoreFolder(store), lambda: NOW)
    assert is_stored(library, str(mail))
    cache = library.folder.cache(str(mail))
    cache.forget_messages(1, cache.names(1))
    cache.close()
    assert not is_stored(library, str(mail))
    assert opened(library, str(mail)).domains == ()
    library.close()
