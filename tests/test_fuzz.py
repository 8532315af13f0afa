"""A short run of each fuzz target, the same inputs every time; `python -m tests.fuzz.fuzz_headers` and `fuzz_imap` go on for as long as one likes."""

from __future__ import annotations

import random

import pytest

from tests.fuzz import fuzz_headers, fuzz_imap


def test_mutated_headers_are_read_without_an_exception() -> None:
    rng = random.Random(6)
    for _ in range(400):
        fuzz_headers.read(fuzz_headers.mutated(rng))


@pytest.mark.parametrize("seed", range(40))
def test_an_audit_of_mutated_answers_ends_with_books_or_a_named_error(seed: int) -> None:
    _, log = fuzz_imap.audited(seed)
    assert fuzz_imap.sent_only_what_is_allowed(log)


def test_the_server_of_the_target_is_understood_where_it_changes_nothing() -> None:
    """Else the target would try the first answer alone."""
    ends = {fuzz_imap.audited(seed)[0] for seed in range(40)}
    assert "complete" in ends
    assert any(end.startswith("error") for end in ends)


def test_any_pieces_of_the_grammar_are_read_or_refused() -> None:
    rng = random.Random(6)
    for _ in range(2_000):
        fuzz_imap.read(rng)
