"""From a mailbox on a server to the answer, against two programs that make mail searchable: mbsync (no fsync) and then `mu index`.

Both are Debian packages (isync, maildir-utils) and are left out where they are not installed. They fetch bodies too, and judge nothing; there is no
other program that does what Nitaq does.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.scan import serving

CONFIGURATION = """\
FSync no

IMAPAccount bench
Host 127.0.0.1
Port {port}
User bench
Pass pw
SSLType None
AuthMechs LOGIN

IMAPStore there
Account bench

MaildirStore here
Path {maildir}/
Inbox {maildir}/INBOX

Channel all
Far :there:INBOX
Near :here:INBOX
Sync PullNew
Create Near
SyncState *
"""


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    if not (shutil.which("mbsync") and shutil.which("mu")):
        print("mbsync and mu are not installed (on Debian: apt-get install isync maildir-utils): nothing to compare with.")
        return
    with serving(tools, folder, count) as ports:
        figures = [(audited(ports["imap"], folder, n), *indexed(ports["imap"], folder / f"peer{n}")) for n in range(runs)]
    nitaq, mbsync, mu = (statistics.median(each) for each in zip(*figures, strict=True))
    ratio = statistics.median((theirs + index) / ours for ours, theirs, index in figures)
    print(
        f"{count} messages without TLS, {runs} runs: nitaq audit {nitaq:.2f} s to its JSON report; mbsync {mbsync:.2f} s and mu index {mu:.2f} s, "
        f"which fetch bodies too: {ratio:.1f} times as long"
    )


def audited(port: int, folder: Path, n: int) -> float:
    words = ["audit", f"imap://bench@127.0.0.1:{port}", "--insecure-plaintext", "--secret-stdin", "--store", str(folder / f"store{n}")]
    began = time.perf_counter()
    call = [sys.executable, "-m", "app", *words, "--progress", "none", "--report", str(folder / f"answer{n}.json")]
    subprocess.run(call, input="pw\n", text=True, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def indexed(port: int, folder: Path) -> tuple[float, float]:
    """Seconds of each."""
    maildir = folder / "mail"
    maildir.mkdir(parents=True)
    (folder / "mbsyncrc").write_text(CONFIGURATION.format(port=port, maildir=maildir), encoding="utf-8")
    began = time.perf_counter()
    quietly("mbsync", "-c", folder / "mbsyncrc", "-q", "all")
    fetched = time.perf_counter()
    quietly("mu", "init", f"--muhome={folder / 'mu'}", f"--maildir={maildir}")
    quietly("mu", "index", f"--muhome={folder / 'mu'}", "--quiet")
    return fetched - began, time.perf_counter() - fetched


def quietly(*words: object) -> None:
    subprocess.run([*map(str, words)], check=True, stdout=subprocess.DEVNULL)
