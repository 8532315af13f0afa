"""What people call each value of the closed vocabularies, plain words first, and one sentence that explains it. Used by every form of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.i18n import mark
from app.model import (
    Authentication,
    AuthorStatus,
    BorderSource,
    Confidence,
    Decision,
    Direction,
    DomainClass,
    FolderRole,
    How,
    Relationship,
    ScanStatus,
    Severity,
    Trait,
    Verdict,
)
from app.report import Band
from app.technical import TECHNICAL


@dataclass(frozen=True, slots=True)
class Term:
    """One value in words; `name` and `meaning` are English, marked for translation."""

    name: str
    meaning: str = ""


RELATIONSHIPS = {
    Relationship.OWN: Term(mark("Own"), mark("A domain of your organisation.")),
    Relationship.AUTHORISED: Term(mark("Authorised"), mark("An outside domain that you have said you expect.")),
    Relationship.EXTERNAL: Term(mark("External"), mark("Somebody outside your organisation. That alone is not a reproach.")),
}
AUTHENTICATIONS = {
    Authentication.AUTHENTICATED: Term(mark("Proven"), mark("Your mail server checked that the domain really sent it.")),
    Authentication.FAILED: Term(mark("Proof failed"), mark("Your mail server checked, and the check failed.")),
    Authentication.NOT_ESTABLISHED: Term(mark("Not known"), mark("No server that we believe has checked. That is not a failure.")),
    Authentication.MIXED: Term(mark("Mixed"), mark("Some messages are proven and some are not.")),
}
DECISIONS = {
    Decision.UNREVIEWED: Term(mark("Not reviewed"), mark("Nobody has recorded a decision.")),
    Decision.TRUSTED: Term(mark("Trusted"), mark("A reviewer trusts it as long as it arrives with the same proof.")),
    Decision.WATCHED: Term(mark("Watched"), mark("A reviewer wants to keep an eye on it.")),
    Decision.REJECTED: Term(mark("Rejected"), mark("A reviewer does not want it. Nitaq records this and blocks nothing.")),
}
CLASSES = {
    DomainClass.ORDINARY: Term(mark("Ordinary domain"), mark("A domain of one owner.")),
    DomainClass.SHARED_PROVIDER: Term(
        mark("Mail provider shared by many people"), mark("Anybody can have an address there, so each address stands for itself.")
    ),
    DomainClass.SHARED_HOSTING: Term(mark("Address space rented to anybody"), mark("Each name under it belongs to somebody else.")),
    DomainClass.DISPOSABLE: Term(mark("Throw-away addresses"), mark("Addresses there are made to be used once.")),
    DomainClass.SPECIAL_USE: Term(mark("Reserved name"), mark("Set aside for examples, tests or local networks; it receives no mail from the internet.")),
    DomainClass.NO_SUCH_TLD: Term(mark("Ending that does not exist"), mark("The last part of the name is in no list of the internet's endings.")),
}
SEVERITIES = {
    Severity.HIGH: Term(mark("Serious"), mark("Speaks clearly against the name in the message.")),
    Severity.MEDIUM: Term(mark("Notable"), mark("Unusual enough to be looked at.")),
    Severity.LOW: Term(mark("Minor"), mark("A small sign that means little alone.")),
    Severity.INFO: Term(mark("For information"), mark("Worth knowing; it does not count against the sender.")),
}
CONFIDENCES = {
    Confidence.HIGH: Term(mark("High certainty"), mark("Rests on much evidence.")),
    Confidence.MEDIUM: Term(mark("Medium certainty"), mark("Rests on some evidence.")),
    Confidence.LOW: Term(mark("Low certainty"), mark("Rests on very few messages or on a weak sign.")),
}
BANDS = {
    Band.SUSPICIOUS: Term(mark("Suspicious"), mark("Something speaks clearly against the name in the message.")),
    Band.LOOK: Term(mark("Worth a look"), mark("Something is unusual, and may well be harmless.")),
    Band.USUAL: Term(mark("Nothing unusual"), mark("Nothing unusual was noticed. That is not a guarantee.")),
}
VERDICTS = {
    Verdict.PASS: Term(mark("passed")),
    Verdict.FAIL: Term(mark("failed")),
    Verdict.SOFTFAIL: Term(mark("probably not"), mark("The domain says that this server is probably not one of its own.")),
    Verdict.NEUTRAL: Term(mark("no statement"), mark("The domain does not want to say.")),
    Verdict.NONE: Term(mark("nothing to check")),
    Verdict.POLICY: Term(mark("not accepted"), mark("It passed, but the server's own rules do not accept it.")),
    Verdict.TEMPERROR: Term(mark("could not be checked at the time")),
    Verdict.PERMERROR: Term(mark("cannot be checked"), mark("The domain's own settings are wrong.")),
    Verdict.BEST_GUESS_PASS: Term(mark("passed by best guess"), mark("The domain has no rule of its own, but everything agrees.")),
    Verdict.UNKNOWN: Term(mark("a word we do not know")),
}
AUTHOR_STATUSES = {
    AuthorStatus.CLEAR: Term(mark("One clear sender")),
    AuthorStatus.AMBIGUOUS: Term(mark("More than one sender"), mark("The message names several senders, so mail programs may show different ones.")),
    AuthorStatus.NONE: Term(mark("No readable sender")),
}
HOWS = {
    How.REPORTED: Term(mark("as your mail server reported it")),
    How.COMPUTED: Term(mark("worked out from what your mail server reported")),
    How.INTERNAL: Term(mark("it never left your organisation")),
    How.NONE: Term(mark("nothing to go by")),
}
TRAITS = {
    Trait.LIST: Term(mark("came through a mailing list")),
    Trait.BULK: Term(mark("sent to many people")),
    Trait.SEVERAL_AUTHORS: Term(mark("names several senders")),
    Trait.MALFORMED_FROM: Term(mark("the sender's field is badly written")),
    Trait.NO_FROM: Term(mark("has no sender's field")),
    Trait.NAME_CONTROLS: Term(mark("control characters in the name")),
    Trait.NAME_INVISIBLE: Term(mark("invisible characters in the name")),
    Trait.NAME_MIXED_SCRIPTS: Term(mark("letters of several alphabets in one word of the name")),
    Trait.NAME_DECORATED: Term(mark("decorated name")),
    Trait.WEAK_SIGNATURE: Term(mark("weak signature")),
    Trait.EXPIRED_SIGNATURE: Term(mark("expired signature")),
    Trait.REPLY: Term(mark("an answer to an earlier message")),
}
ROLES = {
    FolderRole.ORDINARY: Term(mark("Folder")),
    FolderRole.INBOX: Term(mark("Inbox")),
    FolderRole.ALL: Term(mark("All mail")),
    FolderRole.ARCHIVE: Term(mark("Archive")),
    FolderRole.SENT: Term(mark("Sent mail")),
    FolderRole.DRAFTS: Term(mark("Drafts")),
    FolderRole.JUNK: Term(mark("Junk mail")),
    FolderRole.TRASH: Term(mark("Deleted mail")),
}
STATUSES = {
    ScanStatus.COMPLETE: Term(mark("Complete"), mark("Every message in scope was counted exactly once.")),
    ScanStatus.PARTIAL: Term(mark("Incomplete"), mark("Something is missing. What it is and why stands below.")),
    ScanStatus.ERROR: Term(mark("Stopped by an error"), mark("Only what was read before the error is in this report.")),
    ScanStatus.REFUSED: Term(mark("Refused"), mark("Going on would not have been secure, so nothing was read.")),
    ScanStatus.CANCELLED: Term(mark("Cancelled"), mark("Somebody stopped the audit. Only what was read before is in this report.")),
}
BORDER_SOURCES = {
    BorderSource.LEARNED: Term(mark("learned from the mailbox itself")),
    BorderSource.PINNED: Term(mark("confirmed by you")),
    BorderSource.GIVEN: Term(mark("named by you for this audit")),
    BorderSource.PROVIDER: Term(mark("known to be your provider's")),
}
DIRECTIONS = {
    Direction.AS_US: Term(mark("may write in our name")),
    Direction.TO_US: Term(mark("is expected to write to us")),
}

CONCEPTS = (
    Term(mark("Domain"), mark("The part of an address after the @. Names with the same owner are grouped under the name that was registered.")),
    Term(mark("Sender"), mark("Whom a message says it is from (the From field). Anybody can write any name there, which is why proof matters.")),
    Term(mark("Proof"), mark("Your mail server's statement that the domain in From really sent the message, by DMARC, DKIM or SPF.")),
    *(Term(name, TECHNICAL[name]) for name in ("SPF", "DKIM", "DMARC", "ARC")),
    Term(mark("Believed server"), mark("The server that received the mail for you. Only its statements about proof count (authserv-id, RFC 8601).")),
    Term(mark("Sending source"), mark("The organisation or network whose computers carried the mail.")),
    Term(mark("Score"), mark("0 to 100, higher is better. It is the plain sum of the points shown with each finding.")),
    Term(mark("Lowest score"), mark("The score of the most doubtful messages that use the name. The list is sorted by it.")),
    Term(mark("Finding"), mark("One thing that was noticed about a sender, with the points that it adds to the score or takes from it.")),
    Term(mark("Identifiers"), mark("The names that a proof was given for: the domain that signed, or the one that lists the server.")),
    Term(mark("Audit"), mark("One look through a whole mailbox, with its result. The result is kept, so that two can be compared.")),
    Term(mark("Review"), mark("Deciding, one name after another, what to think of it. Decisions change nothing in the mailbox.")),
    Term(mark("Exception"), mark("Something your organisation has allowed: for whom, for how long, by whom and why.")),
    Term(mark("Fingerprint"), mark("A number made from the whole content (SHA-256). Equal fingerprints mean equal content, whatever the form or language.")),
)
"""The other words of a report; the abbreviations are names and stay as they are."""

_TABLES: tuple[Mapping[Any, Term], ...] = (
    RELATIONSHIPS, AUTHENTICATIONS, DECISIONS, CLASSES, SEVERITIES, CONFIDENCES, BANDS, VERDICTS, AUTHOR_STATUSES,
    HOWS, TRAITS, ROLES, STATUSES, BORDER_SOURCES, DIRECTIONS,
)  # fmt: skip
# Members of two StrEnums are equal where their values are ("none"), so the type belongs to the key.
_TERMS: Mapping[tuple[type[StrEnum], StrEnum], Term] = {(type(value), value): term for table in _TABLES for value, term in table.items()}


def term(value: StrEnum) -> Term:
    """The words for one value of the model's enumerations."""
    return _TERMS[type(value), value]
