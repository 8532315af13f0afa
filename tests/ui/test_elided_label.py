"""What has no room on one line is seen to go on."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.controls import label
from ui.elided_label import ElidedLabel

TEXT = "عبر \u2066rent-a-rack.example\u2069"


def test_a_name_without_room_keeps_its_beginning_and_ends_in_an_ellipsis(app: QApplication) -> None:
    line = ElidedLabel()
    label(TEXT, "caption", line=line)
    line.resize(90, 20)
    line.show()
    app.processEvents()
    shown = line.shown()
    beginning, end = shown.split("…")
    assert "rent" in beginning
    assert TEXT.startswith(beginning)
    assert end in ("", "\u2069")
    assert (line.text(), line.accessibleName()) == (TEXT, TEXT)
    line.resize(600, 20)
    app.processEvents()
    assert line.shown() == TEXT
    line.close()
