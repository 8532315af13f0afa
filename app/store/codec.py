"""A claim as text for the store, and back. Equal claims give equal text, so its digest is the claim's id in every cache."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import blake2b
from json.encoder import encode_basestring_ascii as _quoted
from typing import TYPE_CHECKING, Any

from app.model import AuthorStatus, Claim, Evidence, Place, Statement, Trait, Verdict

if TYPE_CHECKING:
    from app.mail.said import Said

_BEFORE_EVIDENCE = 7
"""Values of a claim before its evidence, which is the last."""
AUTHOR_DOMAIN = "json_extract(body, '$[2]')"
"""A claim's `domain`, in SQL."""
_STATUSES = {status.value: status for status in AuthorStatus}
_VERDICTS: dict[str | None, Verdict | None] = {None: None, **{verdict.value: verdict for verdict in Verdict}}
_PLACES = {place.value: place for place in Place}
_value_at = json.JSONDecoder().raw_decode
_text_of = json.JSONEncoder(separators=(",", ":")).encode
_BOOLEANS = ("false", "true")


def encode_claim(claim: Claim) -> tuple[str, str]:
    """(id of 32 hexadecimal digits, text)."""
    author = author_text(claim.status, claim.address, claim.domain, claim.name)
    text = claim_text(author, claim.reply_to, claim.written_by, traits_text(claim.traits), evidence_text(claim.evidence))
    return digest_of(text), text


def claim_text(author: str, reply_to: str, written_by: str, traits: str, evidence: str) -> str:
    """A claim's text, of parts that many claims have in common: the texts of the author, the traits and the evidence."""
    return f"[{author},{_quoted(reply_to)},{_quoted(written_by)},{traits},{evidence}]"


def author_text(status: AuthorStatus, address: str, domain: str, name: str) -> str:
    return f'"{status}",{_quoted(address)},{_quoted(domain)},{_quoted(name)}'


def traits_text(traits: Sequence[Trait]) -> str:
    return _text_of(traits)


def evidence_text(evidence: Evidence) -> str:
    said = [statement_text(said_text(s), s.place, s.hops_above, s.foreign_above, s.inside) for s in evidence.statements]
    return text_of_evidence(evidence.receiver, said, evidence.signatures, evidence.client, evidence.internal)


def text_of_evidence(receiver: str, statements: Iterable[str], signatures: Sequence[str], client: str, internal: bool) -> str:
    """Of parts, as `statement_text` gives them."""
    signed = ",".join(map(_quoted, signatures))
    return f"[{_quoted(receiver)},[{','.join(statements)}],[{signed}],{_quoted(client)},{_BOOLEANS[internal]}]"


def statement_text(said: tuple[str, str], place: Place, above: int, foreign: bool, inside: bool) -> str:
    server, rest = said
    return f'[{server},"{place}",{above},{_BOOLEANS[foreign]},{_BOOLEANS[inside]},{rest}'


def said_text(said: Said | Statement) -> tuple[str, str]:
    """The text of a statement before and behind what tells where it stands; many have both in common."""
    return _quoted(said.server), _text_of([said.dmarc, said.dmarc_domain, said.spf, said.mail_from, said.dkim, said.arc, said.submitted, said.fallback])[1:]


def digest_of(text: str) -> str:
    """A claim's id follows from its text, so a text that was changed on the disk is found out."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def decoder() -> Callable[[str], Claim]:
    """What reads claims back. Many have parts in common: equal evidence is read once and becomes one object, and so does equal text."""
    evidence_of, traits_of = cache(_evidence), cache(_traits)
    texts: dict[str, str] = {}
    one = texts.setdefault

    def decode(text: str) -> Claim:
        values, end = [], 0
        for _ in range(_BEFORE_EVIDENCE):
            value, end = _value_at(text, end + 1)
            values.append(value)
        status, address, domain, name, reply_to, written_by, traits = values
        return Claim(
            status=_STATUSES[status],
            address=one(address, address),
            domain=one(domain, domain),
            name=one(name, name),
            reply_to=one(reply_to, reply_to),
            written_by=one(written_by, written_by),
            traits=traits_of(*traits),
            evidence=evidence_of(text[end + 1 : -1]),
        )

    return decode


def decode_author(text: str) -> tuple[str, str, str]:
    """(author domain, address, display name) of a claim's text, of which the rest is not read."""
    _, end = _value_at(text, 1)
    address, end = _value_at(text, end + 1)
    domain, end = _value_at(text, end + 1)
    return domain, address, _value_at(text, end + 1)[0]


def _traits(*values: str) -> tuple[Trait, ...]:
    return tuple(map(Trait, values))


def _evidence(text: str) -> Evidence:
    receiver, statements, signatures, client, internal = json.loads(text)
    return Evidence(receiver, tuple(map(_restored, statements)), tuple(signatures), client, internal)


def _restored(row: list[Any]) -> Statement:
    server, place, hops, foreign, inside, dmarc, dmarc_domain, spf, mail_from, dkim, arc, submitted, fallback = row
    return Statement(
        server=server,
        place=_PLACES[place],
        hops_above=hops,
        foreign_above=foreign,
        dmarc=_VERDICTS[dmarc],
        dmarc_domain=dmarc_domain,
        spf=_VERDICTS[spf],
        mail_from=mail_from,
        dkim=tuple([(Verdict(verdict), domain) for verdict, domain in dkim]),
        arc=_VERDICTS[arc],
        submitted=submitted,
        fallback=fallback,
        inside=inside,
    )
