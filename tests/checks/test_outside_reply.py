from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.checks.base import Subject
from app.checks.outside_reply import check
from app.model import Relationship, Trait
from tests.checks.subjects import subject


def answering(**values: Any) -> Subject:
    one = subject(**values)
    return replace(one, record=replace(one.record, outside_replies=2))


def test_an_answer_from_outside_the_conversation_costs_points() -> None:
    finding = check(answering())
    assert finding is not None
    assert finding.points < 0
    assert dict(finding.params)["answers"] == 2


def test_an_answer_from_within_the_conversation_says_nothing() -> None:
    assert check(subject()) is None


def test_colleagues_lists_and_those_the_owner_writes_to_may_answer() -> None:
    assert check(answering(relationship=Relationship.OWN)) is None
    assert check(answering(traits=(Trait.LIST,))) is None
    assert check(answering(wrote_first=True)) is None
