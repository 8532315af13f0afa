"""Rejections as a Sieve script (RFC 5228): rejected mail goes into a folder, and nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.exporters.rules import about, rules_exporter
from app.i18n import Translation, mark
from app.model import Report
from app.refusals import Covers, Refusal, Refusals

FOLDER = "Rejected by Nitaq"
_PURPOSE = (
    mark("A Sieve script (RFC 5228). Add it to the filters of your mail server: it files mail of rejected senders into a folder and deletes nothing."),
    mark("To undo it, remove the script. What it has filed lies in the folder “Rejected by Nitaq”."),
)


def _write(report: Report, refusals: Refusals, head: Sequence[str], say: Translation) -> str:
    servers = [server.id for server in report.scope.border.servers if server.id]
    lines = [*(f"# {line}" for line in head), "", 'require ["fileinto", "mailbox"];']
    for rule in refusals.rules:
        lines += ["", f"# {about(rule, say)}", *_rule(rule, servers)]
    return "\r\n".join(lines) + "\r\n"


def _rule(rule: Refusal, servers: Sequence[str]) -> Iterator[str]:
    tests = [_from(rule)]
    if rule.covers is Covers.UNPROVEN:
        proofs = [f"{server}*dmarc=pass*" for server in servers] or ["*dmarc=pass*"]
        tests.append(f'not header :matches "authentication-results" [{", ".join(map(_quoted, proofs))}]')
    yield f"if allof ({', '.join(tests)}) {{"
    yield f"    fileinto :create {_quoted(FOLDER)};"
    yield "    stop;"
    yield "}"


def _from(rule: Refusal) -> str:
    if rule.is_address:
        return f'address :all :is "from" {_quoted(rule.subject)}'
    return f'anyof (address :domain :is "from" {_quoted(rule.subject)}, address :domain :matches "from" {_quoted("*." + rule.subject)})'


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


EXPORTER = rules_exporter(".sieve", mark("Rejections for mail servers (Sieve)"), _PURPOSE, _write, tells_proof=True)
