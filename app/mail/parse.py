"""A header's octets become a Message."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from email.utils import parsedate_tz

from app.mail.author import parse_author, parse_mailboxes
from app.mail.authres import parse_dkim_signature
from app.mail.evidence import Gatherer, evidence_of
from app.mail.headers import Field, split, unfolded
from app.mail.layout import Header, laid_out
from app.mail.subject import subject_octets, subject_text
from app.mail.traits import traits_of
from app.model import Message

MAX_RECIPIENTS = 100
MAX_REPLIES = 10
"""Mailboxes of a Reply-To field."""
MAX_REFERENCES = 50
MAX_DATE = 200
"""Octets of a Date field that are read."""
_DAY = 86_400
"""Seconds; no zone is so far away."""
_MONTHS = {name: n for n, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)}
_USUAL_DATE = re.compile(
    rb"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), {1,2})?(\d{1,2}) (%b) (\d{4}) ([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?"
    rb" ([+-])([01]\d|2[0-3])([0-5]\d)(?: \([A-Z]{1,9}\))?" % b"|".join(_MONTHS)
)
_EPOCH = date(1970, 1, 1).toordinal()
_EARLY_YEAR = re.compile(rb"[^:]*[A-Za-z][ -]+0\d{3}\b")
"""`Jan 0001`, which is not the obsolete two-digit year that `parsedate_tz` takes it for."""
_MESSAGE_ID = re.compile(rb"<([^<>\s]{1,500})>")
_EARLIEST, _LATEST = datetime(1980, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp()

MAX_IDS = 20_000
"""Octets of References that are read."""


def parse(header: bytes, organisation: Callable[[str], str]) -> Message:
    """Read one header; never an exception, whatever the octets. `organisation` gives a host's registrable domain."""
    return parse_fields(split(header), organisation)


def parse_fields(fields: Sequence[Field], organisation: Callable[[str], str], *, sent: bool = True) -> Message:
    """The same for a header that has been split already; whom it went to is only read where the owner sent it."""
    header = at, values = laid_out(fields)
    author = parse_author([values[n] for n in at.author])
    signatures = [parse_dkim_signature(values[n]) for n in at.signatures]
    return Message(
        author=author,
        evidence=evidence_of(Gatherer(organisation).gather([header], [signatures])[0]),
        reply_to=tuple([box for n in at.reply_to for box in parse_mailboxes(values[n], MAX_REPLIES)]),
        recipients=recipients_in(header) if sent else (),
        subject=subject_text(subject_octets(values[at.subject])),
        date=parse_date(values[at.date]),
        message_id=message_id_in(values[at.message_id]),
        references=references_in(header),
        written_by=written_by(header),
        traits=traits_of(header, author, signatures),
    )


def written_by(header: Header) -> str:
    """Domain of whom a relay names as the author in its own stead."""
    at, values = header
    for n in at.relayed:
        if boxes := parse_mailboxes(unfolded(values[n]), 1):
            return boxes[0].domain
    return ""


def recipients_in(header: Header) -> tuple[str, ...]:
    at, values = header
    boxes = [box for n in at.recipients for box in parse_mailboxes(unfolded(values[n]), MAX_RECIPIENTS)]
    return tuple(dict.fromkeys([box.address for box in boxes]))[:MAX_RECIPIENTS]


def message_id_in(value: bytes) -> str:
    """Of a Message-ID field, which may be folded still."""
    found = _MESSAGE_ID.search(unfolded(value)[:MAX_IDS])
    return found[1].decode("utf-8", "replace") if found else ""


def references_in(header: Header) -> tuple[str, ...]:
    """The Message-IDs that a message answers, the nearest first."""
    at, values = header
    found = [id for n in at.answered for id in _MESSAGE_ID.findall(unfolded(values[n])[:MAX_IDS])]
    return tuple([id.decode("utf-8", "replace") for id in dict.fromkeys(found)])[:MAX_REFERENCES]


def parse_date(value: bytes) -> int | None:
    """Seconds since 1970 UTC of a Date field (RFC 5322 section 3.3); None where it is nonsense or outside 1980-2100."""
    usual = _USUAL_DATE.fullmatch(value) if len(value) <= MAX_DATE else None
    if usual is None:
        return any_date(value)
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = usual.groups()
    try:
        days = date(int(year), _MONTHS[month], int(day)).toordinal() - _EPOCH
    except ValueError:
        return None
    zone = int(zone_hours) * 3600 + int(zone_minutes) * 60
    moment = days * _DAY + int(hour) * 3600 + int(minute) * 60 + int(second or 0) - (zone if sign == b"+" else -zone)
    return moment if _EARLIEST <= moment < _LATEST else None


def any_date(value: bytes) -> int | None:
    """The same of a field in any form."""
    try:
        parts = parsedate_tz(value[:MAX_DATE].decode("ascii", "replace"))
        if parts is None or abs(zone := parts[9] or 0) >= _DAY or _EARLY_YEAR.match(value[:MAX_DATE]):
            return None
        moment = datetime(*parts[:6], tzinfo=UTC).timestamp() - zone
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return int(moment) if _EARLIEST <= moment < _LATEST else None
