"""Messages as their source gave them become messages as they are stored. The scan's process does it, and those beside it that help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from app.mail.evidence import PLACES, Gathered, Placed
from app.mail.headers import unfolded
from app.mail.layout import Header, header_of
from app.mail.parse import message_id_in, parse_date, recipients_in, references_in
from app.mail.reader import HeaderReader, Writer
from app.mail.remembered import Remembered
from app.mail.subject import subject_octets
from app.mail.traits import Shown, together
from app.model import FolderRole, RawMessage, Trait, Whose
from app.sources.message_header import UNREADABLE
from app.store.cache import UNJUDGED
from app.store.codec import author_text, claim_text, digest_of, said_text, statement_text, text_of_evidence, traits_text
from app.store.counting import DIGEST
from app.store.intake import MAX_REFERENCES, ReadMessage, key_of

MAX_REMEMBERED, MAX_STATEMENTS = 4_096, 1_024
"""Of which the text is remembered; memory stays flat. A statement can be thirty times as long as most are, and its sender chooses how long."""
AT_ONCE = 100
"""Messages of which each step is done before the next; what they are fits the processor's own memory."""
_NONE: tuple[()] = ()


class MessageReader:
    """One for each scan and process. `samples`: each message is an audit of its own; `subjects`: keep them."""

    def __init__(self, organisation: Callable[[str], str], *, samples: bool, subjects: bool) -> None:
        self._reader = HeaderReader(organisation)
        self._samples = samples
        self._subjects = subjects
        self._traits = Remembered(_traits, MAX_REMEMBERED)
        self._statements = Remembered(_statement, MAX_STATEMENTS)
        self._claims = Remembered(_claim, MAX_REMEMBERED)
        """Of one call of `read`: a batch has equal claims as one object, and no text is kept longer."""

    def read(self, role: FolderRole, whose: Whose, messages: Sequence[RawMessage]) -> list[ReadMessage]:
        """The messages of one folder, in order."""
        self._claims.clear()
        return [each for start in range(0, len(messages), AT_ONCE) for each in self._read(role, whose, messages[start : start + AT_ONCE])]

    def _read(self, role: FolderRole, whose: Whose, messages: Sequence[RawMessage]) -> list[ReadMessage]:
        headers = [header_of(raw.header) for raw in messages]
        mine = role in UNJUDGED
        claims = [None] * len(messages) if mine else self._read_claims(messages, headers)
        digests = list(map(self._identity, messages, headers))
        subjects = [subject_octets(values[at.subject]) for at, values in headers] if self._subjects else [b""] * len(messages)
        ids = [message_id_in(values[at.message_id]) for at, values in headers]
        recipients = list(map(_recipients, headers)) if role is FolderRole.SENT and whose is Whose.OWN else [_NONE] * len(messages)
        answers = [_NONE] * len(messages) if mine or self._samples else [_answers(header) if header[0].answered else _NONE for header in headers]
        return [
            ReadMessage(raw.id, claim, _date(header) if raw.received is None else raw.received, digest, subject, id, raw.problem, sent_to, answered)
            for raw, header, claim, digest, subject, id, sent_to, answered in zip(
                messages, headers, claims, digests, subjects, ids, recipients, answers, strict=True
            )
        ]

    def _read_claims(self, messages: Sequence[RawMessage], headers: Sequence[Header]) -> list[tuple[str, str] | None]:
        """What `encode_claim` gives of each; one object for equal claims, so that it goes once to another process with a batch."""
        readings = self._reader.read(headers)
        authors = [_author(read.writer) for read in readings]
        traits = [self._traits[read.writer.traits, read.shown] for read in readings]
        evidence = [self._evidence(read.gathered) for read in readings]
        texts = [
            claim_text(author, read.reply_to, read.written_by, shown, said)
            for read, author, shown, said in zip(readings, authors, traits, evidence, strict=True)
        ]
        return [None if raw.problem == UNREADABLE else self._claims[text] for raw, text in zip(messages, texts, strict=True)]

    def _evidence(self, gathered: Gathered) -> str:
        receiver, statements, signatures, client, internal = gathered
        return text_of_evidence(receiver, map(self._statements.__getitem__, statements), signatures, client, internal)

    def _identity(self, raw: RawMessage, header: Header) -> bytes:
        """Equal for copies of one message in several folders, and for nothing else.

        A Message-ID alone would let one hide behind another, a server's own identity alone all of them where it gives them the same.
        """
        twin = b"twin %b\n" % raw.twin.encode() if raw.twin else b""
        if self._samples or (raw.problem and not raw.twin):
            said = b"name " + raw.id.encode("utf-8", "surrogatepass")
        else:
            at, values = header
            parts = at.frame.copy()
            parts[1::2] = values
            parts.append(b"size %d" % raw.size)
            said = b"".join(parts)
        return sha256(twin + said).digest()[:DIGEST]


def _date(header: Header) -> int | None:
    at, values = header
    return parse_date(unfolded(values[at.date]))


def _recipients(header: Header) -> tuple[str, ...]:
    return tuple([address.lower() for address in recipients_in(header)])


def _answers(header: Header) -> tuple[int, ...]:
    return tuple(map(key_of, references_in(header)[:MAX_REFERENCES]))


def _statement(placed: Placed) -> str:
    said, above, foreign, place, inside = placed
    return statement_text(said_text(said), PLACES[place], above, foreign, inside)


def _claim(text: str) -> tuple[str, str]:
    return digest_of(text), text


def _author(writer: Writer) -> str:
    return author_text(writer.status, writer.address, writer.domain, writer.name)


def _traits(first_and_shown: tuple[tuple[Trait, ...], Shown]) -> str:
    return traits_text(together(*first_and_shown))
