"""Light, dark, or as the system has it: one palette and one style sheet, made from the tokens."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui import first_picture
from ui import tokens as t
from ui.icons import icon_file
from ui.tokens import Colours


class Look(StrEnum):
    """What the user chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


def apply(app: QApplication, look: Look) -> Colours:
    """Paint the application; returns the colours that are now in force."""
    colours, dark = colour(app, look)
    dress(app, colours, dark)
    return colours


def colour(app: QApplication, look: Look) -> tuple[Colours, bool]:
    """Font and palette; returns the colours that are now in force, and whether they are dark.

    The colour scheme makes the title bar and native dialogs follow where the platform can; where it silently does nothing, our own
    palette is still the one that is seen.
    """
    if look is Look.SYSTEM:
        app.styleHints().unsetColorScheme()
        dark = system_is_dark(app)
    else:
        dark = look is not Look.LIGHT
        app.styleHints().setProperty("colorScheme", first_picture.DARK if dark else first_picture.LIGHT)
    colours = t.CONTRAST if look is Look.CONTRAST else t.DARK if dark else t.LIGHT
    wanted = palette(colours)
    if app.palette() != wanted:
        app.setFont(font())
        app.setPalette(wanted)
    return colours, dark


def system_is_dark(app: QApplication) -> bool:
    """Before the first picture the platform's own palette tells it, which is in force still."""
    if first_picture.is_coming():
        return app.palette().window().color().lightness() < 128
    from PySide6.QtCore import Qt

    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def dress(app: QApplication, colours: Colours, dark: bool) -> None:
    """The style sheet. Each widget is looked at when it is set, and again wherever it is put into another, so the first screen is built before."""
    sheet = style_sheet(colours, dark)
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


def colours() -> Colours:
    """The colours in force, for what is painted rather than styled."""
    canvas = QApplication.palette().window().color().name()
    return next((each for each in (t.DARK, t.CONTRAST) if each.canvas == canvas), t.LIGHT)


def font(size: int = t.BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The window's font at a size in pixels."""
    result = QFont(t.FAMILIES)
    result.setPixelSize(size)
    result.setWeight(weight)
    return result


def palette(c: Colours) -> QPalette:
    roles = QPalette.ColorRole
    colours = {
        roles.Window: c.canvas,
        roles.WindowText: c.text,
        roles.Base: c.surface,
        roles.AlternateBase: c.sunken,
        roles.Text: c.text,
        roles.Button: c.surface,
        roles.ButtonText: c.text,
        roles.ToolTipBase: c.text,
        roles.ToolTipText: c.surface,
        roles.Highlight: c.selection,
        roles.HighlightedText: c.text,
        roles.PlaceholderText: c.muted,
        roles.Link: c.accent,
        roles.LinkVisited: c.accent,
        roles.Mid: c.border,
        roles.Dark: c.outline,
        roles.Light: c.surface,
        roles.Midlight: c.border,
        roles.Shadow: c.outline,
        roles.BrightText: c.bad.ink,
        roles.Accent: c.accent,
    }
    result = QPalette()
    for role, colour in colours.items():
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.outline))
    return result


