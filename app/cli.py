"""The headless verbs: words of the call in, exit status out. Never loads Qt."""

from __future__ import annotations

import argparse
import getpass
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NoReturn

from app.accounts import ACCOUNT, Keep, account_of, open_account
from app.arguments import parser
from app.audit_verb import EXIT, AuditCall, AuditVerb
from app.basis import Wishes
from app.cancel import EndOfInput, listen_for_signals
from app.contain import contained
from app.cores import leave_no_core
from app.error_text import describe, ending
from app.errors import NitaqError, UserError
from app.excerpt import Choices
from app.faults import FAULTS, faults_told, where
from app.i18n import Translation, other
from app.model import Account, Notice, Presentation, Scan, ScanStatus
from app.network.proxy import direct, system_proxy
from app.progress import Bar, JsonLines, Quiet, Reporter
from app.secrets import Keyring
from app.settings import data_folder, system_language
from app.sources import Connection
from app.store.folder import StoreFolder

MAX_SECRET = 65_536
"""Octets of a secret's line; OAuth tokens are long."""


def run() -> NoReturn:
    """`main` as all that a process does. It ends at once: Python would take what it knows of a mailbox apart, object by object, for a third of a second."""
    status = main()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Exit status: 0 complete, 1 error or refused, 2 wrong words, 3 partial, 130 cancelled."""
    leave_no_core()
    _replace_missing_streams()
    arguments = parser().parse_args(argv)
    say = Translation(arguments.lang or system_language())
    listen_for_signals()
    status = EXIT[ScanStatus.CANCELLED]
    try:
        status = VERBS[arguments.verb](arguments, say)
        sys.stdout.flush()
    except NitaqError as error:
        sys.stderr.write(describe(error.code, error.params, say) + "\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(ending(ScanStatus.CANCELLED, say) + "\n")
    except BrokenPipeError:  # nobody reads on (`| head`), and there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as fault:  # a fault of ours: a sentence that can be reported, never a traceback
        sys.stderr.write(describe("program.fault", {"reason": where(fault)}, say) + "\n")
        return 1
    return status


def _replace_missing_streams() -> None:
    """A program with a window, or one that was started with closed streams, has none (`sys.stdin` is None)."""
    sys.stdin = sys.stdin or TextIOWrapper(BytesIO())
    sys.stdout = sys.stdout or TextIOWrapper(BytesIO())
    sys.stderr = sys.stderr or TextIOWrapper(BytesIO())


def run_audit(arguments: argparse.Namespace, say: Translation) -> int:
    """The verb `audit`."""
    reporter = _reporter(arguments.progress, say)
    ask = _secret_asker(arguments, say)
    watch = EndOfInput(sys.stdin.buffer, lambda: _give_up(reporter)) if arguments.cancel_on_eof else None
    call = AuditCall(
        sources=tuple(arguments.sources),
        reports=tuple(arguments.report),
        wishes=Wishes(
            own_domains=tuple(arguments.own),
            trusted_servers=tuple(arguments.trust_server),
            since=arguments.since,
            samples=arguments.samples,
            messages=arguments.messages,
        ),
        own_given=bool(arguments.own),
        subjects=not arguments.no_subjects,
        choices=_choices(arguments, say),
        folders=tuple(arguments.folder),
        scan_only=arguments.scan_only,
        connection=_connection(arguments),
        store=arguments.store,
        data_folder=data_folder(),
    )
    with faults_told(arguments.store / FAULTS if arguments.store else None, "engine"):
        books = AuditVerb(call, say, reporter, ask, _keeper(reporter), time.time, watch or (lambda: False)).run()
    if watch:
        watch.finished()
    if arguments.progress != "json":
        with suppress(BrokenPipeError):
            _tell(books, call.reports, say)
    return EXIT[books.status]


def _choices(arguments: argparse.Namespace, say: Translation) -> Choices:
    beside = other(say.language) if arguments.both_languages else ""
    return Choices(arguments.only_look, arguments.redact, Presentation(arguments.title, arguments.logo, arguments.summary, beside))


def _tell(books: Scan, reports: Sequence[Path], say: Translation) -> None:
    """How it ended, what was counted, and what was written."""
    print(ending(books.status, say))
    print(say.plural("{n} message counted.", "{n} messages counted.", books.messages))
    if books.unreadable:
        print(say.plural("{n} message could not be read and is counted apart.", "{n} messages could not be read and are counted apart.", books.unreadable))
    if books.status is ScanStatus.COMPLETE and not books.messages + books.unreadable:
        print(say("There is no message in the folders and dates that were asked for. Nothing is wrong with that."))
    for path in reports if books.status in (ScanStatus.COMPLETE, ScanStatus.PARTIAL) else ():
        print(say("Report: {path}", path=contained(str(path))))


def run_domain(arguments: argparse.Namespace, say: Translation) -> int:
    """The verb `domain`."""
    from app.facts import load_facts
    from app.resemble import domain_lines

    names = (name for word in arguments.names for name in (map(str.strip, sys.stdin) if word == "-" else (word,)) if name)
    for line in domain_lines(names, tuple(arguments.own), load_facts(), arguments.json, say):
        print(line)
    return 0


def run_header(arguments: argparse.Namespace, say: Translation) -> int:
    """The verb `header`."""
    account = _account(arguments.source, arguments.store or data_folder())
    keep = _keeper(Quiet(sys.stderr, say))
    with closing(open_account(account, _connection(arguments), _secret_asker(arguments, say), keep)) as source:
        text = source.header(arguments.id).decode("utf-8", "backslashreplace")
    for line in text.replace("\r\n", "\n").split("\n"):
        print(contained(line))
    return 0


def run_verify(arguments: argparse.Namespace, say: Translation) -> int:
    """The verb `verify`: status 0 where the fingerprints are the same, 1 where they are not."""
    from app.exporters.printed import computed, printed

    content = computed(arguments.report)
    for path in filter(None, (arguments.report, arguments.form)):
        if printed(path) != content:
            told = say("{file} carries another fingerprint than follows from the content of {report}. One of them was changed, or they are two audits.",
                       file=contained(str(path)), report=contained(str(arguments.report)))  # fmt: skip
            sys.stderr.write(told + "\n")
            return 1
    print(say("The fingerprint is the one that follows from the content: {fingerprint}", fingerprint=content))
    print(say("That shows that the forms say the same. It does not show who made them."))
    return 0


def run_merge(arguments: argparse.Namespace, say: Translation) -> int:
    """The verb `merge`."""
    from app.merge_verb import run_merge as run

    return run(arguments, say)


def run_compare(arguments: argparse.Namespace, say: Translation) -> int:
    """The verb `compare`."""
    from app.compare_verb import run_compare as run

    return run(arguments, say)


def _account(source: str, store: Path) -> Account:
    """Only to know an account by its name is the store opened."""
    if not source.startswith(ACCOUNT):
        return account_of(source, None)
    with closing(StoreFolder(store).workspace()) as workspace:
        return account_of(source, workspace)


def _reporter(kind: str, say: Translation) -> Reporter:
    if kind == "json":
        return JsonLines(sys.stdout)
    if kind == "bar" or (kind == "auto" and sys.stderr.isatty()):
        return Bar(sys.stderr, say, lambda: shutil.get_terminal_size().columns)
    return Quiet(sys.stderr, say)


def _give_up(reporter: Reporter) -> None:
    reporter.end(Scan(ScanStatus.CANCELLED))
    os._exit(EXIT[ScanStatus.CANCELLED])


def _secret_asker(arguments: argparse.Namespace, say: Translation) -> Callable[[Account], str]:
    """From standard input, else the keyring, else the terminal. Standard input is read at once, before its end can mean anything else."""
    given = sys.stdin.buffer.readline(MAX_SECRET).rstrip(b"\r\n") if arguments.secret_stdin else None

    def ask(account: Account) -> str:
        if given is not None:
            return _read_secret(given, account)
        by_browser = account.oauth is not None and arguments.auth != "password"
        secret = Keyring().get(account.source) if by_browser or account.oauth is None else None  # what the browser gave is no password
        if secret:
            return secret
        if by_browser:
            raise UserError("oauth.missing", account=account.name)
        if not sys.stdin.isatty():
            raise UserError("secret.unavailable", account=account.name)
        return getpass.getpass(say("Password for {account}: ", account=contained(account.name)))

    return ask


def _keeper(reporter: Reporter) -> Keep:
    """A renewed sign-in goes where the earlier one was: to the keyring, or nowhere. Where the keyring does not take it, that is said once."""
    told = False

    def keep(account: Account, secret: str) -> None:
        nonlocal told
        try:
            if account.keep_secret:
                Keyring().set(account.source, secret)
        except UserError:
            if not told:
                reporter.warning(Notice("secret.not_kept", (("account", account.name),)))
            told = True

    return keep


def _read_secret(line: bytes, account: Account) -> str:
    try:
        secret = line.decode()
    except UnicodeDecodeError:
        secret = ""
    if not secret:
        raise UserError("secret.unavailable", account=account.name)
    return secret


def _connection(arguments: argparse.Namespace) -> Connection:
    return Connection(
        arguments.auth,
        ca_file=arguments.ca,
        timeout=arguments.timeout,
        insecure_plaintext=arguments.insecure_plaintext,
        proxy_for=direct if arguments.no_proxy else system_proxy,
        folders=tuple(getattr(arguments, "folder", ())),
        others=tuple(getattr(arguments, "also", ())),
    )


VERBS: Mapping[str, Callable[[argparse.Namespace, Translation], int]] = {
    "audit": run_audit,
    "domain": run_domain,
    "header": run_header,
    "verify": run_verify,
    "merge": run_merge,
    "compare": run_compare,
}
