"""Does a name resemble another one: an own domain, a partner's, a widely imitated brand's? Pure; names are lower-case A-labels.

Compared is the label before the public suffix, so that a look-alike is found under any ending. Each target is indexed by how it looks
(UTS #39), by its neighbourhood of one edit (optimal string alignment), and as a part of longer names, so that a look-up costs the same
with ten targets or with a thousand. A resemblance is an observation: what it weighs is for the checks, which know proof and history.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from app.decisions import in_force, is_due
from app.domains import to_unicode
from app.lookalike.lures import is_lure
from app.lookalike.skeleton import skeleton
from app.model import Brand, Context, Decision, Direction, DomainClass
from app.patterns import base_of

SHORTEST, SHORTEST_NAME = 3, 4
"""Letters of a label from which it is found among lures (dhl-tracking), and from which it is compared as a whole: three letters are everywhere."""
SHORTEST_TYPO = 6
"""… from which any single edit counts: five letters have too many honest neighbours (acast and avast)."""
SHORTEST_PART = 8
"""… from which it is recognised anywhere in a longer name; shorter ones as a word between hyphens, or joined with a lure."""
_GUARDED = frozenset("gov mil gouv gob govt gub edu int".split())
"""Top or second levels under which only states and schools register."""

OrganisationOf = Callable[[str], str]
ClassOf = Callable[[str], DomainClass]


class Kind(StrEnum):
    """Whose name is resembled, the nearest first."""

    OWN = "own"
    AUTHORISED = "authorised"
    TRUSTED = "trusted"
    CORRESPONDENT = "correspondent"
    BRAND = "brand"


_KINDS = tuple(Kind)


class Way(StrEnum):
    """How one name resembles another."""

    CONFUSABLE = "confusable"
    TYPO = "typo"
    BITFLIP = "bitflip"
    TLD = "tld"
    COMBINATION = "combination"
    SUBDOMAIN = "subdomain"
    LOCAL_PART = "local_part"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """One name that another looks like."""

    resembles: str
    """The registrable domain that is resembled."""
    kind: Kind
    how: Way


def is_sibling(resemblance: Resemblance, organisation: str) -> bool:
    """The same label under another ending or as a rented name: the organisation's own other name as often as an impostor's."""
    return resemblance.how in (Way.TLD, Way.SUBDOMAIN) and organisation.partition(".")[0] == resemblance.resembles.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Target:
    """A name that may be imitated."""

    domain: str
    kind: Kind
    label: str
    """What is compared: the domain's first label, or a name that the organisation is called by; empty where only the whole domain is."""


class Targets:
    """The names that may be imitated, indexed once for many look-ups."""

    def __init__(
        self, targets: Iterable[Target], honest: Iterable[str], organisation: OrganisationOf, class_of: ClassOf, written: Mapping[str, float] | None = None
    ) -> None:
        """`honest` names imitate nobody; `written`: since when the owner writes to an organisation. Of targets with equal labels the first stands for all."""
        self.written = written or {}
        self.honest = frozenset(honest)
        self.organisation = cache(organisation)
        self.class_of = class_of
        self.domains: dict[str, Target] = {}
        self.by_look: dict[str, list[Target]] = defaultdict(list)
        self.near: dict[str, list[Target]] = defaultdict(list)
        self.parts: dict[str, list[tuple[str, Target]]] = defaultdict(list)
        labels: set[str] = set()
        for target in targets:
            self.domains.setdefault(target.domain, target)
            if len(target.label) >= SHORTEST and target.label not in labels:
                labels.add(target.label)
                self._index(target)

    def _index(self, target: Target) -> None:
        look = skeleton(target.label)
        self.parts[look[:SHORTEST]].append((look, target))
        if len(target.label) >= SHORTEST_NAME:
            self.by_look[look.replace("-", "")].append(target)
        if len(target.label) > SHORTEST_NAME:
            for variant in _neighbourhood(target.label):
                self.near[variant].append(target)


