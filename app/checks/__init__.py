"""The checks, one a file, in the order in which their findings are shown. To add one: write the file, add it to `ALL`, give it points, write its test."""

from __future__ import annotations

from typing import Protocol

from app.checks import (
    authenticated,
    authentication_failed,
    authentication_not_established,
    brand_unproven,
    disposable,
    exception_lapsed,
    first_contact,
    impossible_domain,
    long_known,
    lookalike_brand,
    lookalike_known,
    lookalike_own,
    malformed_author,
    name_carries_address,
    name_decorated,
    name_hidden_characters,
    name_mixed_scripts,
    name_of_organisation,
    name_of_person,
    name_unrelated,
    never_answered,
    new_source,
    outside_reply,
    own_domain_unauthorised_source,
    own_domain_unproven,
    proof_lost,
    random_looking,
    reply_to_elsewhere,
    rewritten_by_list,
    sealed_on_the_way,
    several_authors,
    shared_hosting,
    shared_provider,
    trust_not_proven,
    unreadable_author,
    weak_signature,
    written_to,
)
from app.checks.base import Check, CheckText, Subject
from app.checks.score import BASE, LIMIT, THIN
from app.model import Finding


class CheckModule(Protocol):
    """A module of this folder: the facts about the check, and the question itself."""

    CHECK: Check

    def check(self, subject: Subject, /) -> Finding | None: ...


ALL: tuple[CheckModule, ...] = (
    own_domain_unproven,
    trust_not_proven,
    proof_lost,
    brand_unproven,
    authentication_failed,
    lookalike_own,
    lookalike_known,
    lookalike_brand,
    name_of_person,
    name_of_organisation,
    name_carries_address,
    outside_reply,
    several_authors,
    unreadable_author,
    malformed_author,
    name_hidden_characters,
    name_mixed_scripts,
    reply_to_elsewhere,
    random_looking,
    shared_hosting,
    disposable,
    impossible_domain,
    own_domain_unauthorised_source,
    exception_lapsed,
    name_unrelated,
    name_decorated,
    new_source,
    weak_signature,
    authentication_not_established,
    authenticated,
    sealed_on_the_way,
    rewritten_by_list,
    written_to,
    long_known,
    first_contact,
    never_answered,
    shared_provider,
)

_TEXTS: dict[str, CheckText] = {check.id: check.text for check in (BASE, *(module.CHECK for module in ALL), THIN, LIMIT)}


def text_of(id: str) -> CheckText:
    """The words of a finding's id; KeyError for an id that no check has."""
    return _TEXTS[id]
