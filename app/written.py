"""A judged audit put into words: the reports that were asked for, and the whole one that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from secrets import token_bytes

from app.audit_key import key_of
from app.excerpt import Choices, chosen
from app.exporters import export, exporter_for, write_whole
from app.exporters.json_report import EXPORTER as JSON
from app.exporters.json_report import json_bytes
from app.i18n import Translation
from app.model import Report
from app.store.workspace import Workspace


def write(report: Report, paths: Sequence[Path], choices: Choices, say: Translation, workspace: Workspace | None) -> None:
    """Every report, whole or not at all, and then the one to keep. As JSON without choices they are the same, and made once."""
    whole = json_bytes(report, say) if workspace else b""
    told = chosen(report, choices, token_bytes(32)) if paths else report
    for path in paths:
        if whole and is_whole_json(path, choices):
            write_whole(path, lambda out: out.write(whole))
        else:
            export(told, path, say)
    if workspace:
        workspace.freeze(key_of(report.scope.sources), report.created, report.scan.status, report.scan.messages, whole)


def is_whole_json(path: Path, choices: Choices) -> bool:
    """Whether what is written there is what is kept."""
    return exporter_for(path) is JSON and not (choices.looks_only or choices.redacted)
