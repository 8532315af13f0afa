"""`nitaq FILE…` and `nitaq open FILE…`, which a desktop calls for mail files."""

from __future__ import annotations

import os

import pytest

from ui import main


@pytest.mark.parametrize(
    ("words", "sources"),
    [([], []), (["sample"], ["sample"]), (["open"], []), (["open", "/mail/one.eml"], ["/mail/one.eml"]),
     (["/mail/one.eml", "two.mbox"], ["/mail/one.eml", "two.mbox"])],
)  # fmt: skip
def test_words_lead_to_the_window_and_its_sources(words: list[str], sources: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[list[str]] = []
    monkeypatch.setattr(main, "open_window", lambda asked: opened.append(list(asked)) or 0)
    assert main.main(words) == 0
    assert opened == [[each if each == "sample" else os.path.abspath(each) for each in sources]]
