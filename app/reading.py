"""Messages as their source gave them become messages as they are stored. The scan's process does it, and those beside it that help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from app.mail.headers import Field, raw_fields
from app.mail.parse import by_name, date_in, message_id_in, recipients_in, references_in, subject_in
from app.mail.reader import HeaderReader
from app.model import Claim, FolderRole, RawMessage, Whose
from app.sources.message_header import UNREADABLE
from app.store.cache import MAX_REFERENCES, UNJUDGED, ReadMessage, key_of
from app.store.codec import encode_claim

MAX_REMEMBERED = 4_096
"""Claims whose text is remembered; memory stays flat."""


class MessageReader:
    """One for each scan and process. `samples`: each message is an audit of its own; `subjects`: keep them."""

    def __init__(self, organisation: Callable[[str], str], *, samples: bool, subjects: bool) -> None:
        self._reader = HeaderReader(organisation)
        self._samples = samples
        self._subjects = subjects
        self._texts: dict[Claim, tuple[str, str]] = {}

    def read(self, role: FolderRole, whose: Whose, messages: Sequence[RawMessage]) -> list[ReadMessage]:
        """The messages of one folder, in order."""
        if len(self._texts) >= MAX_REMEMBERED:
            self._texts.clear()
        mine, sent = role in UNJUDGED, role is FolderRole.SENT and whose is Whose.OWN
        return [self._read(raw, mine, sent) for raw in messages]

    def _read(self, raw: RawMessage, mine: bool, sent: bool) -> ReadMessage:
        fields = raw_fields(raw.header)
        of = by_name(fields)
        return ReadMessage(
            name=raw.id,
            claim=None if mine or raw.problem == UNREADABLE else self._text(self._reader.claim(fields, of)),
            date=date_in(of) if raw.received is None else raw.received,
            digest=self._identity(raw, fields),
            subject=subject_in(of) if self._subjects else "",
            message_id=message_id_in(of),
            problem=raw.problem,
            recipients=tuple([address.lower() for address in recipients_in(fields)]) if sent else (),
            answers=() if mine or self._samples else tuple(map(key_of, references_in(of)[:MAX_REFERENCES])),
        )

    def _text(self, claim: Claim) -> tuple[str, str]:
        """What the store keeps of it; one object for equal claims, so that it goes once to another process with a batch."""
        text = self._texts.get(claim)
        if text is None:
            text = self._texts[claim] = encode_claim(claim)
        return text

    def _identity(self, raw: RawMessage, fields: Sequence[Field]) -> bytes:
        """Equal for copies of one message in several folders, and for nothing else.

        A Message-ID alone would let one hide behind another, a server's own identity alone all of them where it gives them the same.
        """
        twin = b"twin %b\n" % raw.twin.encode() if raw.twin else b""
        if self._samples or (raw.problem and not raw.twin):
            said = b"name " + raw.id.encode("utf-8", "surrogatepass")
        else:
            said = b"\n".join([*map(b":".join, fields), b"size %d" % raw.size])
        return sha256(twin + said).digest()[:16]
