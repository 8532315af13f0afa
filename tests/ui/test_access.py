"""For everybody: no control without a name, contrast computed from the tokens, nothing cut off, and Arabic for every word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from app.i18n import LANGUAGES
from tests.screens import Stage
from tests.ui.reports import report
from ui import theme, tokens
from ui.theme import Look
from ui.tokens import Colours

CONTROLS = (
    QAccessible.Role.Button, QAccessible.Role.PushButton, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText, QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.ButtonMenu,
    QAccessible.Role.ProgressBar,
)  # fmt: skip
SCREENS = ("start", "form", "form-error", "loading", "scan", "scan-error", "scan-empty", "overview", "overview-lower",
           "overview-table", "domains", "domains-filtered", "domains-empty", "detail",
           "decide", "decided", "review", "review-done", "exceptions", "exceptions-form", "audits", "audits-one", "audits-opened", "audits-compared",
           "reviewer", "export", "export-done", "own-domains", "password")  # fmt: skip


@pytest.fixture(scope="module")
def stage(app: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage(app, tmp_path_factory.mktemp("stage"), report())
    stage.window.show()
    yield stage
    stage.window.set_language("en")
    stage.window.close()


def every_screen(stage: Stage, language: str, size: tuple[int, int], names: tuple[str, ...] = SCREENS) -> Iterator[tuple[str, QWidget]]:
    """Shows one screen after another and lets each settle."""
    stage.window.show_start()
    stage.window.set_language(language)
    stage.window.resize(*size)
    for name, show in stage.screens():
        if name not in names:
            continue
        widget = show()
        for _ in range(3):
            QApplication.processEvents()
        yield name, widget
        if widget is not stage.window:
            widget.close()


def walk(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    if node.state().invisible:
        return
    yield node
    if node.role() in (QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.ComboBox, QAccessible.Role.SpinBox):
        return  # their parts are read through them
    for position in range(node.childCount()):
        child = node.child(position)
        if child is not None and child.isValid():
            yield from walk(child)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_control_is_without_a_name(stage: Stage, language: str) -> None:
    for name, widget in every_screen(stage, language, (1024, 640)):
        nodes = list(walk(QAccessible.queryAccessibleInterface(widget)))
        unnamed = [node.object() for node in nodes if node.role() in CONTROLS and not node.text(QAccessible.Text.Name)]
        assert unnamed == [], name
        assert any(node.role() in CONTROLS for node in nodes), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_nothing_is_cut_off(stage: Stage, size: tuple[int, int], language: str) -> None:
    cut = {}
    for name, widget in every_screen(stage, language, size):
        for each in [*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)]:
            if each.isVisible() and each.text() and each.sizePolicy().horizontalPolicy().name != "Ignored" and too_small(each):
                cut[name, each.text()] = (each.size(), each.sizeHint())
    assert cut == {}


def too_small(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    return widget.width() < widget.sizeHint().width() or widget.height() < widget.minimumSizeHint().height()


def test_arabic_screens_run_from_right_to_left(stage: Stage) -> None:
    for name, widget in every_screen(stage, "ar", (1280, 800)):
        assert widget.isRightToLeft(), name
        assert all(each.isRightToLeft() for each in widget.findChildren(QAbstractButton) if each.isVisible()), name


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
    for name, widget in every_screen(stage, "en", (1280, 800), ("start", "form", "domains")):
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
