from __future__ import annotations

from app.checks.several_authors import check
from app.model import AuthorStatus, Severity
from tests.checks.subjects import NOBODY_LOOKED, subject


def test_several_authors_are_grave() -> None:
    assert check(subject("", status=AuthorStatus.AMBIGUOUS, proof=NOBODY_LOOKED)).severity is Severity.HIGH


def test_one_author_or_none_is_another_matter() -> None:
    assert check(subject()) is None
    assert check(subject("", status=AuthorStatus.NONE, proof=NOBODY_LOOKED)) is None
