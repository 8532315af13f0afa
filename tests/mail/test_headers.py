"""Fields out of a header's octets, whatever ends its lines."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.headers import MAX_HEADER, WANTED, split

FIELDS = [(b"from", b"Sara <sara@firm.example>"), (b"subject", b"two lines of it")]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r", b"\r\r\n"], ids=["CRLF", "LF", "CR", "CRCRLF"])
def test_every_kind_of_line_end(end: bytes) -> None:
    lines = [b"From: Sara <sara@firm.example>", b"Subject: two lines", b" of it", b"X-Other: no", b"", b"To: body@firm.example", b""]
    assert split(end.join(lines)) == FIELDS


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        pytest.param(b"", [], id="nothing"),
        pytest.param(b"\r\n\r\nFrom: a", [], id="an_empty_line_first"),
        pytest.param(b"From a@b Mon Jul 1 10:00:00 2024\nFrom: a\n", [(b"from", b"a")], id="an_mbox_line"),
        pytest.param(b">From a@b Mon Jul 1 10:00:00 2024\nFrom: a\n", [(b"from", b"a")], id="a_quoted_mbox_line"),
        pytest.param(b">From: b\nFrom: a\n", [(b"from", b"a")], id="a_quoted_field"),
        pytest.param(b"no colon\nFrom\nFrom: a\n", [(b"from", b"a")], id="lines_without_a_colon"),
        pytest.param(b"FROM \t: a\n", [(b"from", b"a")], id="obsolete_space_before_the_colon"),
        pytest.param(b"From:a\n", [(b"from", b"a")], id="no_space_after_the_colon"),
        pytest.param(b" From: b\nFrom: a\n", [(b"from", b"a")], id="a_continuation_of_nothing"),
        pytest.param(b"From: a\nX: y\n From: b\n", [(b"from", b"a")], id="a_field_that_is_folded_into_another"),
        pytest.param(b"From:\n\n", [(b"from", b"")], id="an_empty_value"),
        pytest.param(b"From:\r\n\ta\r\n  b\r\n", [(b"from", b"a  b")], id="a_value_that_begins_on_the_next_line"),
        pytest.param(b"From: a\r\n \r\n b\r\n\r\nTo: c", [(b"from", b"a  b")], id="a_line_of_white_space_goes_on"),
        pytest.param(b"From: a\nFrom: b\n", [(b"from", b"a"), (b"from", b"b")], id="a_field_twice"),
        pytest.param(b"From: a\0b\xff\n", [(b"from", b"a\0b\xff")], id="NUL_and_eight_bits"),
        pytest.param(b"Fr\0om: a\nTo: b", [(b"to", b"b")], id="NUL_in_a_name"),
        pytest.param(b"X: y\rFrom: b\nFrom: a\n", [(b"from", b"a")], id="a_bare_CR_begins_no_field"),
        pytest.param(b"From: a\rTo: b\n", [(b"from", b"a\rTo: b")], id="a_bare_CR_stays_in_the_value"),
        pytest.param(b"From: a: b\n", [(b"from", b"a: b")], id="a_colon_in_the_value"),
        pytest.param(b"From: a", [(b"from", b"a")], id="no_line_end_at_all"),
    ],
)
def test_a_header(header: bytes, fields: list[tuple[bytes, bytes]]) -> None:
    assert split(header) == fields


def test_fields_keep_their_order_and_only_the_wanted_ones_come() -> None:
    header = b"".join(b"X-%b: no\r\n%b: %b\r\n%bx: no\r\n" % (name, name, name, name) for name in sorted(WANTED))
    assert [name for name, _ in split(header)] == sorted(WANTED)


@pytest.mark.parametrize("spelling", [bytes.upper, bytes.lower, bytes.title, bytes.swapcase], ids=["upper", "lower", "title", "swapped"])
def test_names_are_known_in_any_case(spelling: Callable[[bytes], bytes]) -> None:
    header = b"".join(spelling(name) + b": x\r\n" for name in sorted(WANTED))
    assert [name for name, _ in split(header)] == sorted(WANTED)


PIECES = st.sampled_from(
    [b"From", b"from:", b"X: y", b"Date\t:", b":", b"a", b" ", b"\t", b"\r", b"\n", b"\r\n", b"\r\r\n", b"\r\n\r\n", b"\n \n", b"\0", b"\xff"]
)


@given(st.lists(PIECES, max_size=20).map(b"".join), st.sampled_from([b"", b"Subject: x\r\n" * 5_462, b"To: y\n" * 9_362]))
def test_fields_are_what_reading_line_by_line_finds(text: bytes, before: bytes) -> None:
    assert split(before + text) == line_by_line(before + text)


def line_by_line(header: bytes) -> list[tuple[bytes, bytes]]:
    """The definition: what `split` does with one regular expression."""
    text = header[:MAX_HEADER]
    text = re.sub(rb"\r+\n", b"\n", text) if b"\n" in text else text.replace(b"\r", b"\n")
    lines = re.split(rb"\n(?![ \t])", text)
    if len(header) >= MAX_HEADER:
        lines.pop()
    fields = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon:
            if line.strip(b"\r"):
                continue
            break
        if (name := name.rstrip(b" \t").lower()) in WANTED:
            fields.append((name, value.replace(b"\n", b"").strip(b" \t\r")))
    return fields


def test_a_field_that_the_limit_may_have_cut_is_left_out() -> None:
    header = b"To: a\nX: " + b"y" * (MAX_HEADER - 40) + b"\nFrom: ceo@bank.example"
    assert split(header + b".evil.example" * 3) == [(b"to", b"a")]


def test_a_complete_header_in_front_of_a_long_body_is_kept() -> None:
    assert split(b"From: a\n\n" + b"x" * MAX_HEADER) == [(b"from", b"a")]


@given(st.lists(st.sampled_from([b"From", b":", b" ", b"\r", b"\n", b"\r\n", b"\0", b"a@b", b"\xff"]) | st.binary(max_size=6)).map(b"".join))
def test_no_octets_raise_and_no_line_feed_is_left(header: bytes) -> None:
    assert all(name in WANTED and b"\n" not in value for name, value in split(header))


@given(st.lists(st.tuples(st.sampled_from(sorted(WANTED)), st.from_regex(rb"([!-~]( [!-~]+)*)?", fullmatch=True)), max_size=20))
def test_what_was_written_is_read_back(fields: list[tuple[bytes, bytes]]) -> None:
    folded = b"".join(name + b": " + value.replace(b" ", b"\r\n ") + b"\r\n" for name, value in fields)
    assert split(folded + b"\r\nTo: body\r\n") == fields
