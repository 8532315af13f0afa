from __future__ import annotations

from app.checks.base import History
from app.checks.never_answered import check
from app.model import Context, Correspondent, Trait
from tests.checks.subjects import subject

SENT = Context(correspondents={"tom@other.example": Correspondent("tom@other.example", 3, 0, 1)})
OFTEN = History(40, 40, 0, 9, 0, 9)


def test_somebody_who_writes_often_and_is_never_answered_is_named_and_costs_nothing() -> None:
    finding = check(subject(context=SENT, history=OFTEN))
    assert finding.points == 0
    assert dict(finding.params)["messages"] == 40


def test_without_a_sent_folder_nothing_is_known() -> None:
    assert check(subject(history=OFTEN)) is None


def test_newsletters_lists_answered_and_rare_senders_are_left_alone() -> None:
    assert check(subject(context=SENT, history=OFTEN, traits=(Trait.BULK,))) is None
    assert check(subject(context=SENT, history=OFTEN, traits=(Trait.LIST,))) is None
    assert check(subject(context=SENT, history=OFTEN, written_to=True)) is None
    assert check(subject(context=SENT)) is None
