"""The fields that say when a message was written and what it answers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.mail.layout import laid_out
from app.mail.parse import any_date, message_id_in, parse_date, references_in
from app.mail.subject import subject_octets, subject_text

DAYS = st.sampled_from(["Mon, ", "Tue,  ", "Sat,", "mon, ", ""])
ZONES = st.sampled_from([" +0000", " -0000", " -0730", " +2359", " +2400", " +1290", " GMT", " +0200 (CEST)", " +0200 (a b)", "", "+0100", " -2359"])
YEARS = st.sampled_from(["0001", "0099", "50", "99", "1900", "1969", "1979", "1980", "2000", "2024", "2099", "2100", "9999"])


@given(DAYS, st.integers(0, 32), st.sampled_from(["Jan", "Feb", "Mar", "Sep", "Dec", "sep", "Foo"]), YEARS, st.integers(0, 24), st.integers(0, 61), ZONES)
@example("", 29, "Feb", "2000", 23, 59, " +2359")
@example("", 29, "Feb", "2100", 0, 0, " +0000")
@example("", 1, "Jan", "1980", 0, 0, " +0001")
def test_the_fast_way_reads_the_date_that_the_careful_way_reads(day: str, n: int, month: str, year: str, hour: int, minute: int, zone: str) -> None:
    for clock in (f"{hour:02}:{minute:02}", f"{hour:02}:{minute:02}:{minute:02}", f"{hour}:{minute}"):
        value = f"{day}{n} {month} {year} {clock}{zone}".encode()
        assert parse_date(value) == any_date(value)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"Thu, 01 Jan 2026 00:00:00 +0000", 1_767_225_600),
        (b"1 Jan 2026 02:00 +0200 (EET)", 1_767_225_600),
        (b"Wed, 31 Dec 2025 19:00:00 EST", 1_767_225_600),
        (b"Tue, 99 Foo 2024 25:61:00", None),
        (b"Thu, 30 Feb 2026 00:00:00 +0000", None),
        (b"", None),
    ],
)
def test_a_date_in_seconds(value: bytes, seconds: int | None) -> None:
    assert parse_date(value) == seconds


def test_what_a_message_says_of_itself_and_of_those_it_answers_is_read_from_folded_fields() -> None:
    header = at, values = laid_out(
        [
            (b"subject", b" two\r\n =?utf-8?q?lines?=\r"),
            (b"message-id", b"\r\n <a@b.example> <c@d.example>\r"),
            (b"in-reply-to", b" <2@x.example>\r"),
            (b"references", b" <1@x.example>\r\n\t<2@x.example>\r"),
        ]
    )
    assert subject_text(subject_octets(values[at.subject])) == "two lines"
    assert message_id_in(values[at.message_id]) == "a@b.example"
    assert references_in(header) == ("2@x.example", "1@x.example")
    assert (subject_octets(b""), message_id_in(b""), references_in(laid_out([]))) == (b"", "", ())