def style_sheet(c: Colours, dark: bool) -> str:
    """The whole style sheet. Kinds are chosen by the dynamic property `kind`."""
    shade = "dark" if dark else "light"
    arrow, tick = (icon_file(f"{name}-{shade}") for name in ("chevron-down", "tick"))
    tones = "\n".join(
        f'QLabel[kind="pill"][tone="{name}"] {{ color: {tone.ink}; background: {tone.ground}; }}\n'
        f'QFrame[kind="notice"][tone="{name}"] {{ background: {tone.ground}; border: 1px solid {tone.ground}; }}\n'
        f'QFrame[kind="notice"][tone="{name}"] QLabel {{ color: {tone.ink}; }}\n'
        f'QLabel[tone="{name}"] {{ color: {tone.ink}; }}'
        for name, tone in (("good", c.good), ("warn", c.warn), ("bad", c.bad), ("neutral", c.neutral), ("info", c.info))
    )
    return f"""
QWidget {{ font-size: {t.BODY}px; color: {c.text}; }}
QMainWindow, QDialog {{ background: {c.canvas}; }}
QToolTip {{ background: {c.text}; color: {c.surface}; border: none; padding: 6px 9px; }}
QLabel {{ background: transparent; }}
QLabel[kind="display"] {{ font-size: {t.DISPLAY}px; font-weight: 600; }}
QLabel[kind="title"] {{ font-size: {t.TITLE}px; font-weight: 600; }}
QLabel[kind="heading"] {{ font-size: {t.HEADING}px; font-weight: 600; }}
QLabel[kind="subheading"] {{ font-size: {t.LEAD}px; font-weight: 600; }}
QLabel[kind="lead"] {{ font-size: {t.LEAD}px; color: {c.muted}; }}
QLabel[kind="muted"] {{ color: {c.muted}; }}
QLabel[kind="caption"] {{ font-size: {t.CAPTION}px; color: {c.muted}; }}
QLabel[kind="amount"] {{ font-size: {t.CAPTION}px; font-weight: 600; }}
QLabel[kind="error"] {{ font-size: {t.CAPTION}px; color: {c.bad.ink}; }}
QLabel[kind="pill"] {{ font-size: {t.CAPTION}px; font-weight: 600; border-radius: 8px; padding: 2px 9px; }}
QPlainTextEdit[kind="code"] {{ font-family: "{t.MONOSPACE[2]}", "{t.MONOSPACE[3]}", monospace; font-size: {t.CAPTION}px; }}
QLabel[kind="code"] {{ font-family: "{t.MONOSPACE[2]}", "{t.MONOSPACE[3]}", monospace; font-size: {t.CAPTION}px; }}
{tones}

QFrame[kind="card"] {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: {t.RADIUS_LARGE}px; }}
QFrame[kind="bar"] {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.border}; }}
QFrame[kind="foot"] {{ background: {c.surface}; border: none; border-top: 1px solid {c.border}; }}
QFrame[kind="side"] {{ background: {c.surface}; border: none; }}
QFrame[kind="notice"] {{ border-radius: {t.RADIUS}px; }}
QFrame[kind="line"] {{ background: {c.border}; border: none; max-height: 1px; min-height: 1px; }}

QPushButton, QToolButton {{ background: {c.surface}; border: 1px solid {c.outline}; border-radius: {t.RADIUS}px; padding: 0 14px;
  min-height: {t.CONTROL - 2}px; }}
QPushButton:hover, QToolButton:hover {{ background: {c.hover}; border-color: {c.accent}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c.selection}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.accent}; padding: 0 13px; min-height: {t.CONTROL - 4}px; }}
QPushButton:disabled {{ color: {c.outline}; border-color: {c.border}; }}
QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent}; font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {c.accent_strong}; border-color: {c.accent_strong}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.sunken}; border-color: {c.border}; color: {c.outline}; }}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {{ background: transparent; border: 1px solid transparent; padding: 0 10px; }}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover {{ background: {c.hover}; border-color: {c.border}; }}
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus {{ border: 2px solid {c.accent}; padding: 0 9px; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {c.accent}; padding: 0 4px; min-height: 24px; }}
QPushButton[kind="link"]:hover {{ color: {c.accent_strong}; text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {c.accent}; padding: 0 3px; min-height: 22px; }}
QPushButton[kind="tile"] {{ min-height: 78px; background: {c.surface}; border: 1px solid {c.border}; border-radius: {t.RADIUS_LARGE}px; padding: 0; }}
QPushButton[kind="tile"]:hover {{ border-color: {c.accent}; background: {c.hover}; }}
QPushButton[kind="tile"]:focus {{ border: 2px solid {c.accent}; }}
QPushButton[kind="tile"]:checked {{ background: {c.selection}; border-color: {c.accent}; }}
QPushButton[kind="door"] {{ min-height: 176px; background: {c.surface}; border: 1px solid {c.border}; border-radius: {t.RADIUS_LARGE}px; padding: 0; }}
QPushButton[kind="door"]:hover {{ border-color: {c.accent}; background: {c.hover}; }}
QPushButton[kind="door"]:focus {{ border: 2px solid {c.accent}; }}
QPushButton[kind="entry"] {{ min-height: 66px; background: transparent; border: 1px solid transparent; border-radius: {t.RADIUS}px; padding: 0; }}
QPushButton[kind="entry"]:hover {{ background: {c.hover}; }}
QPushButton[kind="entry"]:focus {{ border: 2px solid {c.accent}; }}
QPushButton[kind="entry"]:checked {{ background: {c.selection}; border-color: {c.accent}; }}
QPushButton[kind="sentence"] {{ min-height: 38px; background: transparent; border: 1px solid transparent; border-radius: {t.RADIUS}px; padding: 0; }}
QPushButton[kind="sentence"]:hover {{ background: {c.hover}; }}
QPushButton[kind="sentence"]:focus {{ border: 2px solid {c.accent}; }}
QPushButton[kind="part"] {{ background: {c.selection}; border: 1px solid {c.outline}; border-radius: 13px; padding: 0 9px; min-height: 24px;
  font-size: {t.CAPTION}px; }}
QPushButton[kind="part"]:focus {{ border: 2px solid {c.accent}; padding: 0 8px; min-height: 22px; }}
QPushButton[kind="tab"] {{ background: transparent; border: none; border-bottom: 3px solid transparent; border-radius: 0; color: {c.muted};
  font-weight: 600; min-height: {t.CONTROL - 5}px; padding: 0 12px; }}
QPushButton[kind="tab"]:hover {{ color: {c.text}; background: {c.hover}; }}
QPushButton[kind="tab"]:checked {{ color: {c.text}; border-bottom: 3px solid {c.accent}; }}
QPushButton[kind="tab"]:focus {{ color: {c.text}; border: 2px solid {c.accent}; border-bottom: 3px solid {c.accent}; border-radius: 5px; padding: 0 10px;
  min-height: {t.CONTROL - 7}px; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QFileDialog QToolButton, QFileDialog QToolButton:focus {{ min-height: 26px; min-width: 26px; padding: 0 3px; }}
QLineEdit QToolButton {{ min-height: 0; border: none; padding: 0; background: transparent; }}

QLineEdit, QComboBox, QDateEdit, QSpinBox, QPlainTextEdit, QListWidget {{ background: {c.surface}; border: 1px solid {c.outline};
  border-radius: {t.RADIUS}px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit, QComboBox, QDateEdit, QSpinBox {{ min-height: {t.CONTROL - 2}px; padding: 0 10px; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus, QPlainTextEdit:focus, QListWidget:focus {{ border: 2px solid {c.accent}; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus {{ min-height: {t.CONTROL - 4}px; padding: 0 9px; }}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{ border: none; min-height: 0; padding: 0; background: transparent; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QListWidget {{ padding: 4px; outline: none; }}
QListWidget::item {{ min-height: 32px; padding: 0 8px; border-radius: 5px; color: {c.text}; }}
QListWidget::item:hover {{ background: {c.hover}; }}
QListWidget::item:selected {{ background: {c.selection}; color: {c.text}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border: 2px solid {c.bad.ink}; }}
QLineEdit:disabled, QDateEdit:disabled {{ background: {c.sunken}; border-color: {c.border}; color: {c.muted}; }}
QComboBox[active="true"] {{ background: {c.selection}; border-color: {c.accent}; font-weight: 600; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url({arrow}); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.border}; padding: 4px; outline: none;
  selection-background-color: {c.selection}; selection-color: {c.text}; }}
QComboBox QAbstractItemView::item {{ min-height: 32px; padding: 0 8px; border-radius: 5px; }}
QCheckBox, QRadioButton {{ spacing: 10px; min-height: 28px; border: 2px solid transparent; border-radius: {t.RADIUS}px; padding: 0 4px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 18px; height: 18px; border: 1px solid {c.outline}; background: {c.surface}; }}
QTableView::indicator {{ width: 16px; height: 16px; border: 1px solid {c.outline}; border-radius: 4px; background: {c.surface}; }}
QTableView::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: url({tick}); }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 10px; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: url({tick}); }}
QRadioButton::indicator:checked {{ border-color: {c.accent};
  background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 {c.accent}, stop: 0.5 {c.accent}, stop: 0.6 {c.surface}, stop: 1 {c.surface}); }}

QTableView {{ background: {c.surface}; border: none; outline: none; gridline-color: {c.border};
  selection-background-color: {c.selection}; selection-color: {c.text}; }}
QTableWidget::item, QTableView[kind="plain"]::item {{ padding: 0 {t.M}px; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QTableView QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: none; border-bottom: 1px solid {c.border}; padding: 0 {t.M}px;
  font-size: {t.CAPTION}px; font-weight: 600; min-height: 36px; }}
QTableView QHeaderView::section:hover {{ color: {c.text}; background: {c.hover}; }}
QMenu {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: {t.RADIUS}px; padding: 6px; }}
QMenu::item {{ padding: 7px 26px; border-radius: 5px; }}
QMenu::item:selected {{ background: {c.selection}; }}
QMenu::indicator {{ width: 14px; height: 14px; margin: 0 6px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[kind="page"] {{ background: transparent; }}
QScrollArea:focus {{ border: 2px solid {c.accent}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.outline}; border-radius: 4px; margin: 2px; min-height: 36px; min-width: 36px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {c.border}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QProgressBar {{ background: {c.sunken}; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}
"""
