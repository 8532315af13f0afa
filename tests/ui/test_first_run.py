"""The very first start: no question before the first useful screen, in the system's language, and the window where it was left."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.driver import Program
from tests.ui.services import FakeServices
from ui.main import HEADLESS, are_files, path_of
from ui.window import Window


@pytest.mark.parametrize(("system", "language", "title"), [("en_GB", "en", "Who really writes to this mailbox?"), ("ar_EG", "ar", "من يراسل هذا الصندوق حقًّا؟"),
                                                           ("fr_FR", "en", "Who really writes to this mailbox?")])  # fmt: skip
def test_a_fresh_home_shows_the_three_doors_in_the_language_of_the_system(tmp_path: Path, system: str, language: str, title: str) -> None:
    home = {name: str(tmp_path / "home") for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    program = Program(tmp_path / "store", language=system, environment=home)
    try:
        seen = program.until(lambda seen: seen["screen"])
        assert (seen["screen"], seen["language"], seen["dialogs"]) == ("StartScreen", language, [])
        assert title in seen["texts"]
        program.do("close")
        assert program.ended() == 0
    finally:
        program.close()


@pytest.fixture
def second(app: QApplication, services: FakeServices) -> Iterator[Window]:
    first = Window(services.bundle(), app)
    first.resize(700, 600)
    first.show()
    app.processEvents()
    first.close()
    first.deleteLater()
    second = Window(services.bundle(), app)
    yield second
    second.close()
    second.deleteLater()


def test_the_window_is_where_and_as_large_as_it_was_left(second: Window) -> None:
    assert (second.width(), second.height()) == (700, 600)


@pytest.mark.parametrize("kept", ["", "nonsense", "ن", "AAAA"])
def test_a_place_that_makes_no_sense_is_not_kept_to(app: QApplication, services: FakeServices, kept: str) -> None:
    services.preferences.kept["geometry"] = kept
    window = Window(services.bundle(), app)
    assert window.width() >= window.minimumWidth()
    window.deleteLater()


@pytest.mark.parametrize(
    ("words", "files"),
    [(["/mail/one.eml"], True), (["one.eml", "two.mbox"], True), (["sub/folder"], True), (["file:///mail/one.eml"], False), (["audit", "x.eml"], False),
     (["--version"], False), (["adit"], False), (["imaps://sara@firm.example"], False)],
)  # fmt: skip
def test_words_that_name_files_open_the_window(words: list[str], files: bool) -> None:
    assert are_files([word.replace("/", os.sep) if "://" not in word else word for word in words]) is files


def test_a_folder_of_mail_is_opened_by_its_name_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "archive").mkdir()
    monkeypatch.chdir(tmp_path)
    assert are_files(["archive"])
    assert path_of("archive") == str(tmp_path / "archive")


def test_every_verb_of_the_command_line_is_known() -> None:
    from app.cli import VERBS

    assert set(HEADLESS) == set(VERBS)


def test_addresses_of_files_are_understood() -> None:
    assert path_of("file:///mail/two%20words.eml").endswith("two words.eml")


def test_the_note_of_the_session_is_no_question(tmp_path: Path) -> None:
    """Even a start after a bad one goes straight to a screen."""
    (tmp_path / "session.json").write_text(json.dumps({"screen": "start", "source": ""}))
    program = Program(tmp_path)
    try:
        seen = program.until(lambda seen: any("did not end properly" in text for text in seen["texts"]))
        assert (seen["screen"], seen["dialogs"]) == ("StartScreen", [])
    finally:
        program.close()
