"""A mailbox that was scanned again and is what it was: the report of its last judgement with the day and the books of this scan."""

from __future__ import annotations

import json

from app.audit import context_of
from app.basis import Known
from app.exporters.json_report import once_more
from app.i18n import Translation
from app.model import Report, Scan
from app.rejudge import same_policy
from app.store.workspace import Workspace
from app.texts import seen_in_words, without_isolates


def confirmed(stored: Report, scan: Scan, known: Known, created: int, workspace: Workspace, say: Translation) -> bytes | None:
    """The report (JSON) that judging afresh would give.

    None where decisions or exceptions are others, or the stored judgement has no report, or one in another language.
    """
    if (stored.decisions, stored.exceptions) != (known.decisions, known.exceptions):
        return None
    if not same_policy(context_of(stored, known, stored.created), context_of(stored, known, created)):
        return None
    made = stored.scope.sources[0], stored.created
    frozen = [entry.id for entry in workspace.audits() if (entry.source, entry.created) == made]
    text = workspace.frozen(frozen[0]) if len(frozen) == 1 else b""  # another of the same second may have been asked for otherwise
    return once_more(text, created, scan) if _is_told_in(text, stored, say) else None


def _is_told_in(text: bytes, stored: Report, say: Translation) -> bool:
    """Whether the first of the report's sentences is in this language; nothing else in it depends on one."""
    first = next((finding for row in stored.domains for finding in row.findings), None)
    try:
        return first is None or json.dumps(without_isolates(seen_in_words(first, say)), ensure_ascii=False).encode("utf-8", "replace") in text
    except KeyError:  # no check has such an id: octets of the stored judgement have rotted
        return False
