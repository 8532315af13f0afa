"""A mailing list put its own address into From and says elsewhere who wrote (X-Original-From, Reply-To). Shown, never believed: it proves the list alone."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity

CHECK = Check(
    "rewritten_by_list",
    Severity.INFO,
    Confidence.MEDIUM,
    CheckText(
        title=mark("A mailing list writes for somebody else"),
        seen=mark("The list at {domain} put its own address in place of the sender's; by its account, somebody at {writer} wrote this."),
        why=mark("The proof is the list's: it says that the list sent this, not who wrote it."),
        innocent=mark("Lists do this so that passing a message on does not break its proof."),
        advice=mark("Nothing to do. If it asks for something important, ask the writer directly."),
    ),
)


def check(subject: Subject) -> Finding | None:
    claim = subject.claim
    writer = claim.written_by or claim.reply_to
    if not writer or not subject.on_a_list or not subject.authenticated or subject.proof.source != "own":
        return None
    if subject.organisation_of(writer) == subject.organisation:
        return None
    return CHECK.finding(domain=claim.domain, writer=writer)
