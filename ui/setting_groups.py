"""The groups of the settings, in order, each connected to what it changes. A new group is added here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.i18n import Digits
from ui.desk import REVIEWER
from ui.setting_appearance import Appearance
from ui.setting_privacy import Privacy
from ui.setting_reviewer import ReviewerName
from ui.theme import Look
from ui.update_setting import UpdateSetting

if TYPE_CHECKING:
    from ui.ports import Preferences, Services
    from ui.shell import Shell

SUBJECTS = "subjects"
"""The setting that says whether subjects are kept: "off", or anything else."""


def setting_groups(window: Shell, services: Services) -> tuple[QWidget, ...]:
    kept = services.preferences
    return (_appearance(window), _reviewer(window, kept), _privacy(window, kept), UpdateSetting(window.say, kept, services.newest))


def _appearance(window: Shell) -> Appearance:
    group = Appearance(window.say, window.look)
    group.language.connect(window.set_language)
    group.digits.connect(lambda digits: window.set_digits(Digits(digits)))
    group.look.connect(lambda look: window.set_look(Look(look)))
    return group


def _reviewer(window: Shell, kept: Preferences) -> ReviewerName:
    group = ReviewerName(window.say, kept.setting(REVIEWER))
    group.given.connect(lambda name: window.remember(REVIEWER, name))
    return group


def _privacy(window: Shell, kept: Preferences) -> Privacy:
    group = Privacy(window.say, subjects=kept.setting(SUBJECTS) != "off")
    group.subjects.connect(lambda keep: window.remember(SUBJECTS, "" if keep else "off"))
    return group
