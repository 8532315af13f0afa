"""What the table of domains shows in each column: a line, a smaller one, and their meaning; the same for a domain and for a part of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from app.contain import contained
from app.i18n import Translation, mark
from app.model import Authentication, Decision, DomainClass, DomainRow
from app.parts import Part
from app.report import band_of
from app.texts import title_in_words
from ui.words import AUTHENTICATIONS, BANDS, CLASSES, DECISIONS, KINDS, RELATIONSHIPS, UNREADABLE, day, ltr, source_name


class Column(IntEnum):
    DOMAIN = 0
    SCORE = 1
    FINDING = 2
    AUTHENTICATION = 3
    RELATIONSHIP = 4
    MESSAGES = 5
    LAST_SEEN = 6
    DECISION = 7
    FIRST_SEEN = 8
    KIND = 9
    ADDRESSES = 10


HEADERS = {
    Column.DOMAIN: (mark("Domain"), mark("The name after the @, grouped by its owner.")),
    Column.SCORE: (mark("Score"), mark("0 to 100, higher is better. The sum of what was found; below it the lowest score among its messages.")),
    Column.FINDING: (mark("What stands out"), mark("The finding that weighs most.")),
    Column.AUTHENTICATION: (mark("Proof"), mark("Whether your mail server checked that the domain really sent it.")),
    Column.RELATIONSHIP: (mark("Relationship"), mark("Whose domain it is, seen from your organisation.")),
    Column.MESSAGES: (mark("Messages"), mark("How many messages say they come from it.")),
    Column.LAST_SEEN: (mark("Last seen"), mark("The date of the newest message.")),
    Column.FIRST_SEEN: (mark("First seen"), mark("The date of the oldest message.")),
    Column.KIND: (mark("Kind of domain"), mark("What kind of name it is, apart from whose it is.")),
    Column.ADDRESSES: (mark("Addresses"), mark("How many addresses of it wrote.")),
    Column.DECISION: (mark("Decision"), mark("What a reviewer has recorded. It changes Nitaq's records alone.")),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: a line, a second smaller line, and their meaning as tone and shape."""

    text: str
    second: str = ""
    tone: str = ""
    shape: str = ""
    second_tone: str = ""
    second_shape: str = ""
    strong: bool = False
    name: bool = False
    """It is a domain; where it is too long, its end must stay."""


def _domain(row: DomainRow, say: Translation) -> Cell:
    if row.domain is None:
        return Cell(say(UNREADABLE), strong=True)
    second = contained(row.domain) if row.domain != row.unicode else ""
    if row.domain_class is not DomainClass.ORDINARY:
        second = second or say(CLASSES[row.domain_class])
    return Cell(ltr(contained(row.unicode)), second, strong=True, name=True)


def _score(row: DomainRow, say: Translation) -> Cell:
    worst = BANDS[band_of(row.worst)]
    if row.score is None:
        return Cell(say("by address"), say("lowest {score}", score=row.worst), second_tone=worst.tone, second_shape=worst.shape)
    word = BANDS[band_of(row.score)]
    if row.worst == row.score:
        return Cell(say.number(row.score), say(word.text), word.tone, word.shape, word.tone, strong=True)
    return Cell(say.number(row.score), say("lowest {score}", score=row.worst), word.tone, word.shape, worst.tone, worst.shape, strong=True)


def _finding(row: DomainRow, say: Translation) -> Cell:
    return Cell(title_in_words(row.findings[0], say)) if row.findings else Cell("–")


def _authentication(row: DomainRow, say: Translation) -> Cell:
    word = AUTHENTICATIONS[row.authentication]
    second = ""
    if row.authentication is Authentication.MIXED:
        second = say("{n} of {total} proven", n=row.counts[Authentication.AUTHENTICATED], total=row.messages)
    return Cell(say(word.text), second, word.tone, word.shape)


def _relationship(row: DomainRow, say: Translation) -> Cell:
    word = RELATIONSHIPS[row.relationship]
    return Cell(say(word.text), tone=word.tone, shape=word.shape)


def _messages(row: DomainRow, say: Translation) -> Cell:
    return Cell(say.number(row.messages))


def _last_seen(row: DomainRow, say: Translation) -> Cell:
    return Cell(day(row.last_seen, say))


def _first_seen(row: DomainRow, say: Translation) -> Cell:
    return Cell(day(row.first_seen, say))


def _kind(row: DomainRow, say: Translation) -> Cell:
    return Cell(say(KINDS[row.domain_class].text))


def _addresses(row: DomainRow, say: Translation) -> Cell:
    return Cell(say.number(len(row.addresses)))


def _decision(row: DomainRow, say: Translation) -> Cell:
    word = DECISIONS[row.decision]
    if row.decision is not Decision.UNREVIEWED or not row.decided:
        return Cell(say(word.text), tone=word.tone, shape=word.shape)
    if row.decided == row.messages:
        return Cell(say("Decided apart"), say("each part for itself"))
    return Cell(say("Partly decided"), say("{n} of {total} messages", n=row.decided, total=row.messages))


_CELLS: dict[Column, Callable[[DomainRow, Translation], Cell]] = {
    Column.DOMAIN: _domain,
    Column.SCORE: _score,
    Column.FINDING: _finding,
    Column.AUTHENTICATION: _authentication,
    Column.RELATIONSHIP: _relationship,
    Column.MESSAGES: _messages,
    Column.LAST_SEEN: _last_seen,
    Column.DECISION: _decision,
    Column.FIRST_SEEN: _first_seen,
    Column.KIND: _kind,
    Column.ADDRESSES: _addresses,
}


def cell_of(line: DomainRow | Part, column: Column, say: Translation) -> Cell:
    """A domain's cell, or that of a part of it; what holds for the whole domain is not said again of each part."""
    if isinstance(line, DomainRow):
        return _CELLS[column](line, say)
    if column is Column.DOMAIN:
        return _address(line, say) if line.address else _source(line, say)
    return Cell("") if column is Column.KIND else _CELLS[column](line.row, say)


def _source(part: Part, say: Translation) -> Cell:
    addresses = say.plural("{n} address", "{n} addresses", part.addresses) if part.addresses else ""
    return Cell(source_name(part.source, say), addresses, name=True)


def _address(part: Part, say: Translation) -> Cell:
    names = part.row.addresses[0].names
    return Cell(ltr(contained(part.address)), say.isolate(contained(names[0])) if names else "", name=True)
