"""Every noun of Nitaq: frozen dataclasses and closed enumerations, shared by the core, the store, the window and the reports.

Domains are lower-case A-labels without a trailing dot (RFC 5890); times are seconds since 1970 UTC; scores are 0-100, higher is better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Relationship(StrEnum):
    """Whose domain it is, as seen from the audited organisation."""

    OWN = "own"
    AUTHORISED = "authorised"
    EXTERNAL = "external"


class Authentication(StrEnum):
    """What the border established about a claim; MIXED occurs only where several claims are rolled up."""

    AUTHENTICATED = "authenticated"
    FAILED = "failed"
    NOT_ESTABLISHED = "not_established"
    MIXED = "mixed"


class Decision(StrEnum):
    """What a reviewer recorded; it changes Nitaq's records alone."""

    UNREVIEWED = "unreviewed"
    TRUSTED = "trusted"
    WATCHED = "watched"
    REJECTED = "rejected"


class DomainClass(StrEnum):
    """What kind of name a domain is, apart from its relationship."""

    ORDINARY = "ordinary"
    SHARED_PROVIDER = "shared_provider"
    SHARED_HOSTING = "shared_hosting"
    DISPOSABLE = "disposable"
    SPECIAL_USE = "special_use"
    NO_SUCH_TLD = "no_such_tld"


class AuthorStatus(StrEnum):
    """Whether the From field names exactly one author (RFC 5322 section 3.6.2)."""

    CLEAR = "clear"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


class Verdict(StrEnum):
    """One method's result as reported (RFC 8601 section 2.7); BEST_GUESS_PASS is Microsoft's "aligned, no DMARC record"."""

    PASS = "pass"
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    NONE = "none"
    POLICY = "policy"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"
    BEST_GUESS_PASS = "bestguesspass"
    UNKNOWN = "unknown"


class How(StrEnum):
    """How a claim's authentication was arrived at."""

    REPORTED = "reported"
    COMPUTED = "computed"
    INTERNAL = "internal"
    NONE = "none"


