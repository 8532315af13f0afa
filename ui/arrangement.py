"""How an audit was looked at, kept for the next time: its columns and their widths, the width of the detail panel, and which page was shown last."""

from __future__ import annotations

from contextlib import suppress

from app.audit_key import sources_of
from app.errors import NitaqError
from ui.audit_view import AuditState, Page
from ui.column_menu import from_setting, to_setting, widths_from_setting, widths_to_setting
from ui.ports import Preferences

COLUMNS, WIDTHS, PANEL, LAST = "columns", "columns.widths", "detail.width", "last"
"""Names of the settings."""


def recall(state: AuditState, kept: Preferences) -> None:
    """What cannot be read is as at first."""
    state.domains.hidden = from_setting(kept.setting(COLUMNS))
    state.domains.widths = widths_from_setting(kept.setting(WIDTHS))
    width = kept.setting(PANEL)
    state.panel = int(width) if width.isdecimal() else 0


def keep_columns(state: AuditState, kept: Preferences) -> None:
    _set(kept, COLUMNS, to_setting(state.domains.hidden))


def keep(state: AuditState | None, kept: Preferences) -> None:
    """When the window closes; None: no audit was shown."""
    if state is None:
        _set(kept, LAST, "")
        return
    _set(kept, WIDTHS, widths_to_setting(state.domains.widths))
    _set(kept, PANEL, str(state.panel or ""))
    _set(kept, LAST, f"{state.page.name.lower()}\n{state.source}")


def last_shown(kept: Preferences) -> tuple[str, Page] | None:
    """The source and the page of the audit that was on the screen when the window was closed."""
    page, _, source = kept.setting(LAST).partition("\n")
    return (source, Page[page.upper()]) if source and page.upper() in Page.__members__ else None


def forget(source: str, kept: Preferences) -> None:
    """Where the audit that was shown last is one of this source, alone or together with others."""
    last = last_shown(kept)
    if last is not None and source in (last[0], *sources_of(last[0])):
        _set(kept, LAST, "")


def _set(kept: Preferences, name: str, value: str) -> None:
    with suppress(NitaqError):  # the disk is full: the next time it is as the last time
        kept.set(name, value)
