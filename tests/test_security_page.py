"""SECURITY.md names the tests that keep its promises, and they exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_file_it_names_exists() -> None:
    named = set(re.findall(r"`((?:tests|app)/[\w/.]+)`", PAGE)) | {"requirements.txt", "dev.py"}
    assert len(named) > 20
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_every_program_it_names_exists() -> None:
    named = re.findall(r"python -m ([\w.]+)", PAGE)
    assert len(named) == 6
    assert [name for name in named if importlib.util.find_spec(name) is None] == []


def test_every_promise_names_a_test() -> None:
    promises = re.split(r"\n\n(?=\*\*)", PAGE.split("## What is promised")[1].split("\n## ")[0].strip())
    assert len(promises) >= 8
    assert [promise[:40] for promise in promises if "tests/" not in promise] == []


def test_the_corpus_is_as_large_as_it_says() -> None:
    (least,) = map(int, re.findall(r"More than (\d+) hostile headers", PAGE))
    assert len(list((ROOT / "tests" / "corpus").glob("*/*.eml"))) > least
