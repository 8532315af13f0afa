"""A server that dies for good, seen from the command line to the reports: what was read is reported, and every form says how much is missing."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.misbehaviours import HEADER
from tests.servers.scripted import Scripted, Talk, answering, mailbox

MESSAGES, READ = 1_200, 250
HELD = {uid: HEADER.replace(b"hello", b"%d" % uid) for uid in range(1, MESSAGES + 1)}
WITHOUT_PAUSES = "import sys; from app.sources.imap import bounds; bounds.LONGEST_PAUSE = 0.0; from app.cli import main; sys.exit(main())"


@pytest.fixture
def dying() -> Iterator[Scripted]:
    """Gives the first batch, and then never lets anybody in again."""
    usual = mailbox(HELD)[b"UID FETCH"]
    assert callable(usual)
    dead: list[bool] = []

    def fetch(talk: Talk, line: bytes) -> bytes:
        if b"FETCH 1:250 " not in line:
            dead.append(True)
            talk.fall_silent()
        return usual(talk, line)

    def script(talk: Talk) -> None:
        if not dead:
            answering({**mailbox(HELD), b"UID FETCH": fetch})(talk)

    with Scripted(script) as server:
        yield server


def audit(server: Scripted, folder: Path, language: str, *words: object) -> subprocess.CompletedProcess[str]:
    source = f"imap://sara%40firm.example@127.0.0.1:{server.port}"
    line = [sys.executable, "-c", WITHOUT_PAUSES, "audit", source, "--insecure-plaintext", "--secret-stdin", "--store", folder / "store", "--lang", language]
    return subprocess.run([*map(str, (*line, *words))], input="a very secret word\n", capture_output=True, text=True, timeout=120, check=False)


def test_the_end_the_exit_status_and_the_report_agree(dying: Scripted, tmp_path: Path) -> None:
    done = audit(dying, tmp_path, "en", "--progress", "json", "--report", tmp_path / "r.json")
    end = json.loads(done.stdout.splitlines()[-1])
    scan = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["scan"]
    assert (done.returncode, end["status"], end["code"]) == (3, "partial", "connection")
    assert (end["messages"], end["missing"]) == (READ, MESSAGES - READ)
    assert all(scan[name] == end[name] for name in ("status", "code", "messages", "missing", "unreadable"))
    assert {warning["code"] for warning in scan["warnings"]} == {"connection"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_form_is_written_whole_and_says_how_much_is_missing(dying: Scripted, tmp_path: Path, language: str) -> None:
    forms = [tmp_path / f"r{suffix}" for suffix in (".html", ".csv", ".xlsx", ".json")]
    done = audit(dying, tmp_path, language, "--progress", "none", *(word for form in forms for word in ("--report", form)))
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    html = forms[0].read_text(encoding="utf-8")
    assert str(MESSAGES - READ) in html
    assert html.rstrip().endswith("</html>")
    with forms[1].open(encoding="utf-8-sig", newline="") as file:
        assert len({len(row) for row in csv.reader(file)}) == 1
    assert forms[2].read_bytes().startswith(b"PK")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.csv", "r.html", "r.json", "r.xlsx", "store"]


def test_the_secret_is_in_nothing_that_is_left(dying: Scripted, tmp_path: Path) -> None:
    done = audit(dying, tmp_path, "en", "--report", tmp_path / "r.json")
    left = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert left
    assert not [octets for octets in (*left, done.stdout.encode(), done.stderr.encode()) if b"very secret" in octets]
