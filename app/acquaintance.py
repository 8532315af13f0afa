"""Whom the audited mailbox knows: its people and organisations, learned from proven mail and from whom the owner writes to."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping

from app.model import Authentication, ClaimRecord, Context, Correspondent, Decision, DomainClass, Person, Proof, Trait
from app.people import NameIndex, Organisation, index_of, person_key, words_of

SHORTEST_LABEL = 5
"""Letters of a domain's label from which it is taken as a name that people recognise; shorter ones occur in any text."""
LIST_WRITERS, LIST_SECONDS = 3, 30 * 86_400
"""Different names, and the time over which they wrote, from which a list is known as one."""
_STRANGERS = (DomainClass.SHARED_PROVIDER, DomainClass.SHARED_HOSTING, DomainClass.DISPOSABLE)

Of = Callable[[str], str]
ClassOf = Callable[[str], DomainClass]


def own_organisations(context: Context, organisation: Of) -> set[str]:
    """Who is audited."""
    return {organisation(domain) for domain in context.own_domains}


def names_of(context: Context, people: Mapping[tuple[str, ...], Person], organisation: Of, class_of: ClassOf) -> NameIndex:
    """The names that a message of this audit may not bear without belonging to them."""
    own = own_organisations(context, organisation)
    familiar = set() if context.samples else set(written_organisations(context.correspondents, organisation, class_of)) - own
    familiar |= {r.subject for r in context.decisions if r.decision is Decision.TRUSTED and "@" not in r.subject} - own
    organisations = [*_named_after(own, "own"), *_named_after(familiar, "familiar")]
    brands = context.facts.brands
    known = {domain: organisation(domain) for brand in brands for domain in brand.domains}
    return index_of(brands, organisations, people, known)


def written_organisations(correspondents: Mapping[str, Correspondent], organisation: Of, class_of: ClassOf) -> dict[str, int | None]:
    """The organisations that the owner wrote to, and since when; addresses at shared providers stand for themselves."""
    found: dict[str, list[int]] = defaultdict(list)
    for address, correspondent in correspondents.items():
        times = found[organisation(address.rpartition("@")[2])]
        if correspondent.first_sent is not None:
            times.append(correspondent.first_sent)
    return {domain: min(times, default=None) for domain, times in found.items() if class_of(domain) not in _STRANGERS}


def carrier_of(organisation: str, proof: Proof) -> str:
    """The sending source by its own name, where author and carrier are one too."""
    return organisation if proof.source == "own" else proof.source


def lists_of(proven: Iterable[tuple[ClaimRecord, Proof]], written: Container[str], organisation: Of) -> frozenset[str]:
    """The sending sources that this mailbox knows as mailing lists: they carry the mail of several people, and have long done so or the owner writes there.

    A header that calls itself a list's proves nothing: a forger who writes `List-Post` would be excused from half of the checks.
    """
    writers: dict[str, set[str]] = defaultdict(set)
    times: dict[str, list[int]] = defaultdict(list)
    for record, proof in proven:
        if Trait.LIST in record.claim.traits and proof.source not in ("", "unknown"):
            carrier = carrier_of(organisation(record.claim.domain), proof)
            writers[carrier].add(record.claim.name)
            times[carrier] += [time for time in (record.first_seen, record.last_seen) if time is not None]
    return frozenset(
        carrier
        for carrier, names in writers.items()
        if len(names) >= LIST_WRITERS and (carrier in written or max(times[carrier], default=0) - min(times[carrier], default=0) >= LIST_SECONDS)
    )


def people_of(
    proven: Iterable[tuple[ClaimRecord, Proof]], own: set[str], correspondents: Mapping[str, Correspondent], organisation: Of
) -> dict[tuple[str, ...], Person]:
    """The people whose names proven mail has shown: colleagues at the own domains, and those the owner wrote to.

    A colleague's own address is theirs, else the one seen first: a later one may be that of an impostor whom the owner answered.
    """
    first: dict[tuple[str, ...], tuple[bool, float, str]] = {}
    for record, proof in proven:
        claim = record.claim
        colleague = bool(claim.domain) and organisation(claim.domain) in own
        if not (colleague or claim.address in correspondents) or proof.authentication is not Authentication.AUTHENTICATED:
            continue
        if key := person_key(words_of(claim.name)):
            seen = (not colleague, math.inf if record.first_seen is None else record.first_seen, claim.address)
            first[key] = min(seen, first.get(key, seen))
    return {key: Person(address, not stranger) for key, (stranger, _, address) in first.items()}


def _named_after(domains: Iterable[str], kind: str) -> Iterable[Organisation]:
    """Organisations called like the label of their domain."""
    for domain in sorted(domains):
        label = domain.partition(".")[0]
        if len(label) >= SHORTEST_LABEL and not label.startswith("xn--"):
            words = words_of(label.replace("-", " "))
            if words:
                yield Organisation(label, words, frozenset((domain,)), kind)
