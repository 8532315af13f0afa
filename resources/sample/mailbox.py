"""The sample's messages in their folders, and the truth about each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from resources.sample.cases import cases
from resources.sample.machines import machines
from resources.sample.people import everyday
from resources.sample.strangers import strangers
from resources.sample.wire import Letter, render

FOLDERS = (("INBOX", "inbox"), ("Sent", "sent"), ("Shipments", "ordinary"), ("الفواتير", "ordinary"), ("Junk", "junk"))
"""(name, special use)"""


@dataclass(frozen=True, slots=True)
class Truth:
    """What one message is, whatever it says."""

    id: str
    """As the source names it: folder, `#`, and its place from 1."""
    folder: str
    message_id: str
    case: str
    address: str
    """The author's; empty unless the status is clear."""
    domain: str
    """Registrable domain of the author, or the tenant's name at a shared host; empty unless the status is clear."""
    status: str
    """clear, ambiguous or none."""
    authentication: str
    """What the border established: authenticated, failed or not_established; empty for what the owner sent."""
    relationship: str
    """own, authorised or external."""
    deserves_look: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One message as it lies in the mailbox."""

    id: str
    delivered: int
    """When it reached its folder; seconds since 1970 UTC."""
    raw: bytes
    truth: Truth

    @property
    def header(self) -> bytes:
        """Up to and including the empty line."""
        return self.raw[: self.raw.index(b"\r\n\r\n") + 4]


@cache
def mailbox() -> Mapping[str, tuple[Piece, ...]]:
    """Folder name -> its messages, oldest first."""
    letters: dict[str, list[Letter]] = {name: [] for name, _ in FOLDERS}
    for part in (everyday(), strangers(), machines(), cases()):
        for letter in part:
            letters[letter.folder].append(letter)
    pieces = {}
    for name, kept in letters.items():
        kept.sort(key=lambda letter: (letter.when, letter.message_id))
        pieces[name] = tuple(_piece(f"{name}#{n}", letter) for n, letter in enumerate(kept, 1))
    return pieces


def truths() -> tuple[Truth, ...]:
    return tuple(piece.truth for pieces in mailbox().values() for piece in pieces)


def totals() -> dict[str, dict[str, int]]:
    """Domain (empty: no clear author) -> messages, and how many of them were authenticated, failed, not established; without what the owner sent."""
    found: dict[str, dict[str, int]] = {}
    for truth in truths():
        if truth.authentication:
            counts = found.setdefault(truth.domain, {"messages": 0, "authenticated": 0, "failed": 0, "not_established": 0})
            counts["messages"] += 1
            counts[truth.authentication] += 1
    return found


def organisation(address: str) -> str:
    """Registrable domain of an address of the sample; tenants of a shared host are each their own."""
    labels = address.rpartition("@")[2].split(".")
    return ".".join(labels[-3:] if labels[-2:] == ["pages", "example"] else labels[-2:])


def _piece(id: str, letter: Letter) -> Piece:
    clear = letter.status == "clear"
    address = letter.author[1] if clear else ""
    outcome = letter.route.outcome if letter.route else ""
    truth = Truth(
        id=id,
        folder=letter.folder,
        message_id=letter.message_id,
        case=letter.case,
        address=address,
        domain=organisation(address) if clear else "",
        status=letter.status,
        authentication=outcome if clear or not outcome else "not_established",
        relationship=letter.relationship,
        deserves_look=letter.deserves_look,
    )
    return Piece(id, letter.when + 6, render(letter), truth)
