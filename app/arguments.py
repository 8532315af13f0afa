"""The words of a call: what each verb takes. What is wrong with a word is said before anything is read, with exit status 2."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from app import __version__
from app.accounts import ACCOUNT
from app.domains import to_ascii
from app.errors import UserError
from app.i18n import LANGUAGES
from app.letterhead import logo_in
from app.sources import normalised


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="nitaq", description="Who really writes to this mailbox: a private, read-only audit of sender domains.")
    top.add_argument("--version", action="version", version=f"nitaq {__version__}")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    _audit_words(verbs.add_parser("audit", help="audit mailboxes without a window"))
    _domain_words(verbs.add_parser("domain", help="what does this name resemble?"))
    _header_words(verbs.add_parser("header", help="fetch one message's header again and print it, contained"))
    _verify_words(verbs.add_parser("verify", help="is this the report that its fingerprint says?"))
    _merge_words(verbs.add_parser("merge", help="several reports as one"))
    _compare_words(verbs.add_parser("compare", help="what changed between two audits?"))
    return top


def _audit_words(audit: argparse.ArgumentParser) -> None:
    audit.add_argument("sources", nargs="+", type=_source, metavar="SOURCE", help="imaps://USER@HOST, imap://USER@HOST, a path, account:NAME or sample")
    audit.add_argument("--report", action="append", type=_report, default=[], metavar="FILE", help="write a report; the suffix chooses its form")
    audit.add_argument("--messages", action="store_true", help="JSON: one entry per message too")
    audit.add_argument("--own", action="append", type=_domain, default=[], metavar="DOMAIN", help="a domain of the audited organisation")
    audit.add_argument("--trust-server", action="append", type=_server, default=[], metavar="ID", help="the authserv-id to believe (default: learned)")
    audit.add_argument("--folder", action="append", default=[], metavar="NAME", help="cover only this folder")
    audit.add_argument("--also", action="append", default=[], metavar="NAME", help="also this mailbox of somebody else or shared one ('*': all)")
    audit.add_argument("--since", type=_day, metavar="DATE", help="cover only messages from this day on (YYYY-MM-DD)")
    audit.add_argument("--no-subjects", action="store_true", help="keep no subjects of example messages, and forget those that were kept")
    audit.add_argument("--samples", action="store_true", help="each message is an audit of its own")
    _connection_words(audit)
    _choice_words(audit)
    audit.add_argument("--scan-only", action="store_true", help="read into the store and judge nothing")
    audit.add_argument("--cancel-on-eof", action="store_true", help="the end of standard input cancels")
    audit.add_argument("--progress", choices=("auto", "bar", "json", "none"), default="auto")


def _choice_words(audit: argparse.ArgumentParser) -> None:
    chosen = audit.add_argument_group("what goes into the reports")
    chosen.add_argument("--redact", action="store_true", help="people, subjects and folders become made-up names")
    chosen.add_argument("--only-look", action="store_true", help="only the domains that need a look")
    chosen.add_argument("--summary", action="store_true", help="HTML and PDF: without the table of all domains and the single messages")
    chosen.add_argument("--both-languages", action="store_true", help="HTML and PDF: English and Arabic side by side")
    chosen.add_argument("--title", default="", metavar="TEXT", help="HTML and PDF: a title of your own")
    chosen.add_argument("--logo", type=_logo, default=b"", metavar="FILE", help="HTML and PDF: a PNG or JPEG picture for the head")


def _domain_words(domain: argparse.ArgumentParser) -> None:
    domain.add_argument("names", nargs="+", metavar="NAME", help="a domain; '-' reads names from standard input")
    domain.add_argument("--own", action="append", type=_domain, default=[], metavar="DOMAIN", help="a domain of the organisation")
    domain.add_argument("--json", action="store_true")
    domain.add_argument("--lang", choices=LANGUAGES)


def _header_words(header: argparse.ArgumentParser) -> None:
    header.add_argument("source", type=_source, metavar="SOURCE")
    header.add_argument("id", metavar="ID", help="a message's id as in reports")
    _connection_words(header)


def _verify_words(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("report", type=Path, metavar="A.json", help="a report as JSON")
    verify.add_argument("form", nargs="?", type=Path, metavar="FORM", help="another form of it: .html, .pdf, .xlsx, .csv, .zip …")
    verify.add_argument("--lang", choices=LANGUAGES)


def _compare_words(compare: argparse.ArgumentParser) -> None:
    compare.add_argument("earlier", type=Path, metavar="A.json", help="the earlier report, as JSON")
    compare.add_argument("later", type=Path, metavar="B.json", help="the later one")
    compare.add_argument("--report", type=_page, metavar="FILE", help="write what changed to a file (.html)")
    compare.add_argument("--lang", choices=LANGUAGES)


def _merge_words(merge: argparse.ArgumentParser) -> None:
    merge.add_argument("reports", nargs="+", type=Path, metavar="A.json", help="reports as JSON, each of other mailboxes")
    merge.add_argument("--report", action="append", type=_report, required=True, metavar="FILE", help="what to write; the suffix chooses its form")
    merge.add_argument("--lang", choices=LANGUAGES)


def _connection_words(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--auth", choices=("password", "xoauth2", "oauthbearer", "oauth"), default="", help="default: as the account signs in")
    verb.add_argument("--secret-stdin", action="store_true", help="read the secret from the first line of standard input")
    verb.add_argument("--ca", type=Path, metavar="FILE", help="an extra certificate authority")
    verb.add_argument("--timeout", type=_seconds, default=30.0, metavar="S", help="seconds of silence before giving up")
    verb.add_argument("--no-proxy", action="store_true", help="past the system's proxy")
    verb.add_argument("--insecure-plaintext", action="store_true", help="no encryption; only to this very machine")
    verb.add_argument("--store", type=Path, metavar="DIR", help="where to keep what is read")
    verb.add_argument("--lang", choices=LANGUAGES, help="language of reports and messages")


def _source(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("a source has a name")
    if not text.startswith(ACCOUNT):
        with _words():
            normalised(text)
    return text


def _report(text: str) -> Path:
    from app.exporters import exporter_for  # a scan that writes no report begins without all their forms

    with _words():
        exporter_for(Path(text))
    return Path(text)


def _page(text: str) -> Path:
    from app.exporters.comparison import SUFFIX

    if Path(text).suffix.lower() != SUFFIX:
        raise argparse.ArgumentTypeError(f"{text!r}: a comparison is written as {SUFFIX}")
    return Path(text)


def _logo(text: str) -> bytes:
    with _words():
        return logo_in(Path(text))


@contextmanager
def _words() -> Iterator[None]:
    """What is wrong with a word of the call is said before anything is read."""
    try:
        yield
    except UserError as error:
        raise argparse.ArgumentTypeError(f"{error.params['path']!r}: {error.params['reason']}") from None


def _domain(text: str) -> str:
    domain = to_ascii(text)
    if domain is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no domain")
    return domain


def _server(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("a server has a name")
    return text


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds, such as 30")
    return seconds


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-03-01") from None
