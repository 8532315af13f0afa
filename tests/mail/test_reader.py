"""Reading header after header gives of each what reading it alone gives, whatever was read before."""

from __future__ import annotations

import random
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.mail import reader, said
from app.mail.claim import claim_of
from app.mail.form import pattern_of, taken_apart, written
from app.mail.layout import header_of
from app.mail.parse import parse
from app.mail.reader import HeaderReader
from app.mail.said import SaidReader, read_said
from app.model import Claim
from tests.fuzz.fuzz_headers import mutated, organisation

MAIL = sorted((Path(__file__).parent.parent / "corpus").rglob("*.eml"))
KEPT, SAID, TRIED = HeaderReader(organisation), SaidReader(organisation), SaidReader(organisation)
"""One for all tests, so that it remembers; the last tries the pattern of a form that it has met once."""


def read(header: bytes, by: HeaderReader = KEPT) -> Claim:
    return by.read([header_of(header)])[0].claim()


@pytest.mark.parametrize("path", MAIL, ids=lambda path: path.stem)
def test_a_hostile_header_whole_and_cut_reads_as_it_does_alone(path: Path) -> None:
    header = path.read_bytes()[:20_000]
    for end in (*range(0, len(header), max(1, len(header) // 8)), len(header)):
        assert read(header[:end]) == claim_of(parse(header[:end], organisation))


def test_mutated_headers_read_as_they_do_alone() -> None:
    rng = random.Random(5)
    for _ in range(2_000):
        header = mutated(rng)
        assert read(header) == claim_of(parse(header, organisation)), header


def test_a_header_cut_anywhere_reads_as_it_does_alone() -> None:
    header = (
        b"Received: from a.example (b.example [192.0.2.7])\r\n\tby mx.firm.example (Postfix) with ESMTPS id 1; Mon\r\n"
        b"Authentication-Results: mx.firm.example;\r\n dkim=pass header.d=a.example header.s=s1 header.b=Ab/c=;\r\n"
        b' spf=pass (firm.example: domain of x=y@a.example) smtp.mailfrom="x=y@a.example"; dmarc=pass header.from=a.example\r\n'
        b"Received-SPF: pass (firm.example: of x) client-ip=192.0.2.7; receiver=mx.firm.example\r\n"
        b"DKIM-Signature: v=1; a=rsa-sha256; d=a.example;\r\n\tt=2; x=1; b=a\r\n b\r\n"
        b"From: =?utf-8?B?2LPYp9ix2Kk=?=\r\n =?utf-8?Q?_Khalil?= <sara+1@a.example>\r\nReply-To: <x@b.example>\r\nPrecedence: \r\n bulk\r\n\r\n"
    )
    for end in range(len(header) + 1):
        for text in (header[:end], header[end:], header[:end] + header[end + 1 :]):
            assert read(text) == claim_of(parse(text, organisation)), text


def test_headers_read_together_read_as_they_do_alone() -> None:
    rng = random.Random(6)
    headers = [mutated(rng) for _ in range(300)]
    read_together = HeaderReader(organisation).read(list(map(header_of, headers)))
    assert [each.claim() for each in read_together] == [claim_of(parse(header, organisation)) for header in headers]


def test_what_recurs_is_worked_out_once() -> None:
    fresh = HeaderReader(organisation)
    headers = [
        header_of(b"Received: from x.example (x.example [192.0.2.%d]) by mx.firm.example; 1\r\nFrom: a@b.example\r\nSubject: %d\r\n" % (n, n)) for n in (1, 2)
    ]
    first, again = fresh.read(headers)
    assert first.writer is again.writer
    assert first == again


def test_a_reader_that_has_forgotten_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_REMEMBERED", 2)
    fresh = HeaderReader(organisation)
    headers = [b"From: a%d@b.example\r\n" % (n % 5) for n in range(20)]
    assert [read(header, fresh) for header in headers] == [claim_of(parse(header, organisation)) for header in headers]


PARTS = st.sampled_from(
    [
        *(b"; ", b";", b" ", b"=", b"(", b")", b'"', b"\\", b"/", b".", b"/ ", b"\r\n ", b"\t", b"\x1c", b"\xc2\xa0", b"=?utf-8?Q?", b"@", b"x"),
        *(b"mx.example.net", b"mx7.prod.outlook.com", b" 1", b"dmarc=pass", b"dkim", b"spf=pass", b"auth=pass", b"(a)", b'(b "c")', b'"d e"', b'"f"'),
        *(b" header.b=Zz/1", b" header.s=s1", b' header.b="Zz/1"', b' header.b="', b" header.d=x@b.example", b" helo=a.example", b" smtp.mfrom=A.b>", b".n--x"),
        *(b" header.d=a.example.", b" header.i=a.example", b" smtp.client-ip=192.0.2.7", b"\r\n", b"\n", b"\r", b" (", b' header.from="a.example', b"\t"),
        *(b" header.d=a.example", b" header.i=@b.example", b" header.from=x@a.example", b" client-ip=192.0.2.7"),
        *(b" smtp.mailfrom=x=y@a.example", b' smtp.mailfrom="x@b.example"', b" envelope-from=<x@c.example>", b" smtp.helo=d.example", b" receiver=e.example"),
    ]
)


@given(st.lists(PARTS, max_size=25).map(b"".join), st.booleans())
@example(b"mx.example.net; dkim/ header.b=pass", False)
@example(b"mx.example.net; spf= header.b=x pass", False)
@example(b'mx.example.net; dmarc=fail header.from="x (y) header.b=1@-"', False)
@example(b"mx.example.net; spf=pass smtp.mailfrom=a@b@c.example", False)
@example(b"mx.example.net; dkim=pass header.d=a.example; dkim=pass header.d=A.example", False)
@example(b'mx.example.net; dkim=pass reason="a header.d=b.example c" header.d=a.example', False)
@example(b'mx.example.net; dkim=pass header.d="a.example header.i=@b.example"', False)
@example(b"mx.example.net; dkim=pass header.d=x@a.example header.i=@b.example", False)
@example(b"mx.example.net; dkim=pass header.d=a.example\nb", False)
@example(b"mx.example.net; dmarc=pass (a header.from=b.example (c)) header.from=a.example", False)
@example(b"mx.example.net; dkim=pass header.d=0.n--x header.i=@a.example; dkim=fail header.d=1.n--x", False)
@example(b"mx.example.net; dmarc=pass header.from=" + b".".join([b"a" * 63] * 5), False)
@example(b"mx.example.net; spf=pass smtp.mailfrom=(a@b.example) c", False)
def test_what_is_left_out_of_a_field_before_it_is_looked_up_is_nothing_that_counts(value: bytes, fallback: bool) -> None:
    alone = astuple(read_said(value, fallback, organisation))
    assert astuple(SAID.read(value, fallback)) == alone
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(said, "USUAL", 1)
        assert [astuple(TRIED.read(value, fallback)) for _ in range(2)] == [alone, alone]


@given(st.lists(PARTS, max_size=25), st.integers(0, 24), st.lists(PARTS, max_size=3))
@example([b"mx.example.net; dkim", b" header.b=a;"], 1, [b' header.b="a b"'])
@example([b"mx.example.net; dkim=pass", b" header.d=a.example"], 1, [b" header.d=x@b.example"])
@example([b"mx.example.net; spf=pass", b" smtp.mfrom=A.b>", b"\r"], 1, [b" smtp.mfrom=x@b.example"])
def test_what_the_pattern_of_a_form_finds_is_what_taking_apart_finds(parts: list[bytes], at: int, others: list[bytes]) -> None:
    of = b"".join(parts)
    form, names = taken_apart(of)
    if written(form) is None:
        return
    found = pattern_of(form).fullmatch(of)
    assert found
    assert found.groups()[1::2] == names
    for other in (b"".join([*parts[:at], *others, *parts[at + 1 :]]), b"".join([*parts[:at], *others, *parts[at:]])):
        if found := pattern_of(form).fullmatch(other):
            assert taken_apart(other) == (form, found.groups()[1::2])


@pytest.mark.parametrize(
    "value",
    [
        b" mx.example.net;\r\n dkim=pass header.i=@shop.example header.s=%d header.b=%d;\r\n spf=pass (of b-%d@shop.example) smtp.mailfrom=b-%d@shop.example",
        b' mx.example.net; dkim=pass header.d=a.example header.s=s%d header.b=%d; spf=pass (%d) smtp.mailfrom="b+%d=c@a.example"',
        b" Pass (example.net: %d) client-ip=192.0.2.%d; helo=a.example (%d) (%d)",
    ],
)
def test_fields_that_differ_in_nothing_that_counts_are_read_once(value: bytes) -> None:
    assert taken_apart(value % (1, 2, 3, 4)) == taken_apart(value % (5, 6, 7, 8))


@pytest.mark.parametrize(
    "value",
    [
        b' mx.example.net;\r\n dkim=pass (a "b") header.i=@%b header.b="a";\r\n spf=pass smtp.mailfrom="x@%b";\r\n dmarc=pass header.from=%b\r',
        b" Pass (example.net: of %b) client-ip=192.0.2.1; envelope-from=<x@%b>; helo=%b\r",
    ],
)
def test_fields_that_differ_in_their_host_names_have_one_form(value: bytes) -> None:
    first, second = (taken_apart(value % ((name,) * 3)) for name in (b"a.example", b"B.b.example"))
    assert first[0] == second[0]
    assert set(first[1]) == {b"a.example"}
    assert set(second[1]) == {b"B.b.example"}