class Severity(StrEnum):
    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Confidence(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Trait(StrEnum):
    """What a header shows of itself without knowing anything about other messages or the mailbox's owner."""

    LIST = "list"
    BULK = "bulk"
    SEVERAL_AUTHORS = "several_authors"
    MALFORMED_FROM = "malformed_from"
    NO_FROM = "no_from"
    NAME_CONTROLS = "name_controls"
    NAME_INVISIBLE = "name_invisible"
    NAME_MIXED_SCRIPTS = "name_mixed_scripts"
    NAME_DECORATED = "name_decorated"
    WEAK_SIGNATURE = "weak_signature"
    EXPIRED_SIGNATURE = "expired_signature"
    REPLY = "reply"


class FolderRole(StrEnum):
    """Special use of a mailbox (RFC 6154)."""

    ORDINARY = "ordinary"
    INBOX = "inbox"
    ALL = "all"
    ARCHIVE = "archive"
    SENT = "sent"
    DRAFTS = "drafts"
    JUNK = "junk"
    TRASH = "trash"


class Whose(StrEnum):
    """To whom a mailbox on a server belongs, as the server sorts them (RFC 2342)."""

    OWN = "own"
    OTHER = "other"
    SHARED = "shared"


# What a source hands over ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Folder:
    """One mailbox of a source; `key` names it to the source, `name` shows it to a person."""

    key: str
    name: str
    role: FolderRole = FolderRole.ORDINARY
    messages: int | None = None
    """How many messages the source says it holds; None where only reading tells."""
    validity: int = 0
    """UIDVALIDITY, or for files a number that changes when positions in them no longer mean the same."""
    appended: bool = True
    """New messages only come behind those that are there; else looking at all names alone tells what is new."""
    state: str = ""
    """The same as long as no message has come or gone; empty where only looking tells."""
    whose: Whose = Whose.OWN
    """Another user's, or a shared one, is read only where the account asks for it; what its owner sent, this account's owner did not."""


@dataclass(frozen=True, slots=True)
class OtherMailbox:
    """Another user's mailbox, or a shared one, that an account may read."""

    name: str
    """What it is asked for by, as shown: `shared/omar@firm.example`."""
    owner: str
    """Whose it is, or what is shared: the last part of that."""
    whose: Whose
    folders: int = 1


class RawMessage(NamedTuple):
    """One message as its source gave it: the header's octets and what the server knows beside them."""

    id: str
    """As in reports: `INBOX;UIDVALIDITY=17/;UID=123`, `sub/file.eml`, `file.mbox#17`; unique within its source."""
    header: bytes
    received: int | None = None
    """INTERNALDATE or the delivery time of the file; seconds since 1970 UTC."""
    size: int = 0
    """Octets of the whole message."""
    twin: str = ""
    """The server's own identity of a message that lies in several folders (X-GM-MSGID, EMAILID); empty where it has none."""
    problem: str = ""
    """Empty, or the code of why the header could not be had (`message.unreadable`, `message.too_large`)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning of a scan: a code of the public interface and its parameters, never a sentence."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Some messages of a folder in order, and the cursor after which the rest follows."""

    messages: tuple[RawMessage, ...]
    cursor: str
    total: int
    """Messages of this folder in scope, as far as is known by now."""
    expunged: int = 0
    """Messages that were announced and then deleted by somebody else while we read."""
    missing: int = 0
    """Messages that were announced and never came."""
    notices: tuple[Notice, ...] = ()
    lost: int = 0
    """Of the missing ones, those that are not found any more: deleted meanwhile, if looking at the whole folder (`Source.present`) shows so."""


# What a header says ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One name-addr or addr-spec (RFC 5322 section 3.4)."""

    local: str
    domain: str
    """Lower-case A-labels; a domain literal keeps its brackets."""
    name: str = ""
    """The display name, RFC 2047 words decoded, nothing stripped."""

    @property
    def address(self) -> str:
        return f"{self.local}@{self.domain}"


@dataclass(frozen=True, slots=True)
class Author:
    """The From field, read without guessing."""

    status: AuthorStatus
    mailboxes: tuple[Mailbox, ...] = ()
    """Exactly one where the status is clear; what was found (bounded) where it is ambiguous."""
    name: str = ""
    """The display name as a mail program would show it, or the text found where no address could be read."""
    malformed: bool = False
    """The address was clear although the syntax is not that of RFC 5322 or RFC 6532."""

    @property
    def mailbox(self) -> Mailbox | None:
        return self.mailboxes[0] if self.status is AuthorStatus.CLEAR else None


class Place(StrEnum):
    """How an authserv-id relates to the hosts that wrote the trace (Received `by`, RFC 5321 section 4.4)."""

    TOP = "top"
    """It is the host of the topmost Received line."""
    NEAR = "near"
    """It is the host of the nearest Received line above or below the header, and that line belongs to the receiver."""
    RECEIVER = "receiver"
    """It is another name within the receiver's organisation."""
    ELSEWHERE = "elsewhere"
    """It is no name of the receiver's organisation, or there is none."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One Authentication-Results or Received-SPF field, digested; every clause stands alone (RFC 8601)."""

    server: str
    """authserv-id in lower case; empty where the field has none (Microsoft)."""
    place: Place
    hops_above: int
    """Received lines above this field."""
    foreign_above: bool
    """A Received line of another organisation than the receiver's stands above this field."""
    dmarc: Verdict | None = None
    dmarc_domain: str = ""
    """header.from of the dmarc clause."""
    spf: Verdict | None = None
    mail_from: str = ""
    """Domain of smtp.mailfrom (or of the HELO name for a null reverse-path)."""
    dkim: tuple[tuple[Verdict, str], ...] = ()
    """(result, d=) of each dkim clause, in order, without repeats."""
    arc: Verdict | None = None
    submitted: bool = False
    """auth=pass: the client had logged in (RFC 8601 section 2.7.4)."""
    fallback: bool = False
    """It is a Received-SPF field (RFC 7208 section 9.1), weaker than Authentication-Results."""
    inside: bool = False
    """It stands above the line with which the receiver took the message from outside: no sender can write there."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a header reports about its own authentication, independent of which server will be believed."""

    receiver: str = ""
    """Registrable domain of the host that wrote the topmost Received line."""
    statements: tuple[Statement, ...] = ()
    """From the top of the header downwards, bounded."""
    signatures: tuple[str, ...] = ()
    """d= of the DKIM-Signature fields present: form, never proof."""
    client: str = ""
    """Who connected to the receiver: the organisation of the verified reverse name, else its network; kept only where no statement reports a pass."""
    internal: bool = False
    """The trace never left the receiver's organisation, or began with an authenticated submission there (ESMTPA, RFC 3848)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One parsed header: what the audit needs of it, and nothing else."""

    author: Author
    evidence: Evidence
    reply_to: tuple[Mailbox, ...] = ()
    recipients: tuple[str, ...] = ()
    """Addresses of To and Cc, bounded."""
    subject: str = ""
    date: int | None = None
    """The Date field, where it can be read."""
    message_id: str = ""
    references: tuple[str, ...] = ()
    """Message-IDs of In-Reply-To and References, bounded."""
    written_by: str = ""
    """Domain of whom a relay names as the author, having put its own address into From (X-Original-From); reported, never proof."""
    traits: tuple[Trait, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """The unit of evidence: who a message says it is from, and what stands behind that. Equal claims are stored once and counted."""

    status: AuthorStatus
    address: str = ""
    """The author's address with plus-tags, VERP, SRS and BATV folded; empty unless the status is clear."""
    domain: str = ""
    """The author domain, all labels; empty unless the status is clear."""
    name: str = ""
    """Display name as claimed."""
    reply_to: str = ""
    """Domain of Reply-To; empty where there is none or it is the author's own address."""
    traits: tuple[Trait, ...] = ()
    evidence: Evidence = Evidence()
    written_by: str = ""
    """Domain of whom a mailing list names as the author in its own stead; empty unless it differs from `domain`."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message of a claim, to be looked at."""

    id: str
    date: int | None
    subject: str
    message_id: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim with its counts, as the store keeps it."""

    id: str
    claim: Claim
    messages: int
    first_seen: int | None
    last_seen: int | None
    junk: int = 0
    """How many of the messages lie in a Junk folder."""
    examples: tuple[Example, ...] = ()
    outside_replies: int = 0
    """How many of the messages answer a conversation of the owner's that their address was never part of."""


@dataclass(frozen=True, slots=True)
class Correspondent:
    """An address the owner wrote to, from the Sent folders."""

    address: str
    messages: int
    first_sent: int | None
    last_sent: int | None


# What the audit believes -------------------------------------------------------------------------------------------


class BorderSource(StrEnum):
    LEARNED = "learned"
    PINNED = "pinned"
    GIVEN = "given"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class BorderServer:
    """One server whose Authentication-Results are believed, and on what grounds."""

    id: str
    how: BorderSource
    messages: int = 0
    """How many messages carry it in the believed place …"""
    of: int = 0
    """… of how many."""
    hops_above: int | None = None
    """Where it writes: the greatest number of Received lines above its field; None: anywhere above the first foreign one."""
    inside: bool = False
    """It always writes above the line with which the receiver takes mail from outside; elsewhere its name is not believed."""


@dataclass(frozen=True, slots=True)
class Border:
    """The servers to believe; empty: nothing can be established."""

    servers: tuple[BorderServer, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """The verdict on one claim: the truth table of the design applied to the believed statements."""

    authentication: Authentication
    how: How
    proof: tuple[str, ...] = ()
    """The aligned identifiers that passed, as `dkim:example.com`, `spf:example.com`."""
    source: str = ""
    """The sending source: `own`, an organisation's domain, a network in CIDR form, or `unknown`."""
    spf: Verdict | None = None
    dkim: Verdict | None = None
    dmarc: Verdict | None = None
    arc: Verdict | None = None
    """Whether the chain of those who passed it on is intact (RFC 8617); shown as reported, it proves nothing."""


@dataclass(frozen=True, slots=True)
class Brand:
    """A widely imitated name, what people call it, and every domain that is its own."""

    name: str
    names: tuple[str, ...]
    """Spellings seen in display names, lower case, Latin and Arabic."""
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about domains in general; the sample and the tests bring their own."""

    shared_providers: frozenset[str] = frozenset()
    hosting_suffixes: frozenset[str] = frozenset()
    disposable: frozenset[str] = frozenset()
    brands: tuple[Brand, ...] = ()
    reserved_are_ordinary: bool = False
    """Names under reserved endings (RFC 2606) are judged like any other: the sample mailbox has no others."""


class Direction(StrEnum):
    AS_US = "as_us"
    TO_US = "to_us"


@dataclass(frozen=True, slots=True)
class ExceptionRule:
    """Something allowed. AS_US: a service may write in our name; TO_US: an external domain is expected."""

    domain: str
    """With all below it; `*.example.com`: only what is below it; `*`: any. The last two hold for what is proven alone."""
    direction: Direction
    source: str = ""
    """The sending source it holds for; empty: any, but in our name only with proof."""
    approved_by: str = ""
    reason: str = ""
    until: date | None = None
    kind: DomainClass | None = None
    """The kind of domain it holds for, with proof alone; None: any."""


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A reviewer's decision about a domain, or about an address at a shared provider."""

    subject: str
    decision: Decision
    by: str = ""
    reason: str = ""
    at: int | None = None
    until: date | None = None
    proofs: tuple[tuple[str, str], ...] = ()
    """The (proof, source) pairs that trust holds for."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where a domain says that its mail is read; its own word."""

    host: str
    port: int
    scheme: str
    """`imaps` or `imap` (STARTTLS)."""
    user: str = ""
    """What its users sign in with; empty: their address, as far as is known."""
    browser: bool = False
    """It takes no password, so its users sign in with the browser."""


@dataclass(frozen=True, slots=True)
class MailProfile:
    """Mail of another program on this computer; nothing of it was read."""

    path: str
    name: str
    """What the other program calls it."""
    addresses: tuple[str, ...] = ()
    """Whose mail it is, as far as the program says."""


@dataclass(frozen=True, slots=True)
class OAuthService:
    """An authorisation server (RFC 6749): addresses over https only."""

    name: str
    authorize: str
    token: str
    scopes: tuple[str, ...]
    """The first is the one that reading mail takes."""
    revoke: str = ""
    """RFC 7009; empty: it has none."""
    extra: tuple[tuple[str, str], ...] = ()
    """What else its authorisation page wants to hear."""
    loopback: str = "127.0.0.1"
    """How this computer is called in the address that the browser comes back to."""


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """The user's or their administrator's own registration with a service. Its secret, if any, is in the keyring."""

    id: str
    service: OAuthService


@dataclass(frozen=True, slots=True)
class Skip:
    """A subject that a review has put off, and how it stood then; worse evidence brings it back."""

    subject: str
    worst: int
    """Its lowest score."""
    uncovered: int = 0
    """Messages that its trust did not cover; 0 where it was not trusted."""


@dataclass(frozen=True, slots=True)
class Account:
    """A mailbox that was audited or is to be: where it is, and what the user chose for it."""

    name: str
    """What the user calls it; unique."""
    source: str
    """As on the command line: `imaps://USER@HOST[:PORT]`, `imap://…`, a path, or `sample`."""
    own_domains: tuple[str, ...] | None = None
    """None: not chosen, so they follow from the source."""
    folders: tuple[str, ...] = ()
    since: date | None = None
    keep_secret: bool = False
    """The password is in the system's keyring; otherwise it is asked each time."""
    ca_file: str = ""
    """Path of an extra certificate authority (PEM) that its server is verified with; empty: the system's alone."""
    oauth: OAuthClient | None = None
    """Sign in with the browser; None: with a password."""
    direct: bool = False
    """Past the system's proxy."""
    others: tuple[str, ...] = ()
    """Other people's and shared mailboxes that are read as well; `*`: all."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a TLS server shows of itself (RFC 5280); its own word, not proven."""

    names: tuple[str, ...]
    """The hosts and addresses it stands for (subjectAltName)."""
    subject: str
    issuer: str
    begins: str
    """ISO 8601 days, UTC."""
    ends: str
    fingerprint: str
    """SHA-256 in upper-case hexadecimal with colons."""


class TrialStep(StrEnum):
    """What connecting to an account takes, in order."""

    REACH = "reach"
    ENCRYPT = "encrypt"
    SIGN_IN = "sign-in"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Trial:
    """How far connecting to an account came."""

    failed: TrialStep | None = None
    """None: all of it works."""
    code: str = ""
    """Why, as a code of the interface with its values."""
    params: tuple[tuple[str, str | int], ...] = ()
    certificate: Certificate | None = None
    """The one that was refused."""
    folders: int = 0
    others: tuple[OtherMailbox, ...] = ()
    """Of other people and shared; their folders are not among those above."""


class Looked(StrEnum):
    """What came of looking for something where the system may not let it be seen."""

    THERE = "there"
    NOT_THERE = "not there"
    UNSEEN = "unseen"
    """It could not be looked at, so it may be there."""


@dataclass(frozen=True, slots=True)
class Traces:
    """All that is kept of an account on this computer."""

    source: str
    saved: bool = False
    """Its settings: where it is, and what was chosen for it."""
    messages: int | None = None
    """Whose headers were read; None: nothing of it was."""
    octets: int = 0
    """Of the files that hold what was read."""
    set_aside: bool = False
    """A damaged file of it that was replaced."""
    audits: int = 0
    """Frozen, of it alone …"""
    audits_of_several: int = 0
    """… and of it with others."""
    servers: int = 0
    """Confirmed as those to believe."""
    put_off: int = 0
    """Names that its review has put off."""
    subjects: tuple[str, ...] = ()
    """Of decisions about names that no other mailbox here has seen."""
    secret: Looked | None = None
    """In the system's keyring; None: mail files have none."""
    service: str = ""
    """Where its user signed in with the browser, and gave a permission; empty: nowhere."""


@dataclass(frozen=True, slots=True)
class Remains:
    """What was found when an account had been forgotten."""

    files: tuple[str, ...] = ()
    """Of Nitaq's own, that still name it."""
    secret: Looked | None = None
    """Still in the system's keyring; None: mail files have none."""
    permission: str = ""
    """The service at which the permission stands until the user takes it back there; empty: none, or it was taken back."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One frozen audit in the history."""

    id: int
    source: str
    created: int
    status: str
    messages: int
    fingerprint: str = ""
    """Empty where it was not asked for."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name that proven mail has shown to belong to an address."""

    address: str
    colleague: bool


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What all the claims of a mailbox together say about whom it knows; decisions and exceptions change nothing of it."""

    people: Mapping[tuple[str, ...], Person] = field(default_factory=dict)
    """By the sorted words of their names."""
    lists: frozenset[str] = frozenset()
    """The sending sources that are known as mailing lists."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that judging needs beside the claims; built once and passed in."""

    own_domains: tuple[str, ...] = ()
    border: Border = Border()
    facts: Facts = Facts()
    exceptions: tuple[ExceptionRule, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()
    correspondents: Mapping[str, Correspondent] = field(default_factory=dict)
    samples: bool = False
    """Each message is an audit of its own (`--samples`)."""
    today: date | None = None
    """The day the audit is made on, for exceptions that lapse; None: nothing lapses."""


# What the audit says -----------------------------------------------------------------------------------------------


class Finding(NamedTuple):
    """One fact a check established: ids and numbers, never a sentence."""

    id: str
    severity: Severity
    confidence: Confidence
    points: int
    params: tuple[tuple[str, str | int], ...] = ()
    messages: int = 0


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim as it is shown: its record, its proof and the findings whose points add up to its score."""

    record: ClaimRecord
    proof: Proof
    relationship: Relationship
    decision: Decision
    findings: tuple[Finding, ...]
    """In the order of `app.checks.ALL`, the base first; their points add up to the score."""
    score: int


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One address of a domain, rolled up over its claims."""

    address: str
    names: tuple[str, ...]
    messages: int
    score: int | None
    authentication: Authentication
    decision: Decision


@dataclass(frozen=True, slots=True)
class DomainRow:
    """One registrable domain (or, with `domain` None, all messages without a readable one), rolled up over its claims."""

    domain: str | None
    unicode: str
    relationship: Relationship
    domain_class: DomainClass
    authentication: Authentication
    decision: Decision
    score: int | None
    worst: int
    confidence: Confidence
    messages: int
    first_seen: int | None
    last_seen: int | None
    counts: Mapping[Authentication, int]
    findings: tuple[Finding, ...]
    addresses: Sequence[AddressRow]
    claims: Sequence[JudgedClaim]
    """Worst first."""
    decided: int = 0
    """How many of its messages a decision covers; where that is not all, or not one decision, the row as a whole is unreviewed."""


class ScanStatus(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    ERROR = "error"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class FolderScope:
    """One folder that was covered."""

    source: str
    name: str
    messages: int
    validity: int


@dataclass(frozen=True, slots=True)
class Scan:
    """The books of a scan: what was asked for, what came, and what did not."""

    status: ScanStatus = ScanStatus.COMPLETE
    code: str | None = None
    messages: int = 0
    """Distinct messages counted; duplicates and unreadable ones are apart."""
    duplicates: int = 0
    unreadable: int = 0
    missing: int = 0
    seconds: float = 0.0
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What an audit covered."""

    sources: tuple[str, ...]
    own_domains: tuple[str, ...]
    folders: tuple[FolderScope, ...] = ()
    since: date | None = None
    border: Border = Border()


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message of a report made with `--messages`."""

    id: str
    date: int | None
    claim: str


@dataclass(frozen=True, slots=True)
class Presentation:
    """How a report is told, never what it says: it changes no fingerprint."""

    title: str = ""
    """Of the reader's own; empty: Nitaq's."""
    logo: bytes = b""
    """A PNG or JPEG picture; empty: none."""
    short: bool = False
    """For the one who decides: without the table of all domains and the single messages."""
    beside: str = ""
    """Language that stands beside the first one; empty: one language alone."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What was left out of a report on purpose, so that nobody takes it for the whole."""

    redacted: bool = False
    """People, subjects and folders are pseudonyms."""
    domains: int = 0
    """Rows left out."""
    messages: int = 0
    """Judged messages of these rows."""


Carried = tuple[str, str, str, Authentication]
"""Registrable domain, author domain (all labels), sending source, and what is proven."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """Sums over all claims, counting messages; decisions and exceptions change nothing of them."""

    traffic: Mapping[tuple[str, Authentication], int]
    """By month (`2026-03`, UTC) and what is proven."""
    own_sources: Mapping[tuple[str, Authentication], int]
    """In the name of own domains: by sending source and what is proven."""
    carried: Mapping[Carried, int] = field(default_factory=dict)
    """By who is named and who carried it."""


@dataclass(frozen=True, slots=True)
class Report:
    """A finished audit: the one thing that the window shows and every exporter writes."""

    created: int
    scope: Scope
    scan: Scan
    domains: tuple[DomainRow, ...]
    decisions: tuple[DecisionRecord, ...] = ()
    exceptions: tuple[ExceptionRule, ...] = ()
    messages: tuple[MessageRow, ...] | None = None
    """None unless asked for."""
    correspondents: Mapping[str, Correspondent] = field(default_factory=dict)
    """Whom the owner wrote to; for judging again, never exported."""
    months: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Judged messages by claim id and month (`2026-03`, UTC); for the charts, never exported."""
    excerpt: Excerpt = Excerpt()
    presentation: Presentation = Presentation()
    tallies: Tallies | None = field(default=None, compare=False)
    """For the charts, where every claim need not be loaded for them."""
    acquaintance: Acquaintance | None = field(default=None, compare=False)
    """For judging again, never exported."""