def targets_of(context: Context, organisation: OrganisationOf, class_of: ClassOf) -> Targets:
    """Whom the senders of an audit may imitate. Shared providers and rented names belong to nobody in particular, so they are no targets."""
    rules, today = in_force(context.exceptions, context.today), context.today
    decisions = [record for record in context.decisions if not is_due(record, today)]
    approved = [
        *((organisation(domain), Kind.OWN) for domain in context.own_domains),
        *((organisation(base), Kind.AUTHORISED) for rule in rules if rule.direction is Direction.TO_US and (base := base_of(rule.domain))),
        *((organisation(record.subject), Kind.TRUSTED) for record in decisions if record.decision is Decision.TRUSTED and "@" not in record.subject),
    ]
    written: dict[str, float] = {}
    for address, correspondent in sorted(context.correspondents.items()):
        domain = organisation(address.rpartition("@")[2])
        since = math.inf if correspondent.first_sent is None else correspondent.first_sent
        written[domain] = min(since, written.get(domain, since))
    known = [*approved, *((domain, Kind.CORRESPONDENT) for domain in sorted(written) if class_of(domain) is DomainClass.ORDINARY)]
    targets = [Target(domain, kind, _label(domain)) for domain, kind in known]
    honest = {domain for domain, _ in approved} | context.facts.shared_providers | context.facts.hosting_suffixes
    for brand in context.facts.brands:
        targets += _brand_targets(brand, context.facts.shared_providers)
        honest.update(brand.domains)
    return Targets(targets, honest, organisation, class_of, written)


def _brand_targets(brand: Brand, providers: Container[str]) -> Iterable[Target]:
    """The labels that are the brand's name or contain it, as in paypalobjects.com, and its names of one word; others, as in office.com, are plain words."""
    names = {"".join(filter(str.isalnum, name)) for name in brand.names}
    bearing = tuple(name for name in names if len(name) > SHORTEST_NAME)
    for domain in brand.domains:
        label = _label(domain)
        bears = label.replace("-", "") in names or any(name in label for name in bearing)
        yield Target(domain, Kind.BRAND, label if bears else "")
    for name in brand.names:
        if name.isalpha() and len(name) > SHORTEST_NAME:
            mail = f"{name}.com"  # the brand's own free mail, as with outlook.com
            yield Target(mail if mail in providers else brand.domains[0], Kind.BRAND, name)


def resemblances(domain: str, targets: Targets) -> tuple[Resemblance, ...]:
    """The names that `domain` looks like, the nearest kind first, each in the plainest way; none for a name that is honest or that a state guards."""
    organisation = targets.organisation(domain)
    if organisation in targets.honest or not _GUARDED.isdisjoint(organisation.split(".")[1:]):
        return ()
    label = _label(organisation)
    found: dict[Target, Way] = {}
    for target in targets.by_look.get(skeleton(label).replace("-", ""), ()):
        if way := _same_look(organisation, label, target, targets.class_of):
            found[target] = way
    for variant in _neighbourhood(label):
        for target in targets.near.get(variant, ()):
            if target not in found and (way := _one_edit(label, target.label)) and _tells(label, organisation, target):
                found[target] = way
    for target in _named_in(skeleton(label), targets):
        found.setdefault(target, Way.COMBINATION)
    if len(domain) > len(organisation):
        for target in _in_subdomain(domain[: -len(organisation) - 1].split("."), targets):
            found.setdefault(target, Way.SUBDOMAIN)
    if not found:
        return ()
    rows = (
        Resemblance(target.domain, target.kind, way)
        for target, way in found.items()
        if target.domain != organisation and not _was_first(target, organisation, targets) and not _numbered(label, target.label)
    )
    return tuple(sorted(rows, key=lambda row: _KINDS.index(row.kind)))


def named_in_local_part(local: str, targets: Targets) -> tuple[Resemblance, ...]:
    """The names that the part before the `@` has as a word: `paypal-service@…`, `paypal.com@…`."""
    words = skeleton(local.lower()).replace(".", "-").replace("_", "-").split("-")
    return tuple(Resemblance(target.domain, target.kind, Way.LOCAL_PART) for target in dict.fromkeys(_words(words, targets)))


def _same_look(organisation: str, label: str, target: Target, class_of: ClassOf) -> Way | None:
    if label == target.label:
        return Way.SUBDOMAIN if class_of(organisation) is DomainClass.SHARED_HOSTING else Way.TLD
    if label.replace("-", "") == target.label.replace("-", ""):
        return Way.TYPO
    if len(label) < SHORTEST_TYPO and label.isalpha() and not _same_ending(organisation, target):
        return None  # a short word resembles others by chance; a digit or a foreign letter in it is no chance
    return Way.CONFUSABLE


