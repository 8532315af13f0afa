"""A Message becomes the Claim it makes."""

from __future__ import annotations

from app.mail.fold import folded_address
from app.model import Claim, Message, Trait

MAX_NAME = 300
"""Characters of a display name that belong to the claim."""


def claim_of(message: Message) -> Claim:
    """Who the message says it is from, and what stands behind that."""
    author = message.author.mailbox
    return Claim(
        status=message.author.status,
        address=folded_address(author.local, author.domain) if author else "",
        domain=author.domain if author else "",
        name=message.author.name[:MAX_NAME],
        reply_to=_reply_domain(message),
        written_by=message.written_by if author and Trait.LIST in message.traits and message.written_by != author.domain else "",
        traits=message.traits,
        evidence=message.evidence,
    )


def _reply_domain(message: Message) -> str:
    """The first domain that an answer would go to and that is not the author's own address."""
    author = message.author.mailbox
    own = author.address.lower() if author else ""
    return next((box.domain for box in message.reply_to if box.address.lower() != own), "")
