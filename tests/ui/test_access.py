"""For everybody: every screen can be read and reached, enlarged as well, and contrast is computed from the tokens."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from app.i18n import LANGUAGES
from tests.screens import ROOT, SIZES, Stage
from tests.ui.every_screen import faults
from tests.ui.reports import report
from ui import theme, tokens
from ui.theme import Look
from ui.tokens import Colours


@pytest.fixture(scope="module")
def stage(app: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage(app, tmp_path_factory.mktemp("stage"), report())
    stage.window.show()
    yield stage
    stage.window.set_language("en")
    stage.window.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_every_control_of_every_screen_is_named_whole_and_met_by_tab_in_reading_order(stage: Stage, size: tuple[int, int], language: str) -> None:
    assert faults(stage, language, size) == []


@pytest.mark.parametrize(("factor", "language"), [("1.5", "en"), ("2", "ar")])
def test_the_same_holds_on_an_enlarged_screen(factor: str, language: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": factor}
    words = [sys.executable, "-m", "tests.ui.every_screen", language, "1024", "640"]
    ended = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300, check=False)
    assert (ended.stdout.strip(), ended.returncode) == ("", 0), ended.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_notices_and_decisions_hold_on_a_small_screen_enlarged_to_200_percent(stage: Stage, language: str) -> None:
    assert faults(stage, language, (512, 320), ("announced", "decided")) == []


def luminance(colour: str) -> float:
    channels = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, definition of contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("colours", "least"), [(tokens.LIGHT, 4.5), (tokens.DARK, 4.5), (tokens.CONTRAST, 7.0)], ids=["light", "dark", "contrast"])
def test_text_can_be_read_on_every_ground(colours: Colours, least: float) -> None:
    c = colours
    grounds = (c.canvas, c.surface, c.selection, c.hover)
    pairs = [(ink, ground) for ink in (c.text, c.muted) for ground in (*grounds, c.sunken)]
    pairs += [(tone.ink, ground) for tone in (c.good, c.warn, c.bad, c.neutral, c.info) for ground in (tone.ground, *grounds)]
    pairs += [(c.on_accent, c.accent), (c.on_accent, c.accent_strong), (c.accent, c.surface), (c.accent, c.canvas)]
    weak = [(ink, ground, round(contrast(ink, ground), 2)) for ink, ground in pairs if contrast(ink, ground) < least]
    assert weak == []
    assert contrast(c.outline, c.surface) >= 3
    assert contrast(c.accent, c.surface) >= 3


def test_every_look_has_its_own_colours() -> None:
    assert len({colours.canvas for colours in (tokens.LIGHT, tokens.DARK, tokens.CONTRAST)}) == 3
    assert {look.value for look in Look} == {"system", "light", "dark", "contrast"}


def test_what_is_painted_follows_each_look_at_once(app: QApplication) -> None:
    for look, wanted in ((Look.LIGHT, tokens.LIGHT), (Look.CONTRAST, tokens.CONTRAST), (Look.DARK, tokens.DARK), (Look.LIGHT, tokens.LIGHT)):
        assert theme.apply(app, look) == theme.colours() == wanted


def test_every_control_shows_that_it_has_the_keyboard(stage: Stage, app: QApplication) -> None:
    """Painted with and without the focus, it differs."""
    stage.window.set_look(Look.CONTRAST)
    same = []
    shown = dict(stage.screens())
    stage.window.set_language("en")
    for name in ("start", "form", "domains"):
        widget = shown[name]()
        widget.activateWindow()
        for each in widget.findChildren(QWidget):
            control = isinstance(each, QAbstractButton | QLineEdit | QComboBox)
            if control and each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                each.clearFocus()
                app.processEvents()
                before = each.grab().toImage()
                each.setFocus(Qt.FocusReason.TabFocusReason)
                app.processEvents()
                if each.hasFocus() and each.grab().toImage() == before:
                    same.append((name, each.accessibleName()))
    stage.window.set_look(Look.LIGHT)
    assert same == []
