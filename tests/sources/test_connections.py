"""A whole audit on a real server, with every connection and every look-up of a name written down by the interpreter itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.mailmaker import message
from tests.servers.dovecot import Dovecot

WATCHED = """
import json, sys
seen = []
def note(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto"):
        seen.append([event, list(arguments[1]) if isinstance(arguments[1], tuple) else arguments[1]])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        seen.append([event, str(arguments[0])])
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "urllib.Request", "webbrowser.open"):
        seen.append([event, str(arguments[0])])
sys.addaudithook(note)
from app.cli import main
status = main(sys.argv[2:])
open(sys.argv[1], "w").write(json.dumps(seen))
sys.exit(status)
"""


def test_an_audit_with_every_report_talks_to_the_users_server_and_to_nobody_else(dovecot: Dovecot, tmp_path: Path) -> None:
    dovecot.add_maildir("watched@firm.example", [message(n, f"<img src=https://evil.example/{n}> <a{n}@partner{n}.example>") for n in range(30)])
    reports = [word for suffix in ("html", "pdf", "xlsx", "csv", "json", "sieve") for word in ("--report", str(tmp_path / f"r.{suffix}"))]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path / "seen.json"), "audit", f"imaps://watched%40firm.example@localhost:{dovecot.imaps_port}",
         "--ca", str(dovecot.ca_file), "--secret-stdin", "--store", str(tmp_path / "store"), "--progress", "none", *reports],
        input=f"{dovecot.password}\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert {where[1] for event, where in seen if event == "socket.connect"} == {dovecot.imaps_port}
    assert {where[0] for event, where in seen if event == "socket.connect"} <= {"127.0.0.1", "::1"}
    bound = {where[0] for event, where in seen if event == "socket.bind"}
    assert bound <= {"::1"}  # a library that tldextract imports tries whether there is IPv6; nothing is sent
    assert {where for event, where in seen if event not in ("socket.connect", "socket.bind")} == {"localhost"}
