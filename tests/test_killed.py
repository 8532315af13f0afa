"""A decision that was taken is on the disk, whatever happens next.

An audit that is killed: tests/test_cli.py; a hundred of them: tests/bench/kills.py.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from app.model import Decision, DecisionRecord
from app.store.workspace import Workspace

DECIDE = """
import sys
from pathlib import Path
from app.model import Decision, DecisionRecord
from app.store.workspace import Workspace
workspace = Workspace(Path(sys.argv[1]))
for n in range(100_000):
    workspace.decide([DecisionRecord(f"d{n}.example", Decision.REJECTED, "Sara", "seen", n)])
    print(n, flush=True)
"""


def test_a_decision_that_was_taken_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    with subprocess.Popen([sys.executable, "-c", DECIDE, str(path)], stdout=subprocess.PIPE, text=True) as call:
        assert call.stdout is not None
        first = [call.stdout.readline() for _ in range(20)]
        call.kill()
        rest = call.stdout.read().split("\n")[:-1]
    told = max(map(int, first + rest))
    with closing(Workspace(path)) as workspace:
        kept = {record.subject: record for record in workspace.decisions()}
    for n in range(told + 1):
        assert kept[f"d{n}.example"] == DecisionRecord(f"d{n}.example", Decision.REJECTED, "Sara", "seen", n)
