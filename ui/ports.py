"""What the window needs from outside, as small protocols: `ui/main.py` brings the real ones, the tests bring theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.compare import Comparison, Seen
    from app.i18n import Translation
    from app.live import LiveSenders
    from app.model import Account, AuditEntry, DecisionRecord, ExceptionRule, Looked, MailProfile, MailServer, Report, Skip, Traces, Trial
    from app.sign_in.grant import Grant


class Audits(Protocol):
    """The store, seen from the window (`app.library.Library`). Loading and judging are called in a worker thread; all may raise `NitaqError`."""

    def recent(self) -> Sequence[AuditEntry]:
        """The latest audit of each source, newest first."""

    def load(self, source: str) -> Report | None:
        """What has been read of `source`, judged as things are known now; None where it was never scanned."""

    def freeze(self, key: str, say: Translation) -> Report | None:
        """Several sources that have just been read, judged as one and kept as it is; None where none of them was ever read."""

    def folders(self, source: str) -> Mapping[str, frozenset[str]]:
        """Each folder of a source with the registrable domains that wrote into it; empty stands for senders that cannot be read."""

    def with_own_domains(self, report: Report, own_domains: tuple[str, ...]) -> Report:
        """The same mail judged with other own domains, which are kept for the next time."""

    def with_servers(self, report: Report, servers: tuple[str, ...]) -> Report:
        """The same mail judged by the word of these servers, which are kept for the next time; none: they are learned."""

    def decide(self, report: Report, records: Sequence[DecisionRecord]) -> Report:
        """Keep decisions ("unreviewed" takes an earlier one back), and judge the same mail again."""

    def skipped(self, source: str) -> Sequence[Skip]:
        """What the review of a source has put off."""

    def skip(self, source: str, skips: Iterable[Skip]) -> None:
        """Put off these subjects and no others."""

    def exceptions(self) -> Sequence[ExceptionRule]:
        """Those that the user has recorded."""

    def save_exception(self, report: Report, rule: ExceptionRule, instead: ExceptionRule | None = None) -> Report:
        """Record an exception, in place of another where one is named, and judge the same mail again."""

    def import_exceptions(self, report: Report, rules: Sequence[ExceptionRule]) -> Report:
        """Record many, all or none, each in place of one for the same domain, direction and source, and judge the same mail again."""

    def forget_exception(self, report: Report, rule: ExceptionRule) -> Report: ...

    def history(self, source: str) -> Sequence[AuditEntry]:
        """The frozen audits of a source with their fingerprints, newest first."""

    def as_it_was(self, id: int) -> Report | None:
        """One frozen audit as it was; None where only its domains can be shown."""

    def domains_of(self, id: int) -> Sequence[Seen]:
        """The domains of one frozen audit as they were."""

    def compared(self, earlier: int, later: int) -> Comparison:
        """What changed between two frozen audits."""

    def live_senders(self, source: str) -> LiveSenders:
        """Who writes to `source`, while it is scanned."""

    def accounts(self) -> Sequence[Account]: ...

    def account(self, source: str) -> Account:
        """The saved account of a source, or a plain one."""

    def save_account(self, account: Account) -> None: ...

    def forget(self, source: str, subjects: Iterable[str] = ()) -> None:
        """Let go of the account, what was read of it, its audits, and the decisions about `subjects`."""

    def traces(self, source: str) -> Traces:
        """All that the store holds of an account."""

    def remains(self, source: str) -> tuple[str, ...]:
        """The files that still name it."""


class Secrets(Protocol):
    """The system's keyring; each call may block while the system asks the user to unlock it."""

    def available(self) -> bool: ...

    def get(self, account: str) -> str | None: ...

    def look(self, account: str) -> Looked: ...

    def set(self, account: str, secret: str) -> None: ...

    def forget(self, account: str) -> None: ...


class Tokens(Protocol):
    """Who gives tokens for one account (`app.sign_in.tokens.Tokens`); called in a worker thread, may raise `NitaqError`."""

    def fresh(self, grant: Grant) -> Grant: ...

    def revoke(self, grant: Grant) -> None: ...


class Consent(Protocol):
    """One round through the browser (`app.sign_in.consent.Consent`)."""

    url: str

    def wait(self, client_secret: str, cancelled: Callable[[], bool]) -> Grant:
        """Blocks in a worker thread until the browser came back. May raise `NitaqError`."""


class Preferences(Protocol):
    """Small choices that outlive the window: language, look."""

    def setting(self, name: str, default: str = "") -> str: ...

    def set(self, name: str, value: str) -> None: ...


class Exporter(Protocol):
    """One form of the report."""

    @property
    def suffix(self) -> str:
        """With its dot: `.html`."""

    @property
    def title(self) -> str:
        """What a person calls the form; English, marked for translation."""


class Export(Protocol):
    def __call__(self, report: Report, path: Path, say: Translation, /) -> None:
        """Write the report beside `path` and rename it there; raises `NitaqError` report.unwritable."""


class WriteComparison(Protocol):
    def __call__(self, comparison: Comparison, path: Path, say: Translation, /) -> None:
        """Write what changed as HTML beside `path` and rename it there; raises `NitaqError` report.unwritable."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the window is given."""

    audits: Audits
    secrets: Secrets
    preferences: Preferences
    exporters: Callable[[], tuple[Exporter, ...]]
    """Asked when something is to be exported, so that nothing of it is loaded before."""
    export: Export
    write_comparison: WriteComparison
    engine: tuple[str, ...]
    """The program and the words before its own: this same program, headless."""
    engine_folder: Path
    """Where the engine is started."""
    store: Path
    """The folder that the engine keeps what it reads in."""
    try_account: Callable[[Account, str | None], Trial]
    """Whether an account works with a secret, or without one whether its server is there; called in a worker thread. May raise `NitaqError`."""
    tokens: Callable[[Account], Tokens]
    consent: Callable[[Account, Translation], Consent]
    proxy: Callable[[str, int], str]
    """The system's proxy to a host and port, as it is shown; empty: none. Called in a worker thread; may raise `NitaqError`."""
    discover: Callable[[str], MailServer | None]
    """What the domain of an e-mail address says of its server; called in a worker thread, after the user agreed."""
    newest: Callable[[], str]
    """The newest version there is; called in a worker thread, after the user agreed. May raise `NitaqError`."""
    profiles: Callable[[], Sequence[MailProfile]] = tuple
    """Mail of other programs on this computer; called in a worker thread, reads none of it."""
    today: Callable[[], date] = date.today
    """Asked for what is over by now."""
