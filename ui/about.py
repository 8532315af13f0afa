"""What this program is: its version, its licence, what it is made with, and the setting for newer versions."""

from __future__ import annotations

import platform

from PySide6 import __version__ as pyside
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app import __version__
from app.i18n import Translation
from app.inside import built_folder, parts
from ui import tokens as t
from ui.contents import ContentsDialog
from ui.controls import button, column, frame, label, picture, row, scrolling
from ui.ports import Services
from ui.update_setting import UpdateSetting

MADE_WITH = "PySide6, imapclient, tldextract, publicsuffixlist, keyring, dnspython, oauthlib, Jinja2, XlsxWriter, pypdf, idna"


class AboutDialog(QDialog):
    """Show it with `open()`."""

    def __init__(self, say: Translation, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("About Nitaq"))
        self.setAccessibleName(say("About Nitaq"))
        self.resize(min(600, parent.width() - 2 * t.XXL), min(600, parent.height() - 2 * t.XXL))
        made = say("Version {version} · {qt} · {python}", version=__version__, qt=f"Qt {qVersion()}", python=f"Python {platform.python_version()}")
        name = column(label(say("Nitaq"), "title"), label(made, "muted", wrap=True), spacing=2)
        head = row(picture("nitaq", "#000000", 48), name, spacing=t.M)
        head.setStretch(1, 1)
        self.updates = UpdateSetting(say, services.preferences, services.newest)
        page = QWidget()
        page.setLayout(
            column(
                frame("card", column(label(say("Licence"), "heading"), *(label(each, wrap=True) for each in licences(say)), spacing=t.S, margins=(t.L,) * 4)),
                frame("card", column(self.updates, margins=(t.L,) * 4)),
                -1, spacing=t.M,
            )
        )  # fmt: skip
        self.copy_button = button(say("Copy the versions"), icon="copy")
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText(versions()))
        self.contents_button = button(say("What is inside …"))
        self.contents_button.clicked.connect(lambda: ContentsDialog(say, parts(built_folder()), self).open())
        self.close_button = button(say("Close"), "primary")
        self.close_button.clicked.connect(self.reject)
        self.close_button.setDefault(True)
        foot = row(self.copy_button, self.contents_button, -1, self.close_button)
        self.setLayout(column(head, scrolling(page, say("About Nitaq")), foot, spacing=t.M, margins=(t.XL,) * 4))


def licences(say: Translation) -> tuple[str, ...]:
    """What a licence obliges to be said where people see it."""
    return (
        say("Nitaq is free software under the Apache License 2.0: use it, read it, change it and pass it on. It comes without any warranty."),
        say("The window is made with Qt, which is free software under the GNU Lesser General Public License, version 3 ({address}). Its libraries lie"
            " beside the program as files of their own, so that you may put changed ones in their place.", address="qt.io"),
        say("It also uses: {names}. Their licences are installed with the program.", names=MADE_WITH),
    )  # fmt: skip


def versions() -> str:
    """For whoever is asked to help."""
    return f"Nitaq {__version__}, Qt {qVersion()}, PySide6 {pyside}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
