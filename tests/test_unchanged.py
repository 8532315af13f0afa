"""A mailbox that was scanned again and is what it was keeps its judgement; anything else is judged again."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app import audit as judging
from app.audit_verb import AuditCall, AuditVerb
from app.basis import Wishes
from app.excerpt import Choices
from app.exporters.fingerprint import fingerprint_of
from app.i18n import Translation
from app.model import Account, Decision, DecisionRecord, Direction, ExceptionRule, Scan, ScanStatus
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
    box: Path,
    at: int = NOW,
    reports: tuple[Path, ...] = (),
    wishes: Wishes = Wishes(),  # noqa: B008 (frozen)
    choices: Choices = Choices(),  # noqa: B008
    language: str = "en",
) -> Scan:
    store = box.parent / "store"
    call = AuditCall((str(box),), reports, wishes, bool(wishes.own_domains), True, choices, (), Connection(), store, store)
    say = Translation(language)
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


def test_the_report_that_is_kept_and_written_is_to_the_octet_the_one_that_judging_afresh_gives(box: Path, judged: list[int], tmp_path: Path) -> None:
    taken, copy, afresh, page = (tmp_path / name for name in ("taken.json", "copy.json", "afresh.json", "page.html"))
    audit(box)
    audit(box, NOW + 60, (taken, copy))
    assert judged == [NOW]
    audit(box, NOW + 60, (afresh, page))
    assert judged == [NOW, NOW + 60]
    assert taken.read_bytes() == copy.read_bytes() == afresh.read_bytes()
    kept = frozen(box)
    assert kept[0] == kept[1] == json.loads(taken.read_bytes())


@pytest.mark.parametrize("other", [Wishes(trusted_servers=("mx.elsewhere.example",)), Wishes(samples=True)], ids=["another server", "samples"])
def test_a_report_of_the_same_second_that_was_asked_for_otherwise_is_not_taken_for_it(box: Path, tmp_path: Path, other: Wishes) -> None:
    taken, afresh = tmp_path / "taken.json", tmp_path / "afresh.json"
    audit(box)
    audit(box, NOW, wishes=other)
    audit(box, NOW + 60, (taken,))
    audit(box, NOW + 60, (afresh, tmp_path / "page.html"))
    assert taken.read_bytes() == afresh.read_bytes()


def test_a_stored_judgement_with_a_finding_that_no_check_has_is_made_anew(box: Path, judged: list[int]) -> None:
    audit(box)
    with closing(StoreFolder(box.parent / "store").cache(str(box))) as cache:
        cache._db.execute("UPDATE assessed SET body = replace(body, 'name_unrelated', 'name_unrelatee')")
        cache.seal()
    assert audit(box, NOW + 60).status is ScanStatus.COMPLETE
    audit(box, NOW + 120)
    assert judged == [NOW, NOW + 60]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_report_in_another_language_is_judged_again(box: Path, judged: list[int], tmp_path: Path, language: str) -> None:
    taken, afresh = tmp_path / "taken.json", tmp_path / "afresh.json"
    audit(box)
    audit(box, NOW + 60, (taken,), language=language)
    assert judged == [NOW, *[NOW + 60] * (language != "en")]
    audit(box, NOW + 60, (afresh, tmp_path / "page.html"), language=language)
    assert taken.read_bytes() == afresh.read_bytes()


def test_a_report_that_cannot_be_written_is_said_and_nothing_is_kept(box: Path, judged: list[int], tmp_path: Path) -> None:
    audit(box)
    books = audit(box, NOW + 60, (tmp_path / "nowhere" / "r.json",))
    assert (books.status, books.code, judged) == (ScanStatus.ERROR, "report.unwritable", [NOW])
    assert len(frozen(box)) == 1


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


def change(box: Path) -> None:
    """One message is another, in as many octets."""
    text = box.read_bytes()
    box.write_bytes(text.replace(b"Person 3", b"Nobody 3", 1))


def own_another_domain(box: Path) -> None:
    workspace = StoreFolder(box.parent / "store").workspace()
    workspace.save_account(Account("mine", str(box), own_domains=("firm.example",)))
    workspace.close()


def believe_another_server(box: Path) -> None:
    workspace = StoreFolder(box.parent / "store").workspace()
    workspace.pin(str(box), ("mx.elsewhere.example",))
    workspace.close()


@pytest.mark.parametrize("reports", [(), ("r.json",)], ids=["without a report", "with one"])
@pytest.mark.parametrize("change", [decide, allow, grow, change, own_another_domain, believe_another_server])
def test_after_a_change_it_is_judged_again(box: Path, judged: list[int], change: Callable[[Path], None], reports: tuple[str, ...]) -> None:
    audit(box)
    change(box)
    audit(box, NOW + 60, tuple(box.parent / name for name in reports))
    assert judged == [NOW, NOW + 60]


@pytest.mark.parametrize(
    "wishes", [Wishes(own_domains=("firm.example",)), Wishes(trusted_servers=("mx.elsewhere.example",)), Wishes(messages=True), Wishes(since=date(2020, 1, 1))]
)
def test_what_is_asked_for_otherwise_is_judged_again(box: Path, judged: list[int], wishes: Wishes) -> None:
    audit(box)
    audit(box, NOW + 60, (box.parent / "r.json",), wishes)
    assert judged == [NOW, NOW + 60]


@pytest.mark.parametrize("choices", [Choices(looks_only=True), Choices(redacted=True)], ids=["a part", "redacted"])
def test_a_report_that_is_chosen_otherwise_is_judged_again(box: Path, judged: list[int], choices: Choices) -> None:
    audit(box)
    audit(box, NOW + 60, (box.parent / "r.json",), choices=choices)
    assert judged == [NOW, NOW + 60]


@pytest.mark.parametrize("name", ["RULES", "__version__", "lists_version"])
def test_what_another_version_judged_is_judged_again(box: Path, judged: list[int], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    audit(box)
    monkeypatch.setattr(f"app.assessment.{name}", (lambda: "other") if name == "lists_version" else "other")
    audit(box, NOW + 60, (box.parent / "r.json",))
    assert judged == [NOW, NOW + 60]


def test_an_exception_that_lapses_has_it_judged_again_from_that_day_on(box: Path, judged: list[int]) -> None:
    workspace = StoreFolder(box.parent / "store").workspace()
    workspace.save_exceptions([ExceptionRule("partner1.example", Direction.TO_US, until=date(2026, 9, 23))])
    workspace.close()
    days = [NOW + 86_400 * day for day in range(5)]
    for at in days:
        audit(box, at, (box.parent / "r.json",))
        assert json.loads((box.parent / "r.json").read_bytes())["created"] == f"2026-09-{21 + (at - NOW) // 86_400}T14:13:20Z"
    assert judged == [days[0], days[3]]


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
