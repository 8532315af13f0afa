"""`nitaq self-test`, as an installed program is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.i18n import Translation
from ui.main import compose
from ui.self_test import self_test

ROOT = Path(__file__).resolve().parents[2]


def test_a_whole_installation_passes_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "TMPDIR": str(temporary), "LC_ALL": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-m", "ui.main", "self-test"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": in order") == 6
    assert list(home.iterdir()) == []
    assert list(temporary.iterdir()) == []


def test_a_scan_process_that_cannot_start_is_named_and_the_rest_is_still_looked_at(app: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test(compose, ("/nowhere/nitaq",), Translation("en")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[4].startswith("scan process, on the sample: missing or broken")
    assert len(lines) == 6
    assert sum(": in order" in line for line in lines) == 5
