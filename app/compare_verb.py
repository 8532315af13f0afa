"""The verb `compare`: two JSON reports in, what changed between them out, on the terminal or as a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.compare import Comparison, compared
from app.compare_text import caveats, sections, summed_up
from app.contain import contained
from app.errors import UserError
from app.exporters import write_whole
from app.exporters.comparison import write_comparison
from app.exporters.printed import computed, report_in
from app.i18n import Translation, mark


def run_compare(arguments: argparse.Namespace, say: Translation) -> int:
    """Exit status 0 whether or not anything changed."""
    comparison = comparison_of(arguments.earlier, arguments.later)
    print(summed_up(comparison, say))
    for sentence in caveats(comparison, say):
        print(sentence)
    for section in sections(comparison, say):
        if section.rows:
            print(say("{title}: {n}", title=section.title, n=len(section.rows)))
    if arguments.report:
        write_whole(arguments.report, lambda out: write_comparison(comparison, say, out))
        print(say("Report: {path}", path=contained(str(arguments.report))))
    return 0


def comparison_of(earlier: Path, later: Path) -> Comparison:
    """Compare two files. UserError `input` where one is no report, or is not the one that its fingerprint says."""
    documents = []
    for path in (earlier, later):
        document = report_in(path)
        if document.get("fingerprint") != computed(path):
            raise UserError("input", path=str(path), reason=mark("its fingerprint does not follow from its content, so it was changed"))
        documents.append(document)
    try:
        return compared(*documents)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise UserError("input", path=f"{earlier}, {later}", reason=mark("they are no reports that can be compared")) from None
