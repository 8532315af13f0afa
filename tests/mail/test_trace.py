"""Received lines, as many servers write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.mail.headers import unfolded
from app.mail.trace import Hop, Received, any_hop, any_received, hop_of, parse_received, usual_received

FORMS = {
    "postfix": (
        b"from helo.example (rdns.shop.example [192.0.2.7])\r\n\t(using TLSv1.3 (256/256 bits))\r\n\tby mx.example.net (Postfix) with ESMTPS id 4ABC",
        Received("helo.example", "rdns.shop.example", "192.0.2.7", "mx.example.net", "ESMTPS"),
    ),
    "postfix that found no name": (
        b"from mail.shop.example (unknown [IPv6:2001:db8::7]) by mx.example.net (Postfix) with ESMTP id 4ABC",
        Received("mail.shop.example", "", "2001:db8::7", "mx.example.net", "ESMTP"),
    ),
    "postfix that made the message": (b"by mx.example.net (Postfix, from userid 0)\r\n\tid 4ABC; Mon", Received(by_host="mx.example.net", handed_on=True)),
    "a filter on the same host": (
        b"from mx.example.net (localhost [127.0.0.1]) by mx.example.net (Postfix) with ESMTP",
        Received("mx.example.net", "", "127.0.0.1", "mx.example.net", "ESMTP", True),
    ),
    "sendmail that does not believe the name": (
        b"from mail.shop.example (7.2.0.192.isp.example [192.0.2.7] (may be forged)) by mx.example.net (8.17/8.17) with ESMTP id AA",
        Received("mail.shop.example", "", "192.0.2.7", "mx.example.net", "ESMTP"),
    ),
    "sendmail with ident": (
        b"from mail.shop.example (user@rdns.shop.example [192.0.2.7]) by mx.example.net with ESMTP",
        Received("mail.shop.example", "rdns.shop.example", "192.0.2.7", "mx.example.net", "ESMTP"),
    ),
    "a name with an address in it": (
        b"from helo (10.0.0.1.isp.example [192.0.2.7]) by mx.example.net with ESMTP",
        Received("", "10.0.0.1.isp.example", "192.0.2.7", "mx.example.net", "ESMTP"),
    ),
    "google": (
        b"from mail.shop.example (rdns.shop.example. [192.0.2.7])\r\n        by mx.example.net with ESMTPS id a1-b2.3.2026 for <a@b.example>",
        Received("mail.shop.example", "rdns.shop.example", "192.0.2.7", "mx.example.net", "ESMTPS"),
    ),
    "google inside": (b"by 2002:a05:6402:1:b0:1:2:3 with SMTP id x1csp; Mon", Received(by_host="2002:a05:6402:1:b0:1:2:3", protocol="SMTP", handed_on=True)),
    "exchange": (
        b"from mail.shop.example (192.0.2.7) by A1.mail.example.net (10.1.2.3) with Microsoft SMTP Server (version=TLS1_3) id 15.20.1",
        Received("mail.shop.example", "", "192.0.2.7", "a1.mail.example.net", "MICROSOFT"),
    ),
    "exchange on one host": (
        b"from a1.example.net ([fe80::1:2%4]) by a1.example.net ([fe80::1:2%4]) with mapi id 15.1",
        Received("a1.example.net", "", "", "a1.example.net", "MAPI", True),
    ),
    "exim that found the name": (
        b"from rdns.shop.example ([192.0.2.7] helo=mail.shop.example)\r\n\tby mx.example.net with esmtps (TLS1.3) (Exim 4.97)\r\n\tid 1a-2b-3c",
        Received("rdns.shop.example", "rdns.shop.example", "192.0.2.7", "mx.example.net", "ESMTPS"),
    ),
    "exim that did not": (
        b"from [192.0.2.7] (helo=mail.bank.example) by mx.example.net with esmtp (Exim 4.97)",
        Received("", "", "192.0.2.7", "mx.example.net", "ESMTP"),
    ),
    "the same words without exim": (
        b"from rdns.shop.example ([192.0.2.7] helo=x) by mx.example.net with esmtp",
        Received("rdns.shop.example", "", "192.0.2.7", "mx.example.net", "ESMTP"),
    ),
    "qmail": (
        b"from unknown (HELO mail.shop.example) (192.0.2.7)\r\n  by mx.example.net with SMTP; Mon",
        Received("", "", "192.0.2.7", "mx.example.net", "SMTP"),
    ),
    "qmail's queue": (b"(qmail 12 invoked from network); 7 Sep 2026", Received(handed_on=True)),
    "yahoo": (b"from 192.0.2.7 (EHLO mail.shop.example)\r\n by 10.1.2.3 with SMTPs; Mon", Received("", "", "192.0.2.7", "10.1.2.3", "SMTPS")),
    "delivery": (b"from mx.example.net by store with LMTP id abc", Received("mx.example.net", "", "", "store", "LMTP", True)),
    "a private network": (
        b"from relay (unknown [172.20.1.1]) by mx.example.net with ESMTP",
        Received("", "", "172.20.1.1", "mx.example.net", "ESMTP", True),
    ),
    "a public neighbour of a private network": (
        b"from relay (unknown [172.32.1.1]) by mx.example.net with ESMTP",
        Received("", "", "172.32.1.1", "mx.example.net", "ESMTP"),
    ),
    "empty": (b"", Received(handed_on=True)),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_known_form_is_read(form: str) -> None:
    value, expected = FORMS[form]
    assert parse_received(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        b"from unknown (HELO [10.0.0.1]) (192.0.2.7) by mx.example.net with SMTP",
        b"from [192.0.2.7] (helo=[10.0.0.1]) by mx.example.net with esmtp (Exim 4.97)",
        b"from [192.0.2.7] (port=25 helo=127.0.0.1) by mx.example.net with esmtp (Exim 4.97)",
        b"from [10.0.0.1] (evil.example [192.0.2.7]) by mx.example.net with ESMTP",
        b"from [10.0.0.1] by mx.example.net with ESMTP",
        b"from x ([10.0.0.1]@evil.example [192.0.2.7]) by mx.example.net with ESMTP",
        b'from x (evil.example [192.0.2.7]) (Client CN "[10.0.0.1]") by mx.example.net with ESMTP',
        b"from lmtp (evil.example [192.0.2.7]) by mx.example.net with LMTP",
    ],
)
def test_what_a_client_says_of_itself_does_not_make_it_one_of_ours(value: bytes) -> None:
    assert not parse_received(value).handed_on


def test_a_client_that_calls_itself_by_does_not_hide_who_received() -> None:
    read = parse_received(b"from by (evil.example [192.0.2.7]) by mx.example.net with ESMTP")
    assert (read.by_host, read.ip, read.handed_on) == ("mx.example.net", "192.0.2.7", False)


@given(
    st.one_of(
        st.binary(),
        st.lists(st.sampled_from([b"from", b"by", b"with", b" ", b"(", b")", b"[", b"]", b"1.", b":", b"\\", b'"', b";", b"helo=", b"\xff"])).map(b"".join),
    )
)
def test_no_octets_raise(value: bytes) -> None:
    read = parse_received(value)
    assert len(read.by_host) <= 255


FRAGMENTS = st.sampled_from(
    [
        *("from ", "by ", " with ", " id ", " for ", " via ", ";", " ", "(", ")", '"', "\\", "\xa0", "[", "]", "from", "id("),
        *("from a.example (b.example [192.0.2.7]) by c.example", "(b.example [IPv6:2001:db8::7])", "([192.0.2.7] helo=x)", "(helo [10.0.0.1])"),
        *("(Exim 4.97)", " (Postfix) ", "(TLS (256/256 bits))", "SMTP Server ", "ESMTPSA", "LMTP", "(may be forged)", "192.0.2.7 "),
    ]
)


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=14).map("".join)))
@example("from a.example (b.example [192.0.2.7]) (x [10.0.0.1]) by c.example (Postfix) with ESMTP (TLS (1)) id 4; from z by y")
@example("from a.example (x) ([10.0.0.1]) by c.example with ESMTP id 4")
@example("by c.example with SMTP from z")
def test_the_fast_way_reads_what_the_careful_way_reads(text: str) -> None:
    usual = usual_received(text)
    assert usual is None or usual == any_received(text)


@given(st.one_of(st.binary(), st.lists(FRAGMENTS, max_size=14).map(lambda parts: "".join(parts).encode())))
@example(b"from HELO.example (EHLO=10.0.0.1 [192.0.2.7]) by MX.example. with lmtp id 4")
@example(b"from a.example (x) ([10.0.0.1]) by c.example with ESMTP id 4")
def test_the_outline_of_a_hop_is_that_of_the_whole_reading(value: bytes) -> None:
    whole = parse_received(value)
    assert hop_of(value) == Hop(whole.by_host, whole.handed_on)


@given(
    st.lists(st.one_of(FRAGMENTS, st.sampled_from(["\r\n\t", "\n ", "\r", "\x1c", "[8.8.8.8]) ", "(EHLO [10.1.1.1])", "from a.example ("])), max_size=14).map(
        "".join
    )
)
@example("from a.example (b.example\r\n\t[192.0.2.7])\r\n by c.example (Postfix (x))\r\n\twith ESMTPS\r\n id 4")
@example("from a.example (x-helo [192.0.2.7]) by c.example; x")
@example("from a.example (2603:10a6::1) by c.example (::1) with Microsoft SMTP Server (version=TLS1_2) id 15.20")
def test_the_outline_of_a_hop_is_read_from_a_folded_field_too(text: str) -> None:
    assert hop_of(text.encode()) == any_hop(unfolded(text.encode()))


@pytest.mark.parametrize("form", FORMS)
def test_the_outline_of_a_hop_is_that_of_what_servers_write(form: str) -> None:
    assert hop_of(FORMS[form][0]) == Hop(FORMS[form][1].by_host, FORMS[form][1].handed_on)


@pytest.mark.parametrize("form", ["postfix", "google", "google inside", "exchange", "exim that found the name", "a private network"])
def test_the_fast_way_reads_what_servers_write(form: str) -> None:
    assert usual_received(FORMS[form][0].decode()) == FORMS[form][1]
