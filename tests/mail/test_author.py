"""Who wrote it: the From field read as RFC 5322 says, and never guessed where receivers differ."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.mail.author import MAX_FOUND, MAX_VALUE, any_author, parse_author, parse_mailboxes, usual_addr_spec, usual_mailbox
from app.model import Author, AuthorStatus

# condition, field, address, display name
WELL_FORMED = [
    ("a bare address", b"sara@firm.example", "sara@firm.example", ""),
    ("an angle address", b"<sara@firm.example>", "sara@firm.example", ""),
    ("a phrase", b"Sara Khalil <sara@firm.example>", "sara@firm.example", "Sara Khalil"),
    ("no space before the angle", b"Sara<sara@firm.example>", "sara@firm.example", "Sara"),
    ("a quoted phrase", b'"Khalil, Sara" <sara@firm.example>', "sara@firm.example", "Khalil, Sara"),
    ("a quoted pair in the name", rb'"Sara \"SK\" Khalil" <sara@firm.example>', "sara@firm.example", 'Sara "SK" Khalil'),
    ("punctuation in quotes", b'" Firm:, " <sara@firm.example>', "sara@firm.example", " Firm:, "),
    ("a dot in the phrase", b"Sara K. Khalil <sara@firm.example>", "sara@firm.example", "Sara K. Khalil"),
    ("capitals in the domain", b"Sara@Firm.EXAMPLE", "Sara@firm.example", ""),
    ("a name in a comment", b"sara@firm.example (Sara Khalil)", "sara@firm.example", "Sara Khalil"),
    ("a comment beside a phrase", b"Sara (sales) <sara@firm.example>", "sara@firm.example", "Sara"),
    ("a nested comment", b"sara@firm.example (a (b (c)) d)", "sara@firm.example", "a (b (c)) d"),
    ("a quoted pair in a comment", rb"Pete(A nice \) chap) <pete(his)@silly.example(host)>", "pete@silly.example", "Pete"),
    ("a comment with an address", b"(ceo@bank.example) <sara@firm.example>", "sara@firm.example", "ceo@bank.example"),
    ("a comment with an angle", b"Sara (<ceo@bank.example>) <sara@firm.example>", "sara@firm.example", "Sara"),
    ("a quoted address as name", b'"ceo@bank.example" <sara@firm.example>', "sara@firm.example", "ceo@bank.example"),
    ("a quoted angle as name", b'"<ceo@bank.example>" <sara@firm.example>', "sara@firm.example", "<ceo@bank.example>"),
    ("a quote that escapes its end", rb'"x\" <ceo@bank.example> " <a@evil.example>', "a@evil.example", 'x" <ceo@bank.example> '),
    ("a quoted local part", b'"sara k"@firm.example', '"sara k"@firm.example', ""),
    ("a needlessly quoted local part", b'"sara"@firm.example', "sara@firm.example", ""),
    ("an at sign in the local part", b'"ceo@bank.example"@evil.example', '"ceo@bank.example"@evil.example', ""),
    ("an angle in the local part", b'<"ceo@bank.example>"@evil.example>', '"ceo@bank.example>"@evil.example', ""),
    ("a quoted pair in the local part", rb'"a\"b"@firm.example', r'"a\"b"@firm.example', ""),
    ("spaces around the at sign", b"sara @ firm.example", "sara@firm.example", ""),
    ("obsolete spaces around dots", b"<sara . k @ firm . example>", "sara.k@firm.example", ""),
    ("an obsolete comment in the domain", b"<jdoe@machine(comment).  example>", "jdoe@machine.example", "comment"),
    ("an obsolete mixed local part", b'"sara".k@firm.example', "sara.k@firm.example", ""),
    ("an obsolete route", b"<@a.example,@b.example:sara@firm.example>", "sara@firm.example", ""),
    ("an obsolete route with gaps", b"Sara <,@a.example, ,@[192.0.2.7] : sara@firm.example>", "sara@firm.example", "Sara"),
    ("obsolete empty list members", b", ,sara@firm.example,", "sara@firm.example", ""),
    ("a folded field", b"Sara\r\n\t<sara@firm.example>", "sara@firm.example", "Sara"),
    ("a group of one", b"Team: sara@firm.example;", "sara@firm.example", "Team"),
    ("a group with a comment", b"Team(x): Sara <sara@(y)firm.example>;", "sara@firm.example", "Team: Sara"),
    ("a domain literal", b"sara@[192.0.2.1]", "sara@[192.0.2.1]", ""),
    ("an IPv6 literal", b"<sara@[IPv6:2001:DB8::1]>", "sara@[ipv6:2001:db8::1]", ""),
    ("a single label", b"root@localhost", "root@localhost", ""),
    ("an underscore in the domain", b"sara@mail_1.firm.example", "sara@mail_1.firm.example", ""),
    ("an A-label", b"sara@XN--MGBH0FB.example", "sara@xn--mgbh0fb.example", ""),
    ("a raw Arabic name", "سارة <sara@firm.example>".encode(), "sara@firm.example", "سارة"),
    ("a raw local part", "سارة@firm.example".encode(), "سارة@firm.example", ""),
    ("an encoded name", b"=?utf-8?B?2LPYp9ix2Kk=?= <sara@firm.example>", "sara@firm.example", "سارة"),
    ("an encoded name in quotes", b'"=?utf-8?Q?Sara?=" <sara@firm.example>', "sara@firm.example", "Sara"),
    ("an encoded name in a comment", b"sara@firm.example (=?utf-8?Q?Sara?=)", "sara@firm.example", "Sara"),
    ("an encoded address as name", b"=?utf-8?Q?ceo=40bank.example?= <a@evil.example>", "a@evil.example", "ceo@bank.example"),
    ("an encoded angle as name", b"=?utf-8?B?PGNlb0BiYW5rLmV4YW1wbGU+?= <a@evil.example>", "a@evil.example", "<ceo@bank.example>"),
    ("a raw at sign in an encoded word", b"=?utf-8?Q?ceo@bank.example,?= <a@evil.example>", "a@evil.example", "ceo@bank.example,"),
    ("a fullwidth at sign", "ceo＠bank.example <a@evil.example>".encode(), "a@evil.example", "ceo＠bank.example"),
    ("a right-to-left override in the name", "\u202eelpmaxe <a@evil.example>".encode(), "a@evil.example", "\u202eelpmaxe"),
    ("an encoded NUL in the name", b"=?utf-8?Q?ceo=40bank.example=00?= <a@evil.example>", "a@evil.example", "ceo@bank.example\0"),
    ("an encoded line end in the name", b"=?utf-8?Q?x=0D=0AFrom:_b?= <a@evil.example>", "a@evil.example", "x\r\nFrom: b"),
    ("a plus-tag", b"sara+news@firm.example", "sara+news@firm.example", ""),
    ("every atext character", b"!#$%&'*+-/=?^_`{|}~@firm.example", "!#$%&'*+-/=?^_`{|}~@firm.example", ""),
]

TOLERATED = [
    ("a comma after a quoted name", b'"Streaming@tv.example", <service@shop.example>', "service@shop.example", "Streaming@tv.example"),
    ("a comma in the name", b"Firm, Inc. <sara@firm.example>", "sara@firm.example", "Firm, Inc."),
    ("a colon in the name", b"FW: Sara <sara@firm.example>", "sara@firm.example", "FW: Sara"),
    ("a lone semicolon", b"sara@firm.example;", "sara@firm.example", ""),
    ("a trailing dot", b"sara@firm.example.", "sara@firm.example", ""),
    ("an angle never closed", b"Sara <sara@firm.example", "sara@firm.example", "Sara"),
    ("an angle never opened", b"sara@firm.example>", "sara@firm.example", ""),
    ("doubled angles", b"Sara <<sara@firm.example>>", "sara@firm.example", "Sara"),
    ("an angle in the name", b"Sara <Sales> <sara@firm.example>", "sara@firm.example", "Sara <Sales>"),
    ("a mailto scheme", b"<mailto:sara@firm.example>", "sara@firm.example", ""),
    ("a quote never closed", b'"Sara <sara@firm.example>', "sara@firm.example", '"Sara'),
    ("a comment never closed", b"Sara (sales <sara@firm.example>", "sara@firm.example", "Sara (sales"),
    ("a parenthesis too many", b"Sara) <sara@firm.example>", "sara@firm.example", "Sara)"),
    ("an address as phrase", b"sara@firm.example <sara@firm.example>", "sara@firm.example", "sara@firm.example"),
    ("another address as phrase", b"ceo@bank.example <a@evil.example>", "a@evil.example", "ceo@bank.example"),
    ("an at sign in the phrase", b"Sara @ Firm <sara@firm.example>", "sara@firm.example", "Sara @ Firm"),
    ("words behind the angle", b"<sara@firm.example> Sara", "sara@firm.example", "Sara"),
    ("words behind a bare address", b"sara@firm.example Sara", "sara@firm.example", "Sara"),
    ("words before a bare address", b"Sara sara@firm.example", "sara@firm.example", "Sara"),
    ("the address twice", b"sara@firm.example, Sara <sara@FIRM.example>", "sara@firm.example", "Sara"),
    ("two dots in the local part", b"sara..k@firm.example", "sara..k@firm.example", ""),
    ("a dot at the end of the local part", b"<sara.@firm.example>", "sara.@firm.example", ""),
    ("a raw name that is not UTF-8", b"Jos\xe9 <jose@firm.example>", "jose@firm.example", "José"),
    ("spaces in an encoded word", b"=?utf-8?Q?Firm, Inc?= <sara@firm.example>", "sara@firm.example", "Firm, Inc"),
    ("a NUL in the name", b"Sa\0ra <sara@firm.example>", "sara@firm.example", "Sa\0ra"),
]

AMBIGUOUS = [
    ("two addresses", b"a@firm.example, b@firm.example"),
    ("two angles", b"<a@firm.example> <b@evil.example>"),
    ("a semicolon between two", b"a@firm.example; b@evil.example"),
    ("an escaped comma between two", rb"<a@firm.example>\,<b@evil.example>"),
    ("a group of two", b"Team: a@firm.example, b@firm.example;"),
    ("a colon between two", b"a@firm.example:b@evil.example"),
    ("three in a row", b"a@firm.example <b@evil.example> c@other.example"),
    ("two bare ones in a row", b"a@firm.example b@evil.example"),
    ("an address behind the angle", b"<a@firm.example> b@evil.example"),
    ("a domain behind the angle", b"<a@firm.example>@evil.example"),
    ("two at signs", b"a@firm.example@evil.example"),
    ("two at signs in the angle", b"<a@firm.example@evil.example>"),
    ("a comma in the angle", b"<a@firm.example,b@evil.example>"),
    ("an angle in the angle", b"<a@firm.example <b@evil.example>>"),
    ("a broken route", b"<@any@evil.example, @:a@firm.example>"),
    ("a NUL in the domain", b"<a@firm.example\0.evil.example>"),
    ("a NUL in the local part", b"<a\0@firm.example>"),
    ("a NUL behind the address", b"a@firm.example\0"),
    ("a NUL between phrase and angle", b"a@firm.example\0 <b@evil.example>"),
    ("a bare CR in the field", b"a@firm.example\rTo: b"),
    ("words behind the domain in the angle", b"<a@firm.example evil.example>"),
    ("a comment that joins labels", b"a@firm.example(c)evil.example"),
    ("an angle without an address", b"ceo@bank.example <ceo>"),
    ("an empty angle", b"ceo@bank.example <>"),
    ("a quote that hides the second", b'own@firm.example" <a@evil.example>'),
    ("a comment that hides the second", b"own@firm.example (x <a@evil.example>"),
    ("a comment with half a quote", b'(x "y) own@firm.example" <a@evil.example>'),
    ("an encoded parenthesis after an address", b"own@firm.example =?utf-8?Q?(?= <a@evil.example> )"),
    ("an encoded comma after an address", b"own@firm.example =?utf-8?Q?,?= <a@evil.example>"),
    ("an angle in an encoded word", b"=?utf-8?Q?x <own@firm.example>?= <a@evil.example>"),
    ("an address with an unreadable one", b"a@firm.example, b@{evil}"),
]

NONE = [
    ("an empty field", b""),
    ("white space", b" \t "),
    ("a null address", b"<>"),
    ("a name only", b"Mail Delivery Subsystem"),
    ("a name and a null address", b'"Support" <>'),
    ("an empty group", b"Undisclosed recipients:;"),
    ("an address in a comment", b"Support (<ceo@bank.example>)"),
    ("an address in quotes", b'"ceo@bank.example"'),
    ("a quoted address in the angle", b'"Support" <"ceo@bank.example">'),
    ("an address in an encoded word", b"=?utf-8?Q?ceo=40bank.example?="),
    ("an encoded word in the angle", b"<=?utf-8?Q?ceo=40bank.example?=>"),
    ("an encoded word as local part", b"=?utf-8?Q?ceo=40bank.example=00?=@evil.example"),
    ("no local part", b"<@bank.example>"),
    ("no domain", b"<ceo@>"),
    ("a quoted domain", b'ceo@"bank.example"'),
    ("a template left unfilled", b"Support <ceo@{domain}>"),
    ("a percent sign in the domain", b"ceo@%bank.example"),
    ("an empty label", b"ceo@bank..example"),
    ("a label of 64 octets", b"ceo@" + b"a" * 64 + b".example"),
    ("a name of 254 octets", b"ceo@" + b"a." * 126 + b"aa"),
    ("a local part without end", b"a" * 513 + b"@bank.example"),
    ("only a fullwidth at sign", "ceo＠bank.example".encode()),
    ("a broken domain literal", b"ceo@[192.0.2.1"),
    ("octets that are no UTF-8 in the domain", b"ceo@b\xe4nk.example"),
]


def _ids(cases: list[tuple[str, bytes]] | list[tuple[str, bytes, str, str]]) -> list[str]:
    return [case[0].replace(" ", "_") for case in cases]


@pytest.mark.parametrize(("_condition", "field", "address", "name"), WELL_FORMED, ids=_ids(WELL_FORMED))
def test_one_author_is_clear(_condition: str, field: bytes, address: str, name: str) -> None:
    author = parse_author([field])
    assert (author.status, author.mailbox and author.mailbox.address) == (AuthorStatus.CLEAR, address)
    assert (author.name, author.malformed) == (name, False)


@pytest.mark.parametrize(("_condition", "field", "address", "name"), TOLERATED, ids=_ids(TOLERATED))
def test_one_author_with_stray_punctuation_is_clear_and_malformed(_condition: str, field: bytes, address: str, name: str) -> None:
    author = parse_author([field])
    assert (author.status, author.mailbox and author.mailbox.address) == (AuthorStatus.CLEAR, address)
    assert (author.name, author.malformed) == (name, True)


@pytest.mark.parametrize(("_condition", "field"), AMBIGUOUS, ids=_ids(AMBIGUOUS))
def test_what_receivers_may_read_differently_is_ambiguous(_condition: str, field: bytes) -> None:
    author = parse_author([field])
    assert author.status is AuthorStatus.AMBIGUOUS
    assert author.mailbox is None


@pytest.mark.parametrize(("_condition", "field"), NONE, ids=_ids(NONE))
def test_no_address_outside_strings_comments_and_words_is_none(_condition: str, field: bytes) -> None:
    author = parse_author([field])
    assert (author.status, author.mailboxes) == (AuthorStatus.NONE, ())


def test_without_a_from_field_there_is_no_author() -> None:
    assert parse_author([]).status is AuthorStatus.NONE


def test_text_without_an_address_is_kept_to_be_shown() -> None:
    assert parse_author([b'"Your Bank" <service>']).name == "Your Bank <service>"


def test_two_from_fields_are_ambiguous_in_either_order() -> None:
    fields = [b"a@evil.example", b"Sara <sara@firm.example>"]
    for values in (fields, fields[::-1]):
        author = parse_author(values)
        assert author.status is AuthorStatus.AMBIGUOUS
        assert {box.domain for box in author.mailboxes} == {"evil.example", "firm.example"}


def test_two_from_fields_with_the_same_address_are_clear_but_malformed() -> None:
    author = parse_author([b"Sara <sara@firm.example>", b"sara@FIRM.example"])
    assert (author.status, author.malformed, author.name) == (AuthorStatus.CLEAR, True, "Sara")


def test_an_empty_from_field_beside_a_full_one_is_ambiguous() -> None:
    assert parse_author([b"", b"sara@firm.example"]).status is AuthorStatus.AMBIGUOUS


def test_several_from_fields_without_an_address_are_none() -> None:
    assert parse_author([b"", b"Support"]).status is AuthorStatus.NONE


def test_the_mailboxes_of_an_ambiguous_author_are_bounded() -> None:
    author = parse_author([b",".join(b"a%d@firm.example" % i for i in range(1000))])
    assert (author.status, len(author.mailboxes)) == (AuthorStatus.AMBIGUOUS, MAX_FOUND)


def test_a_field_that_had_to_be_cut_is_never_clear() -> None:
    for tail in (b"", b".evil.example", b", a@evil.example"):
        author = parse_author([b"(" + b"x" * (MAX_VALUE - 20) + b")sara@firm.example" + b" " * 40 + tail])
        assert author.status is not AuthorStatus.CLEAR


def test_a_raw_idn_becomes_a_labels() -> None:
    author = parse_author(["سارة <sara@شركة.example>".encode()])
    assert author.mailbox is not None
    assert (author.mailbox.domain, author.malformed) == ("xn--" + "شركة".encode("punycode").decode() + ".example", False)


@pytest.mark.parametrize("domain", ["𝐛𝐚𝐧𝐤.example", "ｂank.example", "ba\u200bnkس.example", "bankس。example", "bankس.example\u2028"])
def test_a_domain_that_only_some_programs_map_to_letters_is_malformed(domain: str) -> None:
    author = parse_author([f"Bank <service@{domain}>".encode()])
    assert author.malformed
    assert all(box.domain.isascii() for box in author.mailboxes)


# Sender, Reply-To, To and Return-Path ------------------------------------------------------------------------------


def test_every_mailbox_of_a_list_is_read_with_its_name() -> None:
    boxes = parse_mailboxes(b'Sara <sara@firm.example>, "B, C" <b@x.example>, Team: d@y.example (D);')
    assert [(box.address, box.name) for box in boxes] == [
        ("sara@firm.example", "Sara"),
        ("b@x.example", "B, C"),
        ("d@y.example", "Team"),
    ]


def test_a_list_is_read_up_to_the_limit() -> None:
    value = b",".join(b"a%d@firm.example" % i for i in range(10))
    assert [box.local for box in parse_mailboxes(value, 3)] == ["a0", "a1", "a2"]
    assert parse_mailboxes(value, 0) == ()


def test_what_is_no_address_is_passed_over_in_a_list() -> None:
    assert [box.address for box in parse_mailboxes(b"undisclosed, <>, a@{x}, sara@firm.example")] == ["sara@firm.example"]


def test_half_an_address_at_the_cut_of_a_long_list_is_left_out() -> None:
    value = b"x," * (MAX_VALUE // 2 - 5) + b"ceo@bank.example.evil.example"
    assert parse_mailboxes(value) == ()


# For any octets ----------------------------------------------------------------------------------------------------

_ATEXT = "abcXYZ019!#$%&'*+-/=?^_`{|}~"
_LOCAL = st.lists(st.text(_ATEXT, min_size=1, max_size=12), min_size=1, max_size=4).map(".".join)
_LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
_DOMAIN = st.lists(_LABEL, min_size=1, max_size=5).map(".".join)
_SET_ASIDE = st.sampled_from(
    ["(c)", "(a (b) <x@y.example>)", r"(\) x@y.example)", "\r\n ", " ", "\t", "( , )", '("x@y.example)'],
)
_NAMES = st.sampled_from(
    ['"x@y.example"', r'"\" <x@y.example>"', '"a, b"', "Sara", "=?utf-8?Q?x=40y.example?=", "Sara K. Khalil", '"(" Sara ")"'],
)
_PIECES = st.sampled_from(
    [
        *(bytes((octet,)) for octet in b'<>@(),;:."[]\\ \0\r\n\xffa'),
        *(b"=?", b"?=", b"=?utf-8?Q?", b"b.example", b"a@b.example", b"\r\n ", "＠".encode(), "م".encode()),
    ]
)


@given(st.lists(_PIECES | st.binary(max_size=8), max_size=40).map(b"".join))
def test_no_octets_raise_and_a_clear_author_is_one_mailbox(value: bytes) -> None:
    author = parse_author([value])
    assert (author.status is AuthorStatus.CLEAR) == (author.mailbox is not None)
    assert len(author.mailboxes) <= MAX_FOUND
    for box in (*author.mailboxes, *parse_mailboxes(value)):
        assert box.local
        assert box.domain == box.domain.lower().removesuffix(".")


@given(_LOCAL, _DOMAIN, _NAMES | st.just(""), st.lists(_SET_ASIDE, min_size=6, max_size=6))
def test_comments_and_white_space_do_not_change_the_address(local: str, domain: str, name: str, gaps: list[str]) -> None:
    a, b, c, d, e, f = gaps
    author = parse_author([f"{a}{name} {b}<{c}{local}{d}@{e}{domain}{f}>".encode()])
    assert author.mailbox is not None
    assert author.mailbox.address == f"{local}@{domain}"


@given(_LOCAL, _DOMAIN, _DOMAIN)
def test_an_address_in_front_of_another_is_never_dropped(local: str, one: str, two: str) -> None:
    author = parse_author([f"{local}@{one}, x@{two}".encode()])
    expected = AuthorStatus.CLEAR if (local, one) == ("x", two) else AuthorStatus.AMBIGUOUS
    assert author.status is expected


@given(
    st.lists(st.sampled_from(['"', "a", "b.", " ", "  ", ".", "-", "_", "=", "Sara K.", '"a@b, <c>"', "é", "\t"]), max_size=8).map("".join),
    st.lists(st.sampled_from(["a", "B", ".", "-", "_", "+", "=", " ", '"x y"', "(c)"]), max_size=6).map("".join),
    st.lists(st.sampled_from(["a", "B", "1", ".", "-", "_", "a" * 62, " ", "(c)", "[1]"]), max_size=8).map("".join),
)
@example('"  "', "a", "B.c")
@example('"" ', "a", "c")
@example("", "a", ".".join(["a" * 63] * 4))
def test_the_fast_way_reads_what_the_careful_way_reads(name: str, local: str, domain: str) -> None:
    value = f"{name}<{local}@{domain}>".encode()
    box = usual_mailbox(value)
    assert usual_addr_spec(value) == ((box.local, box.domain) if box else None)
    if box:
        assert any_author(value) == Author(AuthorStatus.CLEAR, (box,), box.name)
        assert parse_mailboxes(b"x@y.example, " + value)[1:] == (box,)


WORDS = st.sampled_from(
    ["=?utf-8?Q?a_b?=", "=?utf-8?B?2LPZhA==?=", "=?x?q?=41?=", "=?utf-8?q?a,b?=", "=?utf-8?q?=2C?=", "=?a?b?", "?=", " ", "  ", "\t", "x", '"q"']
)


@given(st.lists(WORDS, max_size=5).map("".join), st.sampled_from(["<a.b@c.example>", " <A@B>", "a@b.example", "a@b,c@d", "<a@b>x", ""]))
def test_the_fast_way_reads_encoded_words_as_the_careful_way_does(name: str, address: str) -> None:
    value = f"{name}{address}".encode()
    box = usual_mailbox(value)
    assert usual_addr_spec(value) == ((box.local, box.domain) if box else None)
    if box:
        assert any_author(value) == Author(AuthorStatus.CLEAR, (box,), box.name)


@pytest.mark.parametrize(
    "value",
    [
        *(b"Sara K. Khalil <sara@firm.example>", b'"Khalil, Sara" <s.k+1@Firm.example>', b"<sara@firm.example>", b"sara@firm.example"),
        *(b"=?utf-8?B?2LPZhA==?= <sara@firm.example>", b"=?utf-8?Q?Sara_?= =?utf-8?Q?Khalil?= <sara@firm.example>"),
    ],
)
def test_the_fast_way_reads_what_most_programs_write(value: bytes) -> None:
    assert usual_mailbox(value) is not None


_REPEATED = [
    *(b"(", b'"', b"<", b"@", b",", b":", b"[", b".", b" .", b"=?", b"()", b"<>", b"<@", b"@a:", b"a@b,", b"<a@b>"),
    *(b'\\"', b"(\\", b"[\\", b"=?a?q?", b"=?a?q?,", b"\0", b"\xff"),
]


@pytest.mark.parametrize("piece", _REPEATED)
def test_twice_the_octets_take_at_most_about_twice_the_steps(piece: bytes) -> None:
    def read(count: int) -> None:
        parse_author([piece * count])
        parse_mailboxes(piece * count, 1_000_000)

    small, large = _steps(lambda: read(2_000)), _steps(lambda: read(4_000))
    assert large <= 2.2 * small + 200


@pytest.mark.parametrize("piece", _REPEATED)
def test_a_hundred_thousand_octets_of_one_kind_are_never_clear(piece: bytes) -> None:
    assert parse_author([piece * (100_000 // len(piece))]).status is not AuthorStatus.CLEAR


def _steps(work: Callable[[], None]) -> int:
    """How many lines of Python a piece of work runs through."""
    lines = 0

    def count(_frame: object, event: str, _argument: object) -> object:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines
