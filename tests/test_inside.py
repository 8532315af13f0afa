"""What a built program says of its contents, where the list is damaged or there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.inside import Part, built_folder, parts


def test_a_program_that_runs_from_its_source_has_no_list() -> None:
    assert built_folder() is None
    assert parts(None) == ()


def test_a_built_program_looks_beside_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nitaq"))
    assert built_folder() == tmp_path


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"components": [{"name": "a"}]}', '{"components": 3}', '{"components": [7]}'])
def test_a_damaged_list_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "nitaq.cdx.json").write_text(text)
    assert parts(tmp_path) == ()


def test_a_licence_whose_file_is_gone_is_empty(tmp_path: Path) -> None:
    assert Part("a", "1", "MIT", tmp_path / "gone.txt").text() == ""
