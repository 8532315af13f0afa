"""A mailbox that was scanned again and is what it was: the report of its last judgement with the day and the books of this scan."""

from __future__ import annotations

from app.audit import context_of
from app.basis import Known
from app.exporters.json_report import once_more
from app.model import Report, Scan
from app.rejudge import same_policy
from app.store.workspace import Workspace


def confirmed(stored: Report, scan: Scan, known: Known, created: int, workspace: Workspace) -> bytes | None:
    """The report (JSON) that judging afresh would give; None where decisions or exceptions are others, or the stored judgement has no report."""
    if (stored.decisions, stored.exceptions) != (known.decisions, known.exceptions):
        return None
    if not same_policy(context_of(stored, known, stored.created), context_of(stored, known, created)):
        return None
    source = stored.scope.sources[0]
    frozen = next((entry.id for entry in workspace.audits() if (entry.source, entry.created) == (source, stored.created)), None)
    return None if frozen is None else once_more(workspace.frozen(frozen), created, scan)
