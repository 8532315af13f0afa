"""Authentication-Results and its relatives, as the servers of this world write them and as attackers would."""

from __future__ import annotations

import base64
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.mail.authres import MAX_VALUE, AuthRes, any_clauses, parse_authres, parse_dkim_signature, parse_received_spf, usual_clauses
from app.model import Verdict

PASS, FAIL, NONE = Verdict.PASS, Verdict.FAIL, Verdict.NONE


def results(value: bytes) -> list[tuple[str, Verdict]]:
    return [(clause.method, clause.result) for clause in parse_authres(value).clauses]


def dmarc(read: AuthRes) -> list[Verdict]:
    return [clause.result for clause in read.clauses if clause.method == "dmarc"]


FORMS = {
    "google": (
        b"mx.example.net;       dkim=pass header.i=@shop.example header.s=s1 header.b=abCD12eF;\r\n       spf=pass (example.net: domain of"
        b' b+1@mail.shop.example designates 192.0.2.7 as permitted sender) smtp.mailfrom="b+1@mail.shop.example";\r\n'
        b"       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=shop.example",
        "mx.example.net",
        [("dkim", PASS), ("spf", PASS), ("dmarc", PASS)],
    ),
    "microsoft": (
        b"spf=pass (sender IP is 192.0.2.7)\r\n smtp.mailfrom=shop.example; dkim=pass (signature was verified)\r\n header.d=shop.example;dmarc=bestguesspass"
        b" action=none\r\n header.from=shop.example;compauth=pass reason=109",
        "",
        [("spf", PASS), ("dkim", PASS), ("dmarc", Verdict.BEST_GUESS_PASS), ("compauth", PASS)],
    ),
    "microsoft that repeats the recipient's domain": (
        b"spf=fail (sender IP is 192.0.2.7)\r\n smtp.mailfrom=shop.example; firm.example; dkim=none (message not signed)\r\n"
        b" header.d=none;firm.example; dmarc=fail action=oreject\r\n header.from=shop.example;",
        "",
        [("spf", FAIL), ("dkim", NONE), ("dmarc", FAIL)],
    ),
    "rspamd": (
        b'mx.example.net;\r\n\tdkim=pass header.d=shop.example header.s=s1 header.b="Ab/d=";\r\n\tdmarc=pass (policy=quarantine) header.from=shop.example;\r\n'
        b'\tspf=pass (mx.example.net: domain of "b 1"@shop.example designates 2001:db8::1 as permitted sender) smtp.mailfrom="b 1"@shop.example;\r\n'
        b'\tarc=reject ("signature check failed: fail")',
        "mx.example.net",
        [("dkim", PASS), ("dmarc", PASS), ("spf", PASS), ("arc", FAIL)],
    ),
    "opendmarc": (b"mx.example.net; dmarc=fail (p=none dis=none) header.from=shop.example", "mx.example.net", [("dmarc", FAIL)]),
    "opendkim": (
        b'mx.example.net;\r\n\tdkim=fail reason="signature verification failed" (2048-bit key; unprotected) header.d=shop.example'
        b" header.i=@shop.example header.b=abc;\r\n\tdkim-atps=neutral",
        "mx.example.net",
        [("dkim", FAIL), ("dkim-atps", Verdict.NEUTRAL)],
    ),
    "yahoo": (
        b"atlas1.mail.example.net;\r\n dkim=pass header.i=@shop.example header.s=s1;\r\n spf=pass smtp.mailfrom=shop.example;\r\n"
        b" dmarc=success(p=REJECT) header.from=shop.example;",
        "atlas1.mail.example.net",
        [("dkim", PASS), ("spf", PASS), ("dmarc", PASS)],
    ),
    "yahoo of old": (
        b"mta7.mail.example.net  from=shop.example; domainkeys=neutral (no sig);  from=shop.example; dkim=permerror (bad sig)",
        "mta7.mail.example.net",
        [("from", Verdict.UNKNOWN), ("domainkeys", Verdict.NEUTRAL), ("from", Verdict.UNKNOWN), ("dkim", Verdict.PERMERROR)],
    ),
    "zoho": (
        b"mx.example.net;\r\n\tdkim=pass;\r\n\tspf=pass (example.net: domain of shop.example designates 192.0.2.7 as permitted sender) "
        b" smtp.mailfrom=b@shop.example;\r\n\tarc=pass (i=1 dmarc=pass fromdomain=shop.example);\r\n\tdmarc=pass(p=reject dis=none)  header.from=shop.example",
        "mx.example.net",
        [("dkim", PASS), ("spf", PASS), ("arc", PASS), ("dmarc", PASS)],
    ),
    "proton": (b"mail.example.net; arc=none smtp.remote-ip=192.0.2.7", "mail.example.net", [("arc", NONE)]),
    "mimecast": (
        b"relay.example.net;\r\n\tdkim=pass header.d=shop.example header.s=s1 header.b=abc;\r\n\tdmarc=pass (policy=reject) header.from=shop.example;\r\n"
        b"\tspf=pass (relay.example.net: domain of b@shop.example designates 192.0.2.7 as permitted sender) smtp.mailfrom=b@shop.example",
        "relay.example.net",
        [("dkim", PASS), ("dmarc", PASS), ("spf", PASS)],
    ),
    "amazon": (
        b"in.example.net; spf=pass (spfCheck: domain of shop.example designates 192.0.2.7 as permitted sender) client-ip=192.0.2.7;"
        b" envelope-from=b@shop.example; helo=mta.shop.example; dkim=pass header.i=@shop.example; dmarc=none header.from=shop.example;",
        "in.example.net",
        [("spf", PASS), ("dkim", PASS), ("dmarc", NONE)],
    ),
    "nothing was checked": (b"mx.example.net 1; none", "mx.example.net", []),
    "versions": (b"mx.example.net 1; dkim/1=pass header.d=shop.example", "mx.example.net", [("dkim", PASS)]),
    "a quoted id": (b'"mx.example.net"; spf=pass', "mx.example.net", [("spf", PASS)]),
    "white space and comments everywhere": (
        b"(a (nested) one) mx.example.net (x) 1 (y); dkim (z) / (z) 1 (z) = (z) fail policy (.) . (.) expired (=) = (=) 7",
        "mx.example.net",
        [("dkim", FAIL)],
    ),
    "no semicolon behind the id": (b"mx.example.net dkim=pass header.d=shop.example", "mx.example.net", [("dkim", PASS)]),
    "unknown methods, results and properties": (b"mx.example.net; x-new=perhaps x.y=z; iprev=pass policy.iprev=192.0.2.7", "mx.example.net", None),
    "a null reverse-path": (b"mx.example.net; spf=none smtp.mailfrom= smtp.helo=mta.example; dmarc=fail", "mx.example.net", [("spf", NONE), ("dmarc", FAIL)]),
    "octets that are no text": (b"\xff\xfe; spf=pass", "\ufffd\ufffd", [("spf", PASS)]),
    "empty": (b"", "", []),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_known_form_is_understood(form: str) -> None:
    value, server, expected = FORMS[form]
    assert parse_authres(value).authserv_id == server
    if expected is not None:
        assert results(value) == expected


def test_a_property_belongs_to_its_own_clause() -> None:
    first, second = parse_authres(b"mx.example.net; dkim=fail header.d=bank.example; dkim=pass header.d=other.example").clauses
    assert (first.result, first.get("header.d")) == (FAIL, "bank.example")
    assert (second.result, second.get("header.d")) == (PASS, "other.example")


def test_an_empty_value_does_not_swallow_the_next_property() -> None:
    (clause,) = parse_authres(b"mx.example.net; spf=none smtp.mailfrom= smtp.helo=mta.example").clauses
    assert clause.properties == (("smtp.mailfrom", ""), ("smtp.helo", "mta.example"))


def test_a_quoted_value_keeps_what_it_holds() -> None:
    (clause,) = parse_authres(b'mx.example.net; spf=pass smtp.mailfrom="a; dmarc=pass \\"b"@other.example').clauses
    assert clause.get("smtp.mailfrom") == 'a; dmarc=pass "b@other.example'


def test_keys_that_amazon_sets_apart_belong_to_the_spf_clause() -> None:
    assert parse_authres(FORMS["amazon"][0]).clauses[0].get("envelope-from") == "b@shop.example"


def test_the_version_of_a_method_is_no_property() -> None:
    (clause,) = parse_authres(FORMS["white space and comments everywhere"][0]).clauses
    assert clause.properties == (("policy.expired", "7"),)


@pytest.mark.parametrize(
    "value",
    [
        b'mx.example.net; spf=pass ("a) dmarc=pass (b"@evil.example) smtp.mailfrom=evil.example',
        b'mx.example.net; spf=pass (domain of "a); dmarc=pass (b"@evil.example) smtp.mailfrom=evil.example',
        b'mx.example.net; spf=pass smtp.mailfrom="a; dmarc=pass header.from=bank.example; x"@evil.example',
        b"mx.example.net; spf=pass (a \\) ; dmarc=pass (b) ) smtp.mailfrom=evil.example",
        b"mx.example.net; spf=pass ((a) ; dmarc=pass ) smtp.mailfrom=evil.example",
        b"mx.example.net; spf=pass smtp.mailfrom=evil.example dmarc=pass",
        b"mx.example.net; spf=pass (never closed; dmarc=pass",
        b'mx.example.net; spf=pass smtp.mailfrom="never closed; dmarc=pass',
        b'mx.example.net; "dmarc"=pass',
        b'mx.example.net; "dmarc=pass"',
        b"mx.example.net; dmarc (=pass) header.from=bank.example",
        b"dmarc=pass.example.net",
    ],
)
def test_what_a_sender_can_write_is_never_a_dmarc_pass(value: bytes) -> None:
    assert PASS not in dmarc(parse_authres(value))


def test_a_field_that_microsoft_encoded_whole_is_decoded() -> None:
    words = base64.b64encode("spf=pass smtp.mailfrom=shop.example; dmarc=fail header.from=𝗯𝗮𝗻𝗸.example".encode())
    assert results(b"=?utf-8?B?" + words + b"?=") == [("spf", PASS), ("dmarc", FAIL)]


def test_an_encoded_word_inside_a_field_is_not_decoded() -> None:
    words = base64.b64encode(b"; dmarc=pass")
    assert results(b"mx.example.net; spf=pass smtp.mailfrom==?utf-8?B?" + words + b"?=") == [("spf", PASS)]


@pytest.mark.parametrize(
    ("value", "result", "key", "expected"),
    [
        (b'Pass (x: y) client-ip=192.0.2.7; envelope-from="b@shop.example"; receiver=mx.example.net', PASS, "envelope-from", "b@shop.example"),
        (b"pass (example.net: domain of b@shop.example designates 192.0.2.7 as permitted sender) client-ip=192.0.2.7;", PASS, "client-ip", "192.0.2.7"),
        (b"SoftFail (a) receiver=mx.example.net; identity=mailfrom", Verdict.SOFTFAIL, "receiver", "mx.example.net"),
        (b"fail (pass)", FAIL, "receiver", ""),
        (b"receiver=pass", Verdict.UNKNOWN, "receiver", ""),
        (b"", Verdict.UNKNOWN, "receiver", ""),
    ],
)
def test_received_spf_is_read_as_a_clause(value: bytes, result: Verdict, key: str, expected: str) -> None:
    clause = parse_received_spf(value)
    assert (clause.method, clause.result, clause.get(key)) == ("spf", result, expected)


def test_a_signature_says_its_form() -> None:
    read = parse_dkim_signature(b"v=1; a=rsa-sha256; d=Shop.Example; s=S1; t=1700000000; x=1700086400; bh=abc=;\r\n\tb=a b")
    assert (read.domain, read.weak, read.expired) == ("shop.example", False, False)


@pytest.mark.parametrize(
    ("value", "weak", "expired"),
    [
        (b"a=rsa-sha1; d=shop.example", True, False),
        (b"a=rsa-sha256; d=shop.example; l=100", True, False),
        (b"a=rsa-sha256; d=shop.example; t=200; x=100", False, True),
        (b"a=rsa-sha256; d=shop.example; x=100", False, False),
        (b"a=rsa-sha256; d=shop.example; t=\xd9\xa1\xd9\xa2; x=1", False, False),
        (b"a=rsa-sha256; d=shop.example; t=" + b"9" * 5000 + b"; x=1", False, False),
    ],
)
def test_weak_and_expired_signatures_show_without_a_clock(value: bytes, weak: bool, expired: bool) -> None:
    read = parse_dkim_signature(value)
    assert (read.weak, read.expired) == (weak, expired)


def test_signatures_of_thousands_of_tags_leave_nothing_in_memory() -> None:
    whole = [b"d=a%d.example" % n + b";l=9" * 4_000 for n in range(20)]
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        assert {parse_dkim_signature(value).domain for value in whole} == {f"a{n}.example" for n in range(20)}
        assert tracemalloc.get_traced_memory()[0] - before < sum(map(len, whole))
    finally:
        tracemalloc.stop()


PIECES = st.sampled_from(
    [b";", b"=", b"(", b")", b'"', b"\\", b" ", b".", b"/", b"dmarc", b"pass", b"spf", b"header.from", b"=?utf-8?B?", b"?=", b"\xff", b"\r\n "]
)


@given(st.one_of(st.binary(), st.lists(PIECES, max_size=60).map(b"".join)))
def test_no_octets_raise(value: bytes) -> None:
    parse_received_spf(value)
    parse_dkim_signature(value)
    for clause in parse_authres(value).clauses:
        assert isinstance(clause.result, Verdict)
        assert clause.method


FRAGMENTS = st.sampled_from(
    [
        *("; ", ";", " ", "=", "(", ")", '"', "\\", "/", ".", "\xa0", "\x1c", '""', '"never closed', "(never closed", '("a) b")', "(p=none (x) y)"),
        *("mx.example.net", " 1", "dmarc=pass", "spf", "fail", "İ=", "=?utf-8?Q?", "client-ip=1", "header.from=a.example", 'smtp.mailfrom="a b"@c'),
    ]
)


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=40).map("".join)))
@example('mx.example.net; dkim=pass header.i=@a.example; spf=fail (a "b) c") smtp.mailfrom="x;y"@b.example x=""; 1 2/3')
def test_the_fast_way_reads_what_the_careful_way_reads(text: str) -> None:
    usual = usual_clauses(text)
    assert usual is None or usual == any_clauses(text)


WITH_CARE = {"white space and comments everywhere", "octets that are no text", "a quoted id", "a null reverse-path"}


@pytest.mark.parametrize("form", sorted(FORMS.keys() - WITH_CARE))
def test_the_fast_way_reads_what_servers_write(form: str) -> None:
    assert usual_clauses(FORMS[form][0].decode()) is not None


@given(st.text(st.characters(codec="utf-8", exclude_characters='"\\')))
def test_nothing_in_a_quoted_string_is_a_result(inside: str) -> None:
    read = parse_authres(b'mx.example.net; spf=fail smtp.mailfrom="' + inside.encode() + b'"@evil.example; dmarc=fail')
    assert [(clause.method, clause.result) for clause in read.clauses] == [("spf", FAIL), ("dmarc", FAIL)]


def test_what_stands_behind_the_limit_is_not_read() -> None:
    assert results(b"mx.example.net; " + b"x" * MAX_VALUE + b"; dmarc=pass") == []