def _neighbourhood(label: str) -> set[str]:
    """The label itself, and without each of its letters: labels one edit apart have one of these in common."""
    return {label, *(label[:i] + label[i + 1 :] for i in range(len(label)))}


def _one_edit(label: str, target: str) -> Way | None:
    """How two labels differ that are one edit apart (optimal string alignment); None where they are further apart."""
    start = next((i for i, (a, b) in enumerate(zip(label, target, strict=False)) if a != b), min(len(label), len(target)))
    one, other = label[start:], target[start:]
    if len(one) == len(other):
        if one[1:] == other[1:]:
            flipped = (ord(one[0]) ^ ord(other[0])).bit_count() == 1
            return Way.BITFLIP if flipped else Way.TYPO
        return Way.TYPO if one[:2] == other[1::-1] and one[2:] == other[2:] else None
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return Way.TYPO if longer[1:] == shorter else None


def _was_first(target: Target, organisation: str, targets: Targets) -> bool:
    """The owner wrote to the organisation before they wrote to whom it resembles, so it does not imitate that one."""
    return target.kind is Kind.CORRESPONDENT and organisation in targets.written and targets.written[organisation] <= targets.written[target.domain]


def _numbered(label: str, target: str) -> bool:
    """Siblings of a series, like server-1 and server-10."""
    stem, hyphen, number = label.rpartition("-")
    other, _, others_number = target.rpartition("-")
    return bool(hyphen) and stem == other and number.isdigit() and others_number.isdigit() and label != target


def _tells(label: str, organisation: str, target: Target) -> bool:
    """Short labels have honest neighbours (acast and avast): six letters of one brand among hundreds count under the same ending alone,
    and so do five letters of anybody, where a replaced letter never counts."""
    length = len(target.label)
    if length > SHORTEST_TYPO or (length == SHORTEST_TYPO and target.kind is not Kind.BRAND):
        return True
    replaced = len(label) == length and sorted(label) != sorted(target.label)
    return _same_ending(organisation, target) and (length == SHORTEST_TYPO or not replaced)


def _same_ending(organisation: str, target: Target) -> bool:
    return organisation.partition(".")[2] == target.domain.partition(".")[2]


def _named_in(look: str, targets: Targets) -> Iterable[Target]:
    """Targets whose label is a part of a longer one, and stands out there."""
    for start in range(len(look) - SHORTEST + 1):
        for part, target in targets.parts.get(look[start : start + SHORTEST], ()):
            if len(part) < len(look) and look.startswith(part, start) and _stands_out(part, look[:start], look[start + len(part) :]):
                yield target


def _stands_out(part: str, before: str, after: str) -> bool:
    """Long enough to be no chance, a word between hyphens, or at one end with nothing but lures and digits."""
    if len(part) >= (SHORTEST_TYPO if "-" in before or "-" in after else SHORTEST_PART):
        return True
    if len(part) > SHORTEST_NAME and before[-1:] in ("", "-") and after[:1] in ("", "-"):
        return True
    rest = f"{before} {after}".replace("-", " ").split()
    return (not before or not after) and all(word.isdigit() or is_lure(word) for word in rest)


def _words(words: Iterable[str], targets: Targets) -> Iterable[Target]:
    """Targets whose label is one of these words as seen."""
    for word in words:
        for part, target in targets.parts.get(word[:SHORTEST], ()):
            if part == word and len(part) > SHORTEST_NAME:
                yield target


def _in_subdomain(labels: Sequence[str], targets: Targets) -> Iterable[Target]:
    """Targets left of the registrable domain: whole, as in paypal.com.evil.example, or as a word, as in paypal-login.evil.example."""
    for start, label in enumerate(labels):
        for end in range(start + 2, min(start + 3, len(labels)) + 1):
            if target := targets.domains.get(".".join(labels[start:end])):
                yield target
        yield from _words(skeleton(to_unicode(label)).split("-"), targets)


def _label(domain: str) -> str:
    """The first label as people see it: letters, not the xn-- form."""
    return to_unicode(domain.partition(".")[0])
