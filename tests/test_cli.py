"""The headless program as a user or a script runs it: a process of its own, real files, its exit status and what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.error_text import SENTENCES
from app.model import Account
from app.store.folder import StoreFolder
from tests.mailmaker import message

MESSAGES = 1_200
BIG = 100_000
"""Messages that take seconds to read, so that there is a midst to cancel in."""


def nitaq(*words: object, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "app", *map(str, words)], input=stdin, stdin=None if stdin is not None else subprocess.DEVNULL,
                          capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def lines_of(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    path = tmp_path / "Inbox.mbox"
    write_mbox(path, range(MESSAGES))
    return path


def write_mbox(path: Path, numbers: Sequence[int]) -> None:
    with path.open("wb") as file:
        for n in numbers:
            file.write(b"From - Thu Jan  1 00:00:00 2026\n" + message(n, f"Person {n % 7} <p{n % 7}@partner{n % 5}.example>").replace(b"\r\n", b"\n") + b"\n")


def test_an_audit_of_a_file_ends_complete_and_writes_every_report(mbox: Path, tmp_path: Path) -> None:
    reports = [tmp_path / f"r.{suffix}" for suffix in ("json", "html", "csv")]
    done = nitaq("audit", mbox, "--progress", "json", *[word for path in reports for word in ("--report", path)])
    assert (done.returncode, done.stderr) == (0, "")
    *progress, end = lines_of(done.stdout)
    assert end == {"event": "end", "status": "complete", "code": None, "messages": MESSAGES, "missing": 0, "unreadable": 0}
    assert progress[-1]["done"] == progress[-1]["total"] == MESSAGES
    assert all(path.stat().st_size for path in reports)
    data = json.loads(reports[0].read_text(encoding="utf-8"))
    assert sum(row["messages"] for row in data["domains"]) == MESSAGES
    assert {row["domain"] for row in data["domains"]} == {f"partner{n}.example" for n in range(5)}


def test_a_file_audited_without_a_store_leaves_nothing(mbox: Path, own_home: Path) -> None:
    assert nitaq("audit", mbox, "--progress", "none").returncode == 0
    assert [path for path in own_home.rglob("*") if path.is_file()] == []


def test_the_language_changes_no_id_and_no_number(mbox: Path, tmp_path: Path) -> None:
    documents = []
    for language in ("en", "ar"):
        report = tmp_path / f"{language}.json"
        assert nitaq("audit", mbox, "--lang", language, "--progress", "none", "--report", report).returncode == 0
        documents.append(without_words(json.loads(report.read_text(encoding="utf-8"))))
    assert documents[0] == documents[1]


def without_words(value: object) -> object:
    """A report without its texts, its time and what depends on them."""
    if isinstance(value, dict):
        return {key: without_words(item) for key, item in value.items() if key not in ("text", "created", "seconds", "fingerprint")}
    return [without_words(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("after", [1, 2, 3, 5])
def test_a_killed_scan_goes_on_and_ends_exact(mbox: Path, tmp_path: Path, after: int) -> None:
    words = [sys.executable, "-m", "app", "audit", str(mbox), "--store", str(tmp_path / "store"), "--progress", "json"]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(after):
            process.stdout.readline()
        process.kill()
    report = tmp_path / "r.json"
    done = nitaq("audit", mbox, "--store", tmp_path / "store", "--progress", "json", "--report", report, "--messages")
    assert lines_of(done.stdout)[-1]["status"] == "complete"
    data = json.loads(report.read_text(encoding="utf-8"))
    assert data["scan"]["messages"] == MESSAGES
    assert sorted(row["id"] for row in data["messages"]) == sorted(f"{mbox.name}#{n + 1}" for n in range(MESSAGES))


def test_a_second_audit_of_the_same_file_counts_nothing_twice(mbox: Path, tmp_path: Path) -> None:
    for _ in range(2):
        done = nitaq("audit", mbox, "--store", tmp_path / "store", "--progress", "json")
        assert lines_of(done.stdout)[-1]["messages"] == MESSAGES


def test_a_file_that_grew_is_counted_whole(mbox: Path, tmp_path: Path) -> None:
    nitaq("audit", mbox, "--store", tmp_path / "store", "--progress", "none")
    with mbox.open("ab") as file:
        file.write(b"From - Thu Jan  1 00:00:00 2026\n" + message(99_999).replace(b"\r\n", b"\n") + b"\n")
    done = nitaq("audit", mbox, "--store", tmp_path / "store", "--progress", "json")
    assert lines_of(done.stdout)[-1]["messages"] == MESSAGES + 1


def test_a_file_that_was_rewritten_is_counted_as_it_is_now(mbox: Path, tmp_path: Path) -> None:
    nitaq("audit", mbox, "--store", tmp_path / "store", "--progress", "none")
    write_mbox(mbox, range(5_000, 5_100))
    done = nitaq("audit", mbox, "--store", tmp_path / "store", "--progress", "json")
    assert lines_of(done.stdout)[-1]["messages"] == 100


def test_the_end_of_standard_input_cancels_and_what_was_read_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "big.mbox"
    write_mbox(path, range(BIG))
    words = [sys.executable, "-m", "app", "audit", str(path), "--store", str(tmp_path / "store"), "--progress", "json", "--cancel-on-eof"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.close()
        last = process.stdout.read().splitlines()[-1]
    assert (process.returncode, json.loads(last)["status"]) == (130, "cancelled")
    done = nitaq("audit", path, "--store", tmp_path / "store", "--progress", "json")
    assert lines_of(done.stdout)[-1]["messages"] == BIG


ERRORS = (
    pytest.param(["audit", "{tmp}/absent.mbox"], 1, "input", id="missing file"),
    pytest.param(["audit", "imaps://sara@127.0.0.1:1", "--secret-stdin"], 1, "connection", id="unreachable host"),
    pytest.param(["audit", "{tmp}/Inbox.mbox", "--report", "{tmp}/absent/r.html"], 1, "report.unwritable", id="unwritable report"),
    pytest.param(["audit", "account:nobody"], 1, "input", id="unknown account"),
)


@pytest.mark.parametrize(("words", "status", "code"), ERRORS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_failure_is_one_sentence_an_exit_status_and_a_code(mbox: Path, tmp_path: Path, words: list[str], status: int, code: str, language: str) -> None:
    words = [word.format(tmp=tmp_path) for word in words]
    plain = nitaq(*words, "--progress", "none", "--lang", language, stdin="secret\n")
    assert plain.returncode == status
    assert "Traceback" not in plain.stderr
    assert len(plain.stderr.strip().splitlines()) == 1
    assert any("\u0600" <= c <= "\u06ff" for c in plain.stderr) is (language == "ar")
    assert lines_of(nitaq(*words, "--progress", "json", stdin="secret\n").stdout)[-1]["code"] == code


def test_an_unwritable_report_leaves_nothing_half_written(mbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "r.html").mkdir()
    (folder / "r.html" / "kept").write_text("x")
    assert nitaq("audit", mbox, "--report", folder / "r.html", "--progress", "none").returncode == 1
    assert [path.name for path in folder.rglob("*")] == ["r.html", "kept"]


def test_an_empty_mailbox_is_complete_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty.mbox").write_bytes(b"")
    done = nitaq("audit", tmp_path / "empty.mbox", "--lang", "en", "--report", tmp_path / "r.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 messages counted.\nThere is no message in the folders" in done.stdout


def test_messages_that_could_not_be_read_are_said_and_add_up(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    for name, octets in {"a": message(1), "b": b"", "c": message(3)}.items():
        (tmp_path / "mail" / f"{name}.eml").write_bytes(octets)
    done = nitaq("audit", tmp_path / "mail", "--report", tmp_path / "r.json", "--messages")
    assert "2 messages counted.\n1 message could not be read and is counted apart." in done.stdout
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (data["scan"]["messages"], data["scan"]["unreadable"]) == (2, 1)
    assert sum(row["messages"] for row in data["domains"]) == len(data["messages"]) == 2


WRONG = (
    ["audit"],
    ["nonsense"],
    ["audit", ""],
    ["audit", "imaps://mail.firm.example"],
    ["audit", "imaps://sara@mail.firm.example:99999"],
    ["audit", "x", "--since", "soon"],
    ["audit", "x", "--auth", "magic"],
    ["audit", "x", "--report", "r.odt"],
    ["audit", "x", "--report", "r"],
    ["audit", "x", "--own", "no domain"],
    ["audit", "x", "--trust-server", " "],
    ["audit", "x", "--timeout", "nan"],
    ["audit", "x", "--timeout", "0"],
    ["domain", "x.example", "--own", "no domain"],
    ["header", "sample"],
)


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_words_end_with_status_2_before_anything_is_read(words: list[str]) -> None:
    done = nitaq(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "could not be read" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_cancels_and_what_was_read_is_kept(tmp_path: Path, number: signal.Signals) -> None:
    path = tmp_path / "big.mbox"
    write_mbox(path, range(BIG))
    words = [sys.executable, "-m", "app", "audit", str(path), "--store", str(tmp_path / "store"), "--progress", "json"]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(number)
        out, err = process.communicate()
    end = json.loads(out.splitlines()[-1])
    assert (process.returncode, err, end["event"], end["status"]) == (130, b"", "end", "cancelled")
    assert 0 < end["messages"] < BIG
    assert lines_of(nitaq("audit", path, "--store", tmp_path / "store", "--progress", "json").stdout)[-1]["messages"] == BIG


def test_a_reader_who_leaves_early_hears_no_complaint(mbox: Path) -> None:
    words = [sys.executable, "-m", "app", "audit", str(mbox), "--progress", "json"]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 130


def test_without_a_reader_an_audit_still_ends_as_it_did(mbox: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-m", "app", "audit", str(mbox)], stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_closed_stream_is_like_an_empty_one(mbox: Path, closed: int) -> None:
    words = [sys.executable, "-c", f"import os, sys; os.close({closed}); os.execv(sys.executable, [sys.executable, '-m', 'app', *sys.argv[1:]])"]
    done = subprocess.run([*words, "audit", str(mbox)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("secret", [b"", b"\n", b"\xff\xfe\n"], ids=["nothing", "empty", "no UTF-8"])
def test_a_secret_that_is_none_is_never_sent(secret: bytes) -> None:
    words = [sys.executable, "-m", "app", "audit", "imaps://sara@127.0.0.1:1", "--secret-stdin", "--progress", "json"]
    done = subprocess.run(words, input=secret, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert lines_of(done.stdout.decode())[-1]["code"] == "secret.unavailable"


def test_a_source_named_twice_is_read_once(mbox: Path) -> None:
    done = nitaq("audit", mbox, mbox.parent / "." / mbox.name, mbox, "--progress", "json")
    assert lines_of(done.stdout)[-1]["messages"] == MESSAGES


def test_of_a_source_that_cannot_be_opened_nothing_is_told(mbox: Path, tmp_path: Path) -> None:
    other, report, store = tmp_path / "other.mbox", tmp_path / "r.json", tmp_path / "store"
    write_mbox(other, range(7))
    nitaq("audit", mbox, other, "--store", store)
    mbox.unlink()
    caches = sorted(store.rglob("*.sqlite"))
    done = nitaq("audit", mbox, other, tmp_path / "absent", "--store", store, "--report", report)
    data = json.loads(report.read_text(encoding="utf-8"))
    assert (done.returncode, data["scan"]["status"], data["scan"]["code"]) == (3, "partial", "input")
    assert data["scan"]["messages"] == sum(row["messages"] for row in data["domains"]) == 7
    assert sorted(store.rglob("*.sqlite")) == caches


def test_an_account_is_known_by_its_name_and_its_choices_are_in_the_report(mbox: Path, tmp_path: Path) -> None:
    store, report = tmp_path / "store", tmp_path / "r.json"
    with closing(StoreFolder(store).workspace()) as workspace:
        workspace.save_account(Account("work", str(mbox), own_domains=("firm.example",), since=date(2020, 1, 2)))
    assert nitaq("audit", "account:work", "--store", store, "--report", report).returncode == 0
    scope = json.loads(report.read_text(encoding="utf-8"))["scope"]
    assert (scope["sources"], scope["own_domains"], scope["since"]) == ([str(mbox)], ["firm.example"], "2020-01-02")
    done = nitaq("header", "account:work", f"{mbox.name}#3", "--store", store)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Subject: message 2" in done.stdout


def test_a_damaged_cache_is_set_aside_and_the_mailbox_read_anew(mbox: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    nitaq("audit", mbox, "--store", store)
    (cache,) = (store / "caches").iterdir()
    cache.write_bytes(b"\xa5" * 50_000)
    done = nitaq("audit", mbox, "--store", store, "--progress", "json")
    warning, *_, end = lines_of(done.stdout)
    assert (done.returncode, warning["code"], end["status"], end["messages"]) == (0, "store.rebuilt", "complete", MESSAGES)


@pytest.mark.parametrize("form", ["eml", "maildir"])
def test_files_that_were_exchanged_are_counted_as_they_are_now(tmp_path: Path, form: str) -> None:
    mail, report = tmp_path / "mail", tmp_path / "r.json"
    inside = mail / "cur" if form == "maildir" else mail
    inside.mkdir(parents=True)
    (mail / "new").mkdir(exist_ok=True)
    ending = ":2,S" if form == "maildir" else ".eml"
    for n in range(10, 20):
        (inside / f"{n}{ending}").write_bytes(message(n, f"<a@d{n}.example>"))
    nitaq("audit", mail, "--store", tmp_path / "store")
    (inside / f"14{ending}").unlink()
    (inside / f"05{ending}").write_bytes(message(5, "<a@d5.example>"))
    done = nitaq("audit", mail, "--store", tmp_path / "store", "--report", report)
    assert done.returncode == 0
    found = {row["domain"] for row in json.loads(report.read_text(encoding="utf-8"))["domains"]}
    assert found == {f"d{n}.example" for n in (5, *range(10, 14), *range(15, 20))}


def test_a_file_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    mail, report = tmp_path / "mail", tmp_path / "r.json"
    mail.mkdir()
    for n in (1, 2):
        (mail / f"{n}.eml").write_bytes(message(n, f"<a@d{n}.example>"))
    nitaq("audit", mail, "--store", tmp_path / "store")
    (mail / "1.eml").write_bytes(message(1, "<a@elsewhere.example>"))
    nitaq("audit", mail, "--store", tmp_path / "store", "--report", report)
    assert {row["domain"] for row in json.loads(report.read_text(encoding="utf-8"))["domains"]} == {"elsewhere.example", "d2.example"}


def test_a_fault_of_ours_is_a_sentence_with_a_place_and_no_traceback() -> None:
    fault = "import sys; from app import cli; cli.VERBS['domain'] = lambda *_: 1 / 0; sys.exit(cli.main(['domain', 'x.example', '--lang', 'en']))"
    done = subprocess.run([sys.executable, "-c", fault], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(SENTENCES["program.fault"][0].partition("{")[0])
    assert "Traceback" not in done.stderr


def test_a_fault_in_the_middle_of_an_audit_leaves_a_report_beside_what_is_kept(tmp_path: Path) -> None:
    fault = (
        "import sys; from app import cli, scan\n"
        "def fail(*_): raise ValueError('sara@firm.example')\n"
        "scan.Scanner.run = fail; sys.exit(cli.main(sys.argv[1:]))"
    )
    words = ["audit", "sample", "--store", str(tmp_path / "store"), "--progress", "json", "--lang", "en"]
    done = subprocess.run([sys.executable, "-c", fault, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert '"program.fault"' in done.stdout.splitlines()[-1]
    (path,) = (tmp_path / "store" / "faults").iterdir()
    text = path.read_text()
    assert "part: engine" in text
    assert "app.audit_verb:" in text
    assert "sara" not in text
    assert str(tmp_path) not in text
