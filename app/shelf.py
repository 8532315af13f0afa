"""Claims that stay in the store until somebody looks at them; who judges them anew takes them unjudged, and puts them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from app.later import Later
from app.model import ClaimRecord, DomainRow, JudgedClaim, Proof

if TYPE_CHECKING:
    from app.judge import Judge


class Shelf(Protocol):
    """One stored judgement; a domain is known by its position in it."""

    def row(self, position: int, judge: Judge | None) -> DomainRow:
        """With its claims as this judge sees them; None: as they were stored."""

    def proven(self, positions: Iterable[int]) -> Iterator[list[tuple[ClaimRecord, Proof]]]:
        """The claims of each domain, not judged."""


class ShelvedClaims(Later[JudgedClaim]):
    """The claims of one domain, judged when one of them is first asked for."""

    __slots__ = ("position", "shelf")
    __hash__ = None

    def __init__(self, length: int, shelf: Shelf, position: int, judge: Judge | None) -> None:
        super().__init__(length, lambda: shelf.row(position, judge).claims)
        self.shelf, self.position = shelf, position


def shelved(row: DomainRow, shelf: Shelf, position: int, judge: Judge) -> DomainRow:
    """The row, whose claims have been judged, without them: they take as much room as the rest of an audit."""
    addresses = Later(len(row.addresses), lambda: shelf.row(position, judge).addresses)
    return replace(row, addresses=addresses, claims=ShelvedClaims(len(row.claims), shelf, position, judge))


def unjudged(rows: Iterable[DomainRow]) -> Iterator[tuple[DomainRow, Sequence[tuple[ClaimRecord, Proof]]]]:
    """Each row with its claims and what is proven of them; those of a shelf are read in one go."""
    for shelf, group in groupby(rows, key=_shelf_of):
        if shelf is None:
            yield from ((row, [(claim.record, claim.proof) for claim in row.claims]) for row in group)
        else:
            found = list(group)
            yield from zip(found, shelf.proven(row.claims.position for row in found if isinstance(row.claims, ShelvedClaims)), strict=True)


def _shelf_of(row: DomainRow) -> Shelf | None:
    return row.claims.shelf if isinstance(row.claims, ShelvedClaims) else None
