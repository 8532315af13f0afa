"""A server's answers: the quick way of reading agrees with the grammar, and nothing gets past either."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.sources.imap.answers import Malformed, internal_date, number, pairs, values
from app.sources.imap.fetched import Fetched, unusual, usual

headers = st.one_of(st.binary(max_size=200), st.just(b"From: a@b.example\r\n\r\n"))


@given(
    uid=st.integers(1, 2**32 - 1),
    date=st.sampled_from(
        [b"01-Jan-2026 10:00:00 +0000", b" 1-Jan-2026 10:00:00 -0330", b"99-Foo-2026 23:00:00 +9999", b"01-Jan-2026 25:00:00 +0000", b"nonsense"]
    ),
    size=st.integers(0, 2**39),
    twin=st.sampled_from([b"", b" X-GM-MSGID 17", b" EMAILID (M1x_-)"]),
    partial=st.sampled_from([b"", b"<0>"]),
    asked=st.sampled_from([b"HEADER", b"HEADER.FIELDS (FROM REPLY-TO)"]),
    header=headers,
)
@example(uid=3, date=b"01-Jan-2026 10:00:00 +0000", size=7, twin=b" EMAILID (NIL)", partial=b"", asked=b"HEADER", header=b"")
def test_both_ways_of_reading_agree(uid: int, date: bytes, size: int, twin: bytes, partial: bytes, asked: bytes, header: bytes) -> None:
    answer = b'5 FETCH (UID %d INTERNALDATE "%b" RFC822.SIZE %d%b BODY[%b]%b ' % (uid, date, size, twin, asked, partial)
    quick: list[Fetched] = []
    octets = b"* %b{%d}\r\n%b)\r\n" % (answer, len(header), header)
    assert usual(octets + b"* 6 EXISTS\r\n", 0, quick) == ((len(octets), 0) if quick else (0, 0))
    assert quick or date in (b"01-Jan-2026 25:00:00 +0000", b"nonsense")
    general = unusual([answer, header, b")"])
    assert general is not None
    assert quick in ([], [general]) or b"NIL" in twin
    assert (general.uid, general.header, general.size) == (uid, header, size)


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=5))
def test_any_octets_are_read_or_refused(parts: list[bytes]) -> None:
    try:
        values(parts)
    except Malformed:
        return
    try:
        unusual([b"1 FETCH " + parts[0], *parts[1:]])
    except Malformed:
        return


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rb'(\HasNoChildren \Sent) "/" "a \"b\" \\c"', [[b"\\HasNoChildren", b"\\Sent"], b"/", rb'a "b" \c']),
        (b"() NIL 007", [[], None, b"007"]),
        (b'(BODY[HEADER.FIELDS (FROM "TO")]<0> NIL)', [[b'BODY[HEADER.FIELDS (FROM "TO")]<0>', None]]),
        (b"", []),
        (b"((()))", [[[[]]]]),
    ],
)
def test_values(text: bytes, expected: list[object]) -> None:
    assert values([text]) == expected


@pytest.mark.parametrize("text", [b"(", b")", b'"open', b"(" * 51 + b")" * 51, b"(()"])
def test_what_does_not_close_is_refused(text: bytes) -> None:
    with pytest.raises(Malformed):
        values([text])


def test_the_first_of_equal_names_stays() -> None:
    assert pairs([b"uid", b"3", b"UID", b"4"]) == {b"UID": b"3"}


@pytest.mark.parametrize("value", [b"-1", b"4294967296", b"", b"1" * 5_000, b"\xd9\xa1", None, [b"1"]])
def test_no_absurd_number_is_believed(value: bytes | None) -> None:
    with pytest.raises(Malformed):
        number(value)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (b"01-Jan-1970 00:00:00 +0000", 0), (b" 1-Jan-1970 02:00:00 +0200", 0), (b"31-Dec-1969 19:00:00 -0500", 0),
        (b"29-Feb-2024 12:00:00 +0000", 1_709_208_000),
        (b"01-Foo-2024 12:00:00 +0000", None), (b"00-Jan-2024 12:00:00 +0000", None), (b"01-Jan-0000 12:00:00 +0000", None), (b"", None), (None, None),
    ],
)  # fmt: skip
def test_internal_date(text: bytes | None, seconds: int | None) -> None:
    assert internal_date(text) == seconds
