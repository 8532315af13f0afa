"""A header's layout and values are the same whether they are found at once or field by field."""

from __future__ import annotations

import random
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.mail.headers import MAX_HEADER, WANTED, raw_fields
from app.mail.layout import LONGEST, MAX_HOPS, MAX_STATEMENTS, header_of, laid_out, layout_of
from tests.fuzz.fuzz_headers import mutated

MAIL = sorted((Path(__file__).parent.parent / "corpus").rglob("*.eml"))
PIECES = st.sampled_from(
    [
        *(b"From:", b"from:", b"FROM \t:", b"Date", b"Received:", b"X-Y:", b"X-Original-Sender:", b"x-original-from: ", b"X-", b"ARC-", b"MIME-Version: 1.0"),
        *(b"Content-Type: a;", b"Y: z", b":", b"::", b"a", b" ", b"\t", b"\r", b"\n", b"\r\n", b"\r\r\n", b"\r\n\r\n", b"\n\n", b"\n \n", b"\0", b"\xff"),
    ]
)


def agree(octets: bytes) -> None:
    (at, values), (alone, each) = header_of(octets), laid_out(raw_fields(octets))
    assert (astuple(at), values) == (astuple(alone), each), octets


@given(st.lists(PIECES, max_size=25).map(b"".join), st.sampled_from([b"", b"\r\n", b"\r\n\r\n", b"\n\n"]))
@example(b"From: a\nno colon\nTo: b", b"")
@example(b"From: a\r\n\r\n: To: b", b"\r\n\r\n")
@example(b"X-Y\nno colon", b"")
@example(b"X-Y: a\n\n: b\nTo: c", b"\n\n")
@example(b" From: a\nX-Original-From: b", b"")
@example(b"", b"")
def test_fields_and_what_breaks_them(text: bytes, end: bytes) -> None:
    agree(text + end)


@pytest.mark.parametrize("path", MAIL, ids=lambda path: path.stem)
def test_a_hostile_header_whole_and_cut(path: Path) -> None:
    header = path.read_bytes()[:20_000]
    for end in (*range(0, len(header), max(1, len(header) // 40)), len(header)):
        agree(header[:end])


def test_mutated_headers() -> None:
    rng = random.Random(8)
    for _ in range(3_000):
        agree(mutated(rng))


@pytest.mark.parametrize("fields", [LONGEST - 1, LONGEST, 3_000])
@pytest.mark.parametrize("name", [b"To", b"Y" * LONGEST, b"X-" + b"Y" * 500])
def test_many_fields_and_long_names(fields: int, name: bytes) -> None:
    agree((b"%b: z\r\n" % name * fields + b"Received: a\r\n\r\n")[: MAX_HEADER - 1])


@pytest.mark.parametrize("longer", [-1, 0, 1])
def test_a_header_as_long_as_is_read(longer: int) -> None:
    agree((b"From: a\r\nTo: " + b"b" * MAX_HEADER)[: MAX_HEADER + longer])


def test_only_the_first_of_a_field_counts_that_may_stand_once() -> None:
    at, values = laid_out([(b"subject", b"1"), (b"subject", b"2"), (b"references", b"3"), (b"references", b"4"), (b"in-reply-to", b"5")])
    assert (values[at.subject], [values[n] for n in at.answered]) == (b"1", [b"5", b"3"])
    assert (values[at.date], values[at.message_id]) == (b"", b"")


def test_a_header_of_any_length_is_read_so_far() -> None:
    at = layout_of([b"received", b"authentication-results"] * 50)
    assert len(at.received) == MAX_HOPS
    assert [above for _, above, _ in at.spoken] == list(range(1, MAX_STATEMENTS + 1))


def test_values_and_what_stands_before_them_give_all_fields_one_after_the_other() -> None:
    fields = [(name, name.upper()) for name in sorted(WANTED)]
    at, values = laid_out(fields)
    parts = at.frame.copy()
    parts[1::2] = values
    assert b"".join(parts) == b"".join(b"%b:%b\n" % field for field in fields)
