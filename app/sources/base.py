"""Where mail comes from: one protocol for a server, files and the sample."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol, runtime_checkable

from app.model import Batch, Folder


class Source(Protocol):
    """A mailbox that is read and never changed.

    Errors are `app.errors.NitaqError`s with a code of the public interface. A malformed message is handed over as it is, never skipped.
    """

    label: str
    """As in the report's scope: `imaps://sara%40firm.example@mail.firm.example`, an absolute path, `sample`."""
    owner: str
    """The e-mail address whose mailbox it is; empty where that is not known."""

    def folders(self) -> Sequence[Folder]:
        """Every folder that can be read, in an order that stays."""

    def batches(self, folder: Folder, after: str | None = None, since: date | None = None) -> Iterator[Batch]:
        """The messages of `folder` in a stable order; with the cursor of an earlier batch, exactly the rest."""

    def present(self, folder: Folder, since: date | None = None) -> Iterable[str]:
        """The ids of all messages in scope that are in `folder` now, to notice deletions."""

    def header(self, message_id: str) -> bytes:
        """One message's header, fetched again."""

    def close(self) -> None:
        """Let go of files and connections; may be called twice."""


@runtime_checkable
class Remembering(Protocol):
    """A source that may remember what has gone, so that not all of a folder need be looked at."""

    def vanished(self, folder: Folder, after: str | None) -> Iterable[str] | None:
        """The ids of messages that have gone since the batch with this cursor, maybe with others that were never handed over; None: only looking tells."""
