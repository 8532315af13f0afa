"""What a header reports, before anybody is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.layout import MAX_STATEMENTS
from app.model import Evidence, Place, Statement, Verdict
from tests.mail.headers_as_received import DELIVERY, EVIL, GENUINE, Field, evidence, fastmail, gmail, microsoft, milter, received, results

PASS, FAIL, NONE = Verdict.PASS, Verdict.FAIL, Verdict.NONE


def only(read: Evidence) -> Statement:
    (statement,) = read.statements
    return statement


def said(text: str) -> Statement:
    return only(evidence(results(f"mx.firm.example; {text}"), received("mx.firm.example")))


@pytest.mark.parametrize(
    ("read", "place", "inside"),
    [
        (milter(GENUINE), Place.TOP, True),
        (milter(GENUINE, server="firm.example"), Place.RECEIVER, True),
        (milter(GENUINE, server="evil.example"), Place.ELSEWHERE, True),
        (milter(GENUINE, server="m.example"), Place.ELSEWHERE, True),
        (gmail(GENUINE), Place.NEAR, False),
        (evidence(DELIVERY, results(f"mx.firm.example; {GENUINE}"), received("mx.firm.example")), Place.NEAR, True),
        (evidence(received("mx.firm.example"), results(f"mx.firm.example; {GENUINE}")), Place.TOP, False),
        (evidence(results(f"mx.firm.example; {GENUINE}")), Place.ELSEWHERE, False),
        (evidence(received("mx.firm.example"), received("mail.shop.example"), results(f"mail.shop.example; {GENUINE}")), Place.ELSEWHERE, False),
    ],
)
def test_where_a_field_stands_is_told_by_the_received_lines(read: Evidence, place: Place, inside: bool) -> None:
    assert (only(read).place, only(read).inside) == (place, inside)


def test_lines_below_another_organisations_are_marked() -> None:
    read = evidence(received("mx.firm.example"), results("a.example; spf=pass"), received("mail.shop.example"), results("mx.firm.example; spf=pass"))
    assert [(s.hops_above, s.foreign_above) for s in read.statements] == [(1, False), (2, True)]


@pytest.mark.parametrize(
    ("read", "receiver"),
    [
        (milter(GENUINE), "firm.example"),
        (gmail(GENUINE), "google.com"),
        (microsoft(GENUINE), "outlook.com"),
        (fastmail([GENUINE]), "messagingengine.com"),
        (evidence(received("localhost", "localhost ([127.0.0.1])"), received("mx.firm.example")), "firm.example"),
        (evidence(received("docker1", "mail.shop.example (mail.shop.example [192.0.2.7])"), received("mail.shop.example")), ""),
        (evidence(), ""),
    ],
)
def test_the_receiver_is_who_wrote_the_top(read: Evidence, receiver: str) -> None:
    assert read.receiver == receiver


def test_below_a_nameless_receiver_everything_is_foreign() -> None:
    read = evidence(received("docker1", EVIL), received("docker1"), results("docker1; dmarc=pass"))
    assert only(read).foreign_above


def test_the_providers_inner_hosts_are_one_organisation() -> None:
    assert not any(s.foreign_above for s in microsoft(GENUINE).statements)


def test_clauses_are_digested() -> None:
    read = said(
        "dkim=fail header.d=Shop.Example; dkim=pass header.i=@mail.shop.example; dkim=pass header.i=@mail.shop.example;"
        " spf=softfail smtp.mailfrom=<b@Bounce.shop.example>; dmarc=pass header.from=shop.example; arc=pass; auth=pass smtp.auth=a"
    )
    assert read.dkim == ((FAIL, "shop.example"), (PASS, "mail.shop.example"))
    assert (read.spf, read.mail_from) == (Verdict.SOFTFAIL, "bounce.shop.example")
    assert (read.dmarc, read.dmarc_domain, read.arc, read.submitted) == (PASS, "shop.example", PASS, True)


@pytest.mark.parametrize(
    ("text", "mail_from"),
    [
        ('smtp.mailfrom="b@bank.example"@evil.example', "evil.example"),
        ("smtp.mailfrom=<> smtp.helo=mta.shop.example", "mta.shop.example"),
        ("smtp.mailfrom= smtp.helo=mta.shop.example", "mta.shop.example"),
        ("smtp.mfrom=b@shop.example", "shop.example"),
        ("smtp.mailfrom=bücher.example", "xn--bcher-kva.example"),
        ("smtp.mailfrom=shop..example", ""),
    ],
)
def test_the_reverse_path_gives_its_domain(text: str, mail_from: str) -> None:
    assert said(f"spf=pass {text}").mail_from == mail_from


def test_the_reverse_path_goes_before_the_helo_name() -> None:
    read = said("spf=fail smtp.helo=mta.shop.example; spf=pass smtp.mailfrom=b@shop.example")
    assert (read.spf, read.mail_from) == (PASS, "shop.example")


def test_no_signature_is_no_signer() -> None:
    assert said("dkim=none header.d=none").dkim == ((NONE, ""),)


def test_of_two_answers_to_one_question_the_cautious_counts() -> None:
    read = said("dmarc=pass header.from=bank.example; dmarc=fail header.from=bank.example")
    assert read.dmarc is FAIL


def test_an_unreadable_author_domain_is_not_an_absent_one() -> None:
    assert said("dmarc=pass header.from=a_b..c").dmarc_domain == "a_b..c"


def test_received_spf_is_a_fallback() -> None:
    read = only(evidence(received("mx.firm.example"), (b"received-spf", b"Pass (x) receiver=mx.firm.example; envelope-from=b@shop.example")))
    assert (read.fallback, read.server, read.spf, read.mail_from) == (True, "mx.firm.example", PASS, "shop.example")


def test_the_number_of_statements_is_bounded() -> None:
    assert len(evidence(*[results("mx.firm.example; spf=pass")] * 100).statements) == MAX_STATEMENTS


def test_hosts_that_take_turns_give_equal_evidence() -> None:
    assert fastmail([GENUINE], "mx3") == fastmail([GENUINE], "mx11")


def test_what_is_unique_to_a_message_is_left_out() -> None:
    one = milter("spf=none", "a1.shop.example (a1.shop.example [192.0.2.7])")
    other = milter("spf=none", "b22.shop.example (b22.shop.example [192.0.2.200])")
    assert one == other


@pytest.mark.parametrize(
    ("read", "client"),
    [
        (milter("spf=none"), "shop.example"),
        (milter("spf=none", "x (unknown [192.0.2.7])"), "192.0.2.0/24"),
        (milter("spf=none", "x (unknown [IPv6:2001:db8:1:2::7])"), "2001:db8:1::/48"),
        (microsoft("spf=none"), "192.0.2.0/24"),
        (evidence(DELIVERY, received("mx.firm.example")), "shop.example"),
        (evidence(received("mx.firm.example", EVIL), received("mx.firm.example")), "evil.example"),
        (milter(GENUINE), ""),
        (milter("spf=none", "x (unknown [1.2.3.4.5])"), ""),
        (evidence(), ""),
    ],
)
def test_the_client_is_who_connected_to_the_receiver(read: Evidence, client: str) -> None:
    assert read.client == client


def test_a_pass_below_foreign_lines_does_not_hide_the_client() -> None:
    read = evidence(received("mx.firm.example", EVIL), received("mail.bank.example"), results(f"mx.bank.example; {GENUINE}"))
    assert read.client == "evil.example"


SUBMITTED = received("mail.firm.example", "laptop (dsl.isp.example [198.51.100.4])", "ESMTPSA")


@pytest.mark.parametrize(
    "fields",
    [
        [SUBMITTED],
        [received("store.firm.example", "mail.firm.example ([10.0.0.5])", "LMTP"), SUBMITTED],
        [received("mx.firm.example", "mail.firm.example (mail.firm.example [192.0.2.50])"), SUBMITTED],
        [received("mx.firm.example", "localhost (localhost [127.0.0.1])"), SUBMITTED],
        [(b"received", b"by mail.firm.example (Postfix, from userid 0) id 4XyZ; Mon")],
    ],
)
def test_a_path_that_never_left_is_internal(fields: list[Field]) -> None:
    assert evidence(*fields).internal


@pytest.mark.parametrize(
    "fields",
    [
        [received("mx.firm.example")],
        [received("mx.firm.example", EVIL), SUBMITTED],
        [received("mx.firm.example", "mail.firm.example (unknown [203.0.113.9])"), SUBMITTED],
        [received("mx.firm.example", "pool.firm.example (pool.firm.example [203.0.113.9])"), SUBMITTED],
        [received("mx.firm.example", "pool.firm.example (pool.firm.example [203.0.113.9])")],
        [received("mx.firm.example", "scan ([10.0.0.9])")],
        [received("mx.firm.example", "mail.shop.example (localhost [127.0.0.1])")],
        [received("mx.firm.example", "", "ESMTP")],
        [received("docker1", EVIL), SUBMITTED],
        [received("mx.google.com", "phone (dsl.isp.example. [198.51.100.4])", "ESMTPSA")],
        [SUBMITTED, received("mail.shop.example", "laptop (dsl.isp.example [198.51.100.4])", "ESMTPSA")],
        [],
    ],
)
def test_a_path_that_may_have_come_from_outside_is_not_internal(fields: list[Field]) -> None:
    assert not evidence(*fields).internal


NAMES = st.sampled_from([b"received", b"authentication-results", b"received-spf", b"dkim-signature", b"from"])
VALUES = st.one_of(
    st.binary(), st.lists(st.sampled_from([b"from a.example ", b"([10.0.0.1])", b"by mx.firm.example ", b"; ", b"spf=pass ", b"@", b"\xff"])).map(b"".join)
)


@given(st.lists(st.tuples(NAMES, VALUES)))
def test_no_fields_raise(fields: list[Field]) -> None:
    evidence(*fields)
