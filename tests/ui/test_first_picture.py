"""What the window's first picture does without, so that it comes soon; and that what was put off is done afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app import i18n
from ui import first_picture, theme
from ui.controls import button, edge, label, picture
from ui.header import Header
from ui.start import StartScreen

ROOT = Path(__file__).parent.parent.parent
UNTIL_PAINTED = """
import os, sys, ui.main
from ui.main import application

def watched():
    app = application()
    from ui.shell import Shell
    Shell._settle = tell
    return app

def tell(window):
    print(*sys.modules, *set(vars(sys.modules["PySide6.QtCore"])) & {"Qt"}, flush=True)
    os._exit(0)

ui.main.application = watched
ui.main.main([])
"""
NOT_BEFORE = {"json", "app.model", "app.reading", "logging.handlers", "ui.recovery", "ui.domains_view", "ui.settings", "keyring", "imapclient", "Qt"}


def test_its_arabic_is_in_one_file(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are read after it."""
    monkeypatch.setattr(i18n, "_catalogue", lambda language: pytest.fail("another file was read"))
    say = i18n.Translation("ar")
    with_all = Header(say, theme.Look.SYSTEM), StartScreen(say)
    assert with_all[1].account_door.accessibleName() == "أضف حسابًا"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_waits_for_little(language: str, tmp_path: Path) -> None:
    home = dict.fromkeys(("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"), str(tmp_path))
    environment = {**os.environ, **home, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": f"{language}.UTF-8", "LANGUAGE": ""}
    done = subprocess.run([sys.executable, "-c", UNTIL_PAINTED], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    loaded = set(done.stdout.split())
    assert "ui.start" in loaded, done.stderr
    assert loaded & NOT_BEFORE == set()


def test_its_numbers_are_those_of_qt() -> None:
    assert (Qt.LayoutDirection.LeftToRight.value, Qt.LayoutDirection.RightToLeft.value) == (first_picture.LEFT_TO_RIGHT, first_picture.RIGHT_TO_LEFT)
    assert Qt.TextFormat.PlainText.value == first_picture.PLAIN_TEXT
    sides = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignAbsolute, Qt.AlignmentFlag.AlignVCenter
    assert tuple(each.value for each in sides) == (first_picture.LEFT, first_picture.RIGHT, first_picture.ABSOLUTE, first_picture.MIDDLE)
    assert (Qt.FocusPolicy.NoFocus.value, Qt.FocusPolicy.StrongFocus.value) == (first_picture.NO_FOCUS, first_picture.STRONG_FOCUS)
    assert Qt.ScrollBarPolicy.ScrollBarAlwaysOff.value == first_picture.NO_SCROLL_BAR
    assert (Qt.ColorScheme.Light.value, Qt.ColorScheme.Dark.value) == (first_picture.LIGHT, first_picture.DARK)


def test_a_label_has_what_its_numbers_say(app: QApplication) -> None:
    words = label("<b>plain</b>")
    assert words.textFormat() == Qt.TextFormat.PlainText
    assert words.alignment() == edge() | Qt.AlignmentFlag.AlignVCenter
    assert edge() == Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute


@pytest.fixture
def coming() -> Iterator[None]:
    first_picture.put_off()
    yield
    first_picture.catch_up()


@pytest.mark.usefixtures("app", "coming")
def test_what_shows_when_the_mouse_moves_is_done_afterwards_for_what_is_still_there() -> None:
    kept, gone, drawing = button("Kept"), button("Gone"), picture("lock", "#000000")
    gone.deleteLater()
    QApplication.sendPostedEvents(gone)
    assert kept.cursor().shape() == Qt.CursorShape.ArrowCursor
    first_picture.catch_up()
    assert kept.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert drawing.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert button("Later").cursor().shape() == Qt.CursorShape.PointingHandCursor


@pytest.mark.usefixtures("coming")
def test_the_platforms_palette_says_whether_the_system_is_dark(app: QApplication) -> None:
    before = app.palette()
    try:
        for colours in (theme.t.DARK, theme.t.LIGHT):
            app.setPalette(theme.palette(colours))
            assert theme.system_is_dark(app) is (colours is theme.t.DARK)
    finally:
        app.setPalette(before)
