"""The truth table: what believed statements establish about a claim."""

from __future__ import annotations

from itertools import product

import pytest

from app.mail.proof import prove
from app.model import Authentication, AuthorStatus, Claim, Evidence, How, Place, Proof, Statement, Verdict
from tests.mail.headers_as_received import organisation

AUTHENTICATED, FAILED, NOT_ESTABLISHED = Authentication.AUTHENTICATED, Authentication.FAILED, Authentication.NOT_ESTABLISHED
PASS, FAIL, NONE, GUESS = Verdict.PASS, Verdict.FAIL, Verdict.NONE, Verdict.BEST_GUESS_PASS
ERRORS = (Verdict.TEMPERROR, Verdict.PERMERROR, Verdict.POLICY, Verdict.NEUTRAL, Verdict.SOFTFAIL, Verdict.UNKNOWN)


def claim(status: AuthorStatus = AuthorStatus.CLEAR, *, client: str = "", internal: bool = False, domain: str = "news.shop.example") -> Claim:
    clear = status is AuthorStatus.CLEAR
    return Claim(status, f"a@{domain}" if clear else "", domain if clear else "", evidence=Evidence("firm.example", client=client, internal=internal))


def statement(
    dmarc: Verdict | None = None,
    spf: Verdict | None = None,
    mail_from: str = "",
    dkim: tuple[tuple[Verdict, str], ...] = (),
    *,
    dmarc_domain: str = "news.shop.example",
    submitted: bool = False,
) -> Statement:
    return Statement("mx.firm.example", Place.TOP, 0, False, dmarc, dmarc_domain, spf, mail_from, dkim, submitted=submitted)


def proof(*statements: Statement, of: Claim | None = None) -> Proof:
    return prove(of or claim(), statements, organisation)


ALIGNED_DKIM = ((PASS, "mail.shop.example"),)
OTHER_DKIM = ((PASS, "sender.example"),)

TABLE = [
    # dmarc said pass or fail: nothing else matters
    (statement(PASS), AUTHENTICATED, How.REPORTED),
    (statement(PASS, FAIL, "shop.example"), AUTHENTICATED, How.REPORTED),
    (statement(FAIL), FAILED, How.REPORTED),
    (statement(FAIL, PASS, "shop.example", ALIGNED_DKIM), FAILED, How.REPORTED),
    # dmarc absent, none or bestguesspass: an aligned pass proves
    *[(statement(dmarc, dkim=ALIGNED_DKIM), AUTHENTICATED, How.COMPUTED) for dmarc in (None, NONE, GUESS)],
    *[(statement(dmarc, PASS, "bounce.shop.example"), AUTHENTICATED, How.COMPUTED) for dmarc in (None, NONE, GUESS)],
    (statement(None, FAIL, "shop.example", ALIGNED_DKIM), AUTHENTICATED, How.COMPUTED),
    (statement(None, dkim=((FAIL, "shop.example"), (PASS, "shop.example"))), AUTHENTICATED, How.COMPUTED),
    # without one they prove nothing
    *[(statement(dmarc, PASS, "sender.example", OTHER_DKIM), NOT_ESTABLISHED, How.NONE) for dmarc in (None, NONE, GUESS)],
    # an error of the checking server is neither
    *[(statement(dmarc, PASS, "shop.example", ALIGNED_DKIM), NOT_ESTABLISHED, How.NONE) for dmarc in ERRORS],
    # spf=fail condemns where nobody evaluated DMARC and the reverse-path is the author's
    (statement(None, FAIL, "shop.example"), FAILED, How.COMPUTED),
    (statement(None, FAIL, "sender.example"), NOT_ESTABLISHED, How.NONE),
    (statement(None, FAIL, ""), NOT_ESTABLISHED, How.NONE),
    (statement(NONE, FAIL, "shop.example"), NOT_ESTABLISHED, How.NONE),
    *[(statement(None, spf, "shop.example"), NOT_ESTABLISHED, How.NONE) for spf in (NONE, *ERRORS)],
    # dkim=fail alone says nothing (RFC 6376 section 6.1)
    (statement(None, dkim=((FAIL, "shop.example"),)), NOT_ESTABLISHED, How.NONE),
    # the border saw the client log in
    (statement(submitted=True), AUTHENTICATED, How.INTERNAL),
    (statement(FAIL, submitted=True), FAILED, How.REPORTED),
    # another author domain was checked
    (statement(PASS, dmarc_domain="other.example"), NOT_ESTABLISHED, How.NONE),
    (statement(PASS, dmarc_domain="shop.example"), NOT_ESTABLISHED, How.NONE),
    (statement(FAIL, dmarc_domain="other.example"), NOT_ESTABLISHED, How.NONE),
    (statement(PASS, dmarc_domain=""), AUTHENTICATED, How.REPORTED),
]


