"""A mailbox that was scanned again and is what it was keeps its judgement; anything else is judged again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app import audit as judging
from app.audit_verb import AuditCall, AuditVerb
from app.basis import Wishes
from app.excerpt import Choices
from app.exporters.fingerprint import fingerprint_of
from app.i18n import Translation
from app.model import Decision, DecisionRecord, Direction, ExceptionRule, Scan, ScanStatus
from app.progress import Quiet
from app.sources import Connection
from app.store.counting import count_all
from app.store.folder import StoreFolder
from tests.test_cli import write_mbox

NOW = 1_790_000_000


@pytest.fixture
def box(tmp_path: Path) -> Path:
    write_mbox(tmp_path / "Inbox.mbox", range(30))
    return tmp_path / "Inbox.mbox"


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """When something was judged."""
    times: list[int] = []
    judge = judging.report_of

    def noted(*words: Any) -> Any:
        times.append(words[-1])
        return judge(*words)

    monkeypatch.setattr(judging, "report_of", noted)
    return times


def audit(
    box: Path, at: int = NOW, reports: tuple[Path, ...] = (), wishes: Wishes = Wishes(), choices: Choices = Choices()  # noqa: B008 (frozen)
) -> Scan:
    store = box.parent / "store"
    call = AuditCall((str(box),), reports, wishes, bool(wishes.own_domains), True, choices, (), Connection(), store, store)
    say = Translation("en")
    return AuditVerb(call, say, Quiet(open_nothing(), say), lambda _: "", lambda *_: None, lambda: at, lambda: False).run()


def open_nothing() -> Any:
    from io import StringIO

    return StringIO()


def frozen(box: Path) -> list[dict[str, Any]]:
    """The kept reports, newest first."""
    workspace = StoreFolder(box.parent / "store").workspace()
    try:
        return [json.loads(workspace.frozen(entry.id)) for entry in workspace.audits()]
    finally:
        workspace.close()


def test_an_unchanged_mailbox_is_not_judged_again_and_its_report_is_kept_with_todays_date(box: Path, judged: list[int]) -> None:
    first = audit(box)
    again = audit(box, NOW + 60)
    assert judged == [NOW]
    assert (again.status, again.messages) == (ScanStatus.COMPLETE, 30) == (first.status, first.messages)
    later, earlier = frozen(box)
    assert (earlier["created"], later["created"]) == ("2026-09-21T14:13:20Z", "2026-09-21T14:14:20Z")
    assert later["domains"] == earlier["domains"]
    assert later["fingerprint"] == fingerprint_of(later)
    audit(box, NOW + 120)
    assert judged == [NOW]
    assert len(frozen(box)) == 3


def test_the_kept_report_is_the_one_that_judging_afresh_gives(box: Path, judged: list[int], tmp_path: Path) -> None:
    audit(box)
    audit(box, NOW + 60)
    audit(box, NOW + 60, (tmp_path / "r.json",))
    assert judged == [NOW, NOW + 60]
    afresh, taken, _ = frozen(box)
    assert taken == afresh


def test_the_report_that_is_written_is_the_kept_one_unless_it_is_chosen_otherwise(box: Path, tmp_path: Path) -> None:
    audit(box, reports=(tmp_path / "whole.json",))
    audit(box, reports=(tmp_path / "hidden.json",), choices=Choices(redacted=True))
    whole, hidden = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("whole.json", "hidden.json"))
    kept = frozen(box)[0]
    assert whole["domains"] == kept["domains"]
    assert hidden["domains"] != kept["domains"]
    assert hidden["scope"]["redacted"]


def decide(box: Path) -> None:
    workspace = StoreFolder(box.parent / "store").workspace()
    workspace.decide([DecisionRecord("shop.example", Decision.WATCHED, at=NOW)])
    workspace.close()


def allow(box: Path) -> None:
    workspace = StoreFolder(box.parent / "store").workspace()
    workspace.save_exceptions([ExceptionRule("shop.example", Direction.TO_US, approved_by="Sara", reason="contract")])
    workspace.close()


def grow(box: Path) -> None:
    write_mbox(box, range(31))


@pytest.mark.parametrize("change", [decide, allow, grow])
def test_after_a_change_it_is_judged_again(box: Path, judged: list[int], change: Callable[[Path], None]) -> None:
    audit(box)
    change(box)
    audit(box, NOW + 60)
    assert judged == [NOW, NOW + 60]


def test_with_other_own_domains_it_is_judged_again(box: Path, judged: list[int]) -> None:
    audit(box)
    audit(box, NOW + 60, wishes=replace(Wishes(), own_domains=("firm.example",)))
    assert judged == [NOW, NOW + 60]


def test_messages_are_counted_again_only_after_a_change(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit(box)
    counted: list[object] = []

    def noted(db: object) -> tuple[int, int, int]:
        counted.append(db)
        return count_all(db)  # type: ignore[arg-type]

    monkeypatch.setattr("app.store.cache.count_all", noted)
    assert audit(box, NOW + 60).messages == 30
    assert not counted
    grow(box)
    assert audit(box, NOW + 120).messages == 31
    assert counted
