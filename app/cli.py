"""The headless verbs: words of the call in, exit status out. Never loads Qt."""

from __future__ import annotations

import argparse
import getpass
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from app import __version__
from app.audit import Wishes
from app.audit_verb import EXIT, AuditCall, AuditVerb
from app.cancel import EndOfInput
from app.contain import contained
from app.error_text import describe, ending
from app.errors import NitaqError, UserError
from app.i18n import LANGUAGES, Translation, mark
from app.model import Account, Scan, ScanStatus
from app.progress import Bar, JsonLines, Quiet, Reporter
from app.secrets import Keyring
from app.settings import data_folder, system_language
from app.sources import Connection

MAX_SECRET = 65_536
"""Octets of a secret's line; OAuth tokens are long."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Exit status: 0 complete, 1 error or refused, 2 wrong words, 3 partial, 130 cancelled."""
    arguments = parser().parse_args(argv)
    say = Translation(arguments.lang or system_language())
    try:
        status: int = arguments.run(arguments, say)
    except NitaqError as error:
        sys.stderr.write(describe(error.code, error.params, say) + "\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(ending(ScanStatus.CANCELLED, say) + "\n")
        return 130
    except Exception as fault:  # a fault of ours: a sentence that can be reported, never a traceback
        sys.stderr.write(describe("program.fault", {"reason": where(fault)}, say) + "\n")
        return 1
    return status


def where(fault: BaseException) -> str:
    """The kind of a fault and the line it came from; nothing of the mail."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}, {Path(last.filename).name}:{last.lineno}"


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="nitaq", description="Who really writes to this mailbox: a private, read-only audit of sender domains.")
    top.add_argument("--version", action="version", version=f"nitaq {__version__}")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    _audit_words(verbs.add_parser("audit", help="audit mailboxes without a window"))
    _domain_words(verbs.add_parser("domain", help="what does this name resemble?"))
    _header_words(verbs.add_parser("header", help="fetch one message's header again and print it, contained"))
    return top


def _audit_words(audit: argparse.ArgumentParser) -> None:
    audit.set_defaults(run=run_audit)
    audit.add_argument("sources", nargs="+", metavar="SOURCE", help="imaps://USER@HOST, imap://USER@HOST, a path, account:NAME or sample")
    audit.add_argument("--report", action="append", type=Path, default=[], metavar="FILE", help="write a report; the suffix chooses its form")
    audit.add_argument("--messages", action="store_true", help="JSON: one entry per message too")
    audit.add_argument("--own", action="append", default=[], metavar="DOMAIN", help="a domain of the audited organisation")
    audit.add_argument("--trust-server", action="append", default=[], metavar="ID", help="the authserv-id to believe (default: learned)")
    audit.add_argument("--folder", action="append", default=[], metavar="NAME", help="cover only this folder")
    audit.add_argument("--since", type=_day, metavar="DATE", help="cover only messages from this day on (YYYY-MM-DD)")
    audit.add_argument("--samples", action="store_true", help="each message is an audit of its own")
    _connection_words(audit)
    audit.add_argument("--progress", choices=("auto", "bar", "json", "none"), default="auto")


def _domain_words(domain: argparse.ArgumentParser) -> None:
    domain.set_defaults(run=run_domain)
    domain.add_argument("names", nargs="+", metavar="NAME", help="a domain; '-' reads names from standard input")
    domain.add_argument("--own", action="append", default=[], metavar="DOMAIN")
    domain.add_argument("--json", action="store_true")
    domain.add_argument("--lang", choices=LANGUAGES)


def _header_words(header: argparse.ArgumentParser) -> None:
    header.set_defaults(run=run_header)
    header.add_argument("source", metavar="SOURCE")
    header.add_argument("id", metavar="ID", help="a message's id as in reports")
    _connection_words(header)


def _connection_words(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--auth", choices=("password", "xoauth2", "oauthbearer"), default="password")
    verb.add_argument("--secret-stdin", action="store_true", help="read the secret from the first line of standard input")
    verb.add_argument("--cancel-on-eof", action="store_true", help="the end of standard input cancels")
    verb.add_argument("--ca", type=Path, metavar="FILE", help="an extra certificate authority")
    verb.add_argument("--timeout", type=float, default=30.0, metavar="S", help="seconds of silence before giving up")
    verb.add_argument("--insecure-plaintext", action="store_true", help="no encryption; only to this very machine")
    verb.add_argument("--store", type=Path, metavar="DIR", help="where to keep what is read")
    verb.add_argument("--lang", choices=LANGUAGES, help="language of reports and messages")


def run_audit(arguments: argparse.Namespace, say: Translation) -> int:
    """The verb `audit`."""
    reporter = _reporter(arguments.progress, say)
    ask = _secret_asker(arguments, say)
    watch = EndOfInput(_standard_input(), lambda: _give_up(reporter)) if arguments.cancel_on_eof else None
    call = AuditCall(
        sources=tuple(arguments.sources),
        reports=tuple(arguments.report),
        wishes=Wishes(
            own_domains=_domains(arguments.own),
            trusted_servers=tuple(arguments.trust_server),
            since=arguments.since,
            samples=arguments.samples,
            messages=arguments.messages,
        ),
        own_given=bool(arguments.own),
        folders=tuple(arguments.folder),
        connection=_connection(arguments),
        store=arguments.store,
        data_folder=data_folder(),
    )
    books = AuditVerb(call, say, reporter, ask, time.time, watch or (lambda: False)).run()
    if watch:
        watch.finished()
    if arguments.progress != "json":
        print(ending(books.status, say))
        print(say.plural("{n} message counted.", "{n} messages counted.", books.messages))
        for path in call.reports if books.status in (ScanStatus.COMPLETE, ScanStatus.PARTIAL) else ():
            print(say("Report: {path}", path=contained(str(path))))
    return EXIT[books.status]


def run_domain(arguments: argparse.Namespace, say: Translation) -> int:
    """The verb `domain`."""
    from app.facts import load_facts
    from app.resemble import domain_lines

    names = (name for word in arguments.names for name in (map(str.strip, sys.stdin) if word == "-" else (word,)) if name)
    for line in domain_lines(names, _domains(arguments.own), load_facts(), arguments.json, say):
        print(line)
    return 0


def run_header(arguments: argparse.Namespace, say: Translation) -> int:
    """The verb `header`."""
    from app.sources import is_server, normalised, open_source

    source = normalised(arguments.source)
    connection = _connection(arguments)
    if is_server(source):
        from dataclasses import replace

        connection = replace(connection, secret=_secret_asker(arguments, say)(Account(source, source)))
    opened = open_source(source, connection)
    try:
        text = opened.header(arguments.id).decode("utf-8", "backslashreplace")
    finally:
        opened.close()
    for line in text.replace("\r\n", "\n").split("\n"):
        print(contained(line))
    return 0


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
    given = _standard_input().readline(MAX_SECRET).rstrip(b"\r\n").decode() if arguments.secret_stdin else None

    def ask(account: Account) -> str:
        if given is not None:
            return given
        if secret := Keyring().get(account.source):
            return secret
        if not sys.stdin.isatty():
            raise UserError("secret.unavailable", account=account.name)
        return getpass.getpass(say("Password for {account}: ", account=contained(account.name)))

    return ask


def _connection(arguments: argparse.Namespace) -> Connection:
    return Connection(
        auth=arguments.auth, ca_file=arguments.ca, timeout=arguments.timeout, insecure_plaintext=arguments.insecure_plaintext
    )


def _standard_input() -> BinaryIO:
    return sys.stdin.buffer


def _domains(words: Sequence[str]) -> tuple[str, ...]:
    from app.domains import to_ascii

    domains = []
    for word in words:
        domain = to_ascii(word)
        if domain is None:
            raise UserError("input", path=word, reason=mark("this is not a domain"))
        domains.append(domain)
    return tuple(domains)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-03-01") from None
