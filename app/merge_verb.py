"""`nitaq merge`: reports of many mailboxes become one report. All are read before anything is written."""

from __future__ import annotations

import argparse
import time

from app.audit_verb import EXIT
from app.contain import contained
from app.error_text import ending
from app.exporters import export
from app.exporters.thaw import thaw
from app.i18n import Translation
from app.merge import merge


def run_merge(arguments: argparse.Namespace, say: Translation) -> int:
    """Exit status as of an audit. Raises UserError."""
    report = merge([thaw(path) for path in arguments.reports], int(time.time()))
    for path in arguments.report:
        export(report, path, say)
    print(ending(report.scan.status, say))
    print(say.plural("{n} message counted.", "{n} messages counted.", report.scan.messages))
    for path in arguments.report:
        print(say("Report: {path}", path=contained(str(path))))
    return EXIT[report.scan.status]
