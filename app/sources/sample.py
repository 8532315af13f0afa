"""The sample mailbox as a source, and what its invented firm knows about its own mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.errors import UserError
from app.i18n import mark
from app.model import Batch, Brand, Direction, ExceptionRule, Facts, Folder, FolderRole, RawMessage
from app.sources.message_header import in_scope
from resources import sample
from resources.sample import OWN_DOMAINS as OWN_DOMAINS

BATCH = 250


def facts() -> Facts:
    """What holds for the sample's names alone: its shared providers, its hosting, its brands."""
    return Facts(
        shared_providers=frozenset(sample.SHARED_PROVIDERS),
        hosting_suffixes=frozenset(sample.HOSTING_SUFFIXES),
        disposable=frozenset(sample.DISPOSABLE),
        brands=tuple(Brand(name, names, domains) for name, names, domains in sample.BRANDS),
        reserved_are_ordinary=True,
    )


def exceptions() -> tuple[ExceptionRule, ...]:
    """What the sample's firm has allowed."""
    return tuple(ExceptionRule(domain, Direction(direction), source, by, why) for domain, direction, source, by, why in sample.EXCEPTIONS)


class SampleSource:
    """A source over `resources.sample`; see `app.sources.base.Source`. A cursor is the number of the last message that was read."""

    label = "sample"
    owner = sample.OWNER_ADDRESS

    def folders(self) -> Sequence[Folder]:
        return [Folder(name, name, FolderRole(role), len(sample.mailbox()[name]), validity=1) for name, role in sample.FOLDERS]

    def batches(self, folder: Folder, after: str | None = None, since: date | None = None) -> Iterator[Batch]:
        pieces = [(n, piece) for n, piece in enumerate(sample.mailbox()[folder.key], 1) if in_scope(piece.header, piece.delivered, since)]
        rest = [(n, piece) for n, piece in pieces if n > int(after or 0)]
        for start in range(0, len(rest), BATCH):
            some = rest[start : start + BATCH]
            messages = tuple(RawMessage(piece.id, piece.header, piece.delivered, len(piece.raw)) for _, piece in some)
            yield Batch(messages, str(some[-1][0]), len(pieces))

    def present(self, folder: Folder, since: date | None = None) -> Iterable[str]:
        return [piece.id for piece in sample.mailbox()[folder.key] if in_scope(piece.header, piece.delivered, since)]

    def header(self, message_id: str) -> bytes:
        for pieces in sample.mailbox().values():
            for piece in pieces:
                if piece.id == message_id:
                    return piece.header
        raise UserError("input", path=message_id, reason=mark("there is no such message"))

    def close(self) -> None:
        """Nothing is open."""
