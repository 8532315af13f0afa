"""The frozen audits of a store: listed, opened as they were, and compared. Parsing one takes time: call this off the window's thread."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from app import RULES
from app.compare import Comparison, Seen, compared, domains_of
from app.errors import NitaqError, UserError
from app.exporters.thaw import thawed
from app.model import AuditEntry, Report
from app.store.workspace import Workspace

R = TypeVar("R")


class PastAudits:
    """What is never changed any more."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def history(self, source: str) -> tuple[AuditEntry, ...]:
        """The audits of a source with their fingerprints, newest first."""
        entries = (entry for entry in self._workspace.audits() if entry.source == source)
        return tuple(replace(entry, fingerprint=self._workspace.fingerprint(entry.id)) for entry in entries)

    def report(self, id: int) -> Report | None:
        """One audit as it was, with what a report keeps; None where the rules of another version judged it, whose findings mean something else."""

        def read() -> Report | None:
            document = self._document(id)
            return thawed(document, str(self._workspace.path)) if document["program"]["rules"] == RULES else None

        return self._read(read)

    def domains_of(self, id: int) -> tuple[Seen, ...]:
        """The domains of one audit as they were, the most doubtful first."""
        return self._read(lambda: domains_of(self._document(id)))

    def compared(self, earlier: int, later: int) -> Comparison:
        return self._read(lambda: compared(self._document(earlier), self._document(later)))

    def _document(self, id: int) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self._workspace.frozen(id))
        return document

    def _read(self, work: Callable[[], R]) -> R:
        """NitaqError store.damaged where what was kept is no report of this version."""
        try:
            return work()
        except (AttributeError, KeyError, TypeError, ValueError, UserError):
            raise NitaqError("store.damaged", path=str(self._workspace.path)) from None
