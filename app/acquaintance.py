"""Whom the audited mailbox knows: its people and organisations, learned from proven mail and from whom the owner writes to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from app.model import Authentication, ClaimRecord, Context, Correspondent, Decision, DomainClass, Proof
from app.people import NameIndex, Organisation, Person, index_of, person_key, words_of

SHORTEST_LABEL = 5
"""Letters of a domain's label from which it is taken as a name that people recognise; shorter ones occur in any text."""
_STRANGERS = (DomainClass.SHARED_PROVIDER, DomainClass.SHARED_HOSTING, DomainClass.DISPOSABLE)

Of = Callable[[str], str]
ClassOf = Callable[[str], DomainClass]


def names_of(context: Context, proven: Sequence[tuple[ClaimRecord, Proof]], organisation: Of, class_of: ClassOf) -> NameIndex:
    """The names that a message of this audit may not bear without belonging to them."""
    own = {organisation(domain) for domain in context.own_domains}
    familiar = set() if context.samples else set(written_organisations(context.correspondents, organisation, class_of)) - own
    familiar |= {r.subject for r in context.decisions if r.decision is Decision.TRUSTED and "@" not in r.subject} - own
    organisations = [*_named_after(own, "own"), *_named_after(familiar, "familiar")]
    brands = context.facts.brands
    known = {domain: organisation(domain) for brand in brands for domain in brand.domains}
    people = {} if context.samples else people_of(proven, own, context.correspondents, organisation)
    return index_of(brands, organisations, people, known)


def written_organisations(correspondents: Mapping[str, Correspondent], organisation: Of, class_of: ClassOf) -> frozenset[str]:
    """The organisations that the owner wrote to; addresses at shared providers stand for themselves."""
    found = {organisation(address.rpartition("@")[2]) for address in correspondents}
    return frozenset(domain for domain in found if class_of(domain) not in _STRANGERS)


def people_of(
    proven: Iterable[tuple[ClaimRecord, Proof]], own: set[str], correspondents: Mapping[str, Correspondent], organisation: Of
) -> dict[tuple[str, ...], Person]:
    """The people whose names proven mail has shown: colleagues at the own domains, and those the owner wrote to."""
    addresses: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    colleagues: set[tuple[str, ...]] = set()
    for record, proof in proven:
        claim = record.claim
        colleague = bool(claim.domain) and organisation(claim.domain) in own
        if not (colleague or claim.address in correspondents) or proof.authentication is not Authentication.AUTHENTICATED:
            continue
        if key := person_key(words_of(claim.name)):
            addresses[key][claim.address] += record.messages
            if colleague:
                colleagues.add(key)
    return {key: Person(frozenset(found), key in colleagues) for key, found in addresses.items()}


def _named_after(domains: Iterable[str], kind: str) -> Iterable[Organisation]:
    """Organisations called like the label of their domain."""
    for domain in sorted(domains):
        label = domain.partition(".")[0]
        if len(label) >= SHORTEST_LABEL and not label.startswith("xn--"):
            words = words_of(label.replace("-", " "))
            if words:
                yield Organisation(label, words, frozenset((domain,)), kind)
