"""`nitaq open FILE`: what a desktop calls for a mail file."""

from __future__ import annotations

import pytest

from ui import main


@pytest.mark.parametrize(("words", "source"), [([], None), (["sample"], "sample"), (["open"], None), (["open", "/mail/one.eml"], "/mail/one.eml")])
def test_words_lead_to_the_window_and_its_source(words: list[str], source: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str | None] = []
    monkeypatch.setattr(main, "open_window", lambda asked: opened.append(asked) or 0)
    assert main.main(words) == 0
    assert opened == [source]
