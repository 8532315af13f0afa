"""The checks, one a file, in the order in which their findings are shown. To add one: write the file, add it to `ALL`, write its test."""

from __future__ import annotations

from typing import Protocol

from app.checks import (
    authenticated,
    authentication_failed,
    authentication_not_established,
    lookalike_own,
    name_carries_address,
    own_domain_unproven,
    reply_to_elsewhere,
    shared_provider,
)
from app.checks.base import Check, CheckText, Subject
from app.checks.score import BASE, CLAMP
from app.model import Finding


class CheckModule(Protocol):
    """A module of this folder: the facts about the check, and the question itself."""

    CHECK: Check

    def check(self, subject: Subject, /) -> Finding | None: ...


ALL: tuple[CheckModule, ...] = (
    own_domain_unproven,
    lookalike_own,
    name_carries_address,
    authentication_failed,
    reply_to_elsewhere,
    authentication_not_established,
    authenticated,
    shared_provider,
)

_TEXTS: dict[str, CheckText] = {check.id: check.text for check in (BASE, *(module.CHECK for module in ALL), CLAMP)}


def text_of(id: str) -> CheckText:
    """The words of a finding's id; KeyError for an id that no check has."""
    return _TEXTS[id]
