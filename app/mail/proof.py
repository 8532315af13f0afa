"""The truth table: what the believed statements establish about one claim. Not established is not failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.model import Authentication, AuthorStatus, Claim, How, Proof, Statement, Verdict

_OPEN = (None, Verdict.NONE, Verdict.BEST_GUESS_PASS)
"""DMARC results that leave the question to aligned DKIM and SPF passes."""


def prove(claim: Claim, statements: Sequence[Statement], organisation: Callable[[str], str]) -> Proof:
    """Apply the believed statements to the claim. Alignment that Nitaq computes is relaxed (RFC 7489 section 3.1) and offline."""
    author = organisation(claim.domain) if claim.domain else ""
    dmarc = next((s.dmarc for s in statements if s.dmarc and s.dmarc_domain in ("", claim.domain)), None)
    spf, mail_from = next(((s.spf, s.mail_from) for s in statements if s.spf), (None, ""))
    dkim = tuple(dict.fromkeys(pair for s in statements for pair in s.dkim))
    aligned_spf = bool(author and mail_from) and organisation(mail_from) == author
    aligned = [(verdict, domain) for verdict, domain in dkim if author and domain and organisation(domain) == author]
    proof = [f"dkim:{domain}" for verdict, domain in aligned if verdict is Verdict.PASS]
    if aligned_spf and spf is Verdict.PASS:
        proof.append(f"spf:{mail_from}")
    inside = claim.evidence.internal or any(s.submitted for s in statements)
    authentication, how = _judge(claim.status, dmarc, spf if aligned_spf else None, bool(proof), inside)
    source = "own" if how is How.INTERNAL else _source(claim, author, dkim, spf, mail_from, bool(proof), organisation)
    return Proof(
        authentication=authentication,
        how=how,
        proof=tuple(proof),
        source=source,
        spf=spf,
        dkim=_summary(aligned, dkim),
        dmarc=dmarc,
        arc=next((s.arc for s in statements if s.arc), None),
    )


def _judge(status: AuthorStatus, dmarc: Verdict | None, aligned_spf: Verdict | None, proven: bool, inside: bool) -> tuple[Authentication, How]:
    if status is not AuthorStatus.CLEAR:
        return Authentication.NOT_ESTABLISHED, How.NONE
    if dmarc is Verdict.PASS:
        return Authentication.AUTHENTICATED, How.REPORTED
    if dmarc is Verdict.FAIL:
        return Authentication.FAILED, How.REPORTED
    if dmarc in _OPEN and proven:
        return Authentication.AUTHENTICATED, How.COMPUTED
    if inside:
        return Authentication.AUTHENTICATED, How.INTERNAL
    if dmarc is None and aligned_spf is Verdict.FAIL:
        return Authentication.FAILED, How.COMPUTED
    return Authentication.NOT_ESTABLISHED, How.NONE


def _source(
    claim: Claim,
    author: str,
    dkim: Sequence[tuple[Verdict, str]],
    spf: Verdict | None,
    mail_from: str,
    proven: bool,
    organisation: Callable[[str], str],
) -> str:
    for verdict, domain in dkim:
        if verdict is Verdict.PASS and domain and organisation(domain) != author:
            return organisation(domain)
    if spf is Verdict.PASS and mail_from and organisation(mail_from) != author:
        return organisation(mail_from)
    client = claim.evidence.client
    if proven or (client and client == author):
        return "own"
    return client or "unknown"


def _summary(aligned: Sequence[tuple[Verdict, str]], dkim: Sequence[tuple[Verdict, str]]) -> Verdict | None:
    """The best of the aligned signatures, for one that passes is enough (RFC 6376 section 6.1); else the first of any."""
    if any(verdict is Verdict.PASS for verdict, _ in aligned):
        return Verdict.PASS
    return next((verdict for verdict, _ in (*aligned, *dkim)), None)