@pytest.mark.parametrize(("said", "authentication", "how"), TABLE)
def test_the_truth_table(said: Statement, authentication: Authentication, how: How) -> None:
    read = proof(said)
    assert (read.authentication, read.how) == (authentication, how)


def test_nothing_believed_establishes_nothing() -> None:
    assert proof() == Proof(NOT_ESTABLISHED, How.NONE, source="unknown")


@pytest.mark.parametrize("status", [AuthorStatus.AMBIGUOUS, AuthorStatus.NONE])
def test_a_claim_without_one_author_is_never_established(status: AuthorStatus) -> None:
    for dmarc, domain in product((PASS, FAIL, None), ("", "news.shop.example")):
        read = proof(statement(dmarc, PASS, "shop.example", ALIGNED_DKIM, dmarc_domain=domain, submitted=True), of=claim(status, internal=True))
        assert (read.authentication, read.how, read.proof) == (NOT_ESTABLISHED, How.NONE, ())


def test_an_internal_path_proves_without_any_statement() -> None:
    read = proof(of=claim(internal=True))
    assert (read.authentication, read.how, read.source) == (AUTHENTICATED, How.INTERNAL, "own")


def test_a_reported_failure_goes_before_an_internal_path() -> None:
    assert proof(statement(FAIL), of=claim(internal=True)).authentication is FAILED


def test_several_fields_of_the_border_are_one_answer() -> None:
    read = proof(statement(dkim=ALIGNED_DKIM), statement(None, PASS, "shop.example"), statement(PASS))
    assert (read.authentication, read.proof) == (AUTHENTICATED, ("dkim:mail.shop.example", "spf:shop.example"))
    assert (read.dkim, read.spf, read.dmarc) == (PASS, PASS, PASS)


def test_proof_names_only_what_is_aligned_and_passed() -> None:
    read = proof(statement(PASS, FAIL, "shop.example", ((PASS, "sender.example"), (FAIL, "shop.example"), (PASS, "shop.example"))))
    assert read.proof == ("dkim:shop.example",)


def test_a_name_that_merely_ends_alike_is_not_aligned() -> None:
    assert proof(statement(None, PASS, "myshop.example", ((PASS, "notshop.example"),))).proof == ()


@pytest.mark.parametrize(
    ("said", "client", "source"),
    [
        (statement(PASS, PASS, "shop.example", ALIGNED_DKIM), "", "own"),
        (statement(PASS, PASS, "shop.example", (*ALIGNED_DKIM, *OTHER_DKIM)), "", "sender.example"),
        (statement(PASS, PASS, "b1.other.example", ((PASS, "shop.example"), (FAIL, "sender.example"))), "", "other.example"),
        (statement(NONE, PASS, "b1.other.example", ((PASS, "x.sender.example"), (PASS, "third.example"))), "", "sender.example"),
        (statement(None, FAIL, "other.example"), "isp.example", "isp.example"),
        (statement(None, NONE, "other.example"), "192.0.2.0/24", "192.0.2.0/24"),
        (statement(None, NONE), "shop.example", "own"),
        (statement(None, NONE), "", "unknown"),
    ],
)
def test_the_source_is_who_carried_it(said: Statement, client: str, source: str) -> None:
    assert proof(said, of=claim(client=client)).source == source


@pytest.mark.parametrize(
    ("dkim", "expected"),
    [
        ((), None),
        (((FAIL, "shop.example"), (PASS, "shop.example")), PASS),
        (((PASS, "sender.example"), (FAIL, "shop.example")), FAIL),
        (((Verdict.NEUTRAL, "sender.example"), (PASS, "third.example")), Verdict.NEUTRAL),
        (((NONE, ""),), NONE),
    ],
)
def test_the_dkim_shown_is_the_aligned_one(dkim: tuple[tuple[Verdict, str], ...], expected: Verdict | None) -> None:
    assert proof(statement(dkim=dkim)).dkim is expected
