"""One domain taken apart: what arrives through each sending source, proven and unproven apart, and from which addresses. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from app.model import Authentication, DomainClass, DomainRow, JudgedClaim

Group = TypeVar("Group", bound=Hashable)
Key = tuple[str, ...]
"""What a domain or a part of it is found again by when the same mail is judged anew."""


@dataclass(frozen=True)
class Part:
    """The claims of one domain that share proof and source; with an address, those of them that it made."""

    whole: DomainRow
    authentication: Authentication
    source: str
    claims: tuple[JudgedClaim, ...]
    """Lowest score first."""
    address: str = ""
    """Empty: of all addresses."""

    @property
    def key(self) -> Key:
        return (*key_of(self.whole), self.authentication, self.source, *filter(None, [self.address]))

    @property
    def addresses(self) -> int:
        return len({claim.record.claim.address for claim in self.claims if claim.record.claim.address})

    @cached_property
    def row(self) -> DomainRow:
        """The domain as it would be if this part were all of it. An address has a score at a shared provider too."""
        from app.assess import roll_up  # a window that has just been started judges nothing

        whole = self.whole
        kind = DomainClass.ORDINARY if self.address else whole.domain_class
        return replace(roll_up(whole.domain or "", kind, self.claims, lambda _: whole.unicode), domain_class=whole.domain_class)


def key_of(row: DomainRow) -> Key:
    return (row.domain or "",)


def parts_of(row: DomainRow) -> tuple[Part, ...]:
    """By proof and sending source; lowest score first, then most messages."""
    groups = _grouped(((claim.proof.authentication, claim.proof.source), claim) for claim in row.claims)
    return _in_order(Part(row, authentication, source, claims) for (authentication, source), claims in groups.items())


def by_address(part: Part) -> tuple[Part, ...]:
    """The addresses of a part; none where no sender could be read, or where it is one address already."""
    if part.address:
        return ()
    groups = _grouped((claim.record.claim.address, claim) for claim in part.claims if claim.record.claim.address)
    return _in_order(replace(part, address=address, claims=claims) for address, claims in groups.items())


def _grouped(pairs: Iterable[tuple[Group, JudgedClaim]]) -> dict[Group, tuple[JudgedClaim, ...]]:
    groups: dict[Group, list[JudgedClaim]] = {}
    for group, claim in pairs:
        groups.setdefault(group, []).append(claim)
    return {group: tuple(claims) for group, claims in groups.items()}


def _in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (part.claims[0].score, -sum(claim.record.messages for claim in part.claims), part.key)))


def part_called(key: Key, row: DomainRow) -> Part | None:
    """The part of a row with this key; None where the key is that of the whole, or there is no such part any more."""
    parts: Iterable[Part] = parts_of(row) if len(key) > 1 else ()
    for part in parts:
        if part.key == key[:3]:
            return part if len(key) == 3 else next((each for each in by_address(part) if each.key == key), None)
    return None
