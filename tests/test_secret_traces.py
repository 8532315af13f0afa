"""What looks for secrets after every run finds them, and a process that dies badly leaves none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from tests.secret_watch import ProcessWatch, found_in_files
from tests.servers.scripted import Scripted, Talk, answering
from tests.servers.sentinel import secret

ROOT = Path(__file__).parent.parent
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.mark.parametrize("before", range(3))
@pytest.mark.parametrize("how", ["plain", "base64", "utf-16-le"])
def test_a_secret_in_a_file_is_found_however_it_is_written(tmp_path: Path, how: str, before: int) -> None:
    text = "x" * before + secret("hidden") + "y"
    octets = b64encode(text.encode()) if how == "base64" else text.encode("utf-8" if how == "plain" else how)
    hidden = tmp_path / "deep" / "file"
    hidden.parent.mkdir()
    hidden.write_bytes(b"\0" * 100 + octets)
    assert found_in_files([tmp_path]) == [str(hidden)]
    hidden.write_bytes(b"nothing")
    assert found_in_files([tmp_path]) == []


@linux
@pytest.mark.parametrize("place", ["cmdline", "environ"])
def test_a_secret_in_how_a_process_was_called_is_found(place: str) -> None:
    word = "planted here"
    watch = ProcessWatch((word.encode(),))
    wait = "import sys; print(flush=True); sys.stdin.read()"
    words = [sys.executable, "-c", wait, *([word] if place == "cmdline" else [])]
    with subprocess.Popen(words, env={"WORD": word} if place == "environ" else {}, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        watch.look()
    assert process.pid in watch.seen
    assert [found.partition(" ")[0] for found in watch.found] == [place]


@linux
def test_a_scan_that_dies_badly_leaves_no_core_and_says_no_secret(tmp_path: Path) -> None:
    """With cores switched on, it is killed while it holds the password and waits for the server."""

    def hang(talk: Talk, line: bytes) -> bytes:
        os.kill(engine.pid, signal.SIGABRT)
        return b""

    import resource

    def with_cores() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)

    with Scripted(answering({b"LIST": hang})) as server:
        source = f"imap://sara@127.0.0.1:{server.port}"
        words = [sys.executable, "-m", "app", "audit", source, "--insecure-plaintext", "--secret-stdin", "--store", str(tmp_path / "store")]
        engine = subprocess.Popen(
            words, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, preexec_fn=with_cores,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        told, _ = engine.communicate(secret("dying").encode() + b"\n", timeout=60)
    assert engine.returncode == -signal.SIGABRT
    assert secret("dying").encode() not in told
    assert [path.name for path in tmp_path.rglob("core*")] == []
    assert found_in_files([tmp_path]) == []


RUN = """
import logging, os, subprocess, sys, tempfile
from pathlib import Path
from tests.conftest import WATCH
from tests.servers.sentinel import secret

def test_leaves_what_it_should_not(tmp_path, request, own_home):
    left = {text}
    {way}

def called(request, *words, **environment):
    "A process that waits until it was looked at."
    wait = [sys.executable, "-c", "import sys; print(flush=True); sys.stdin.read()", *words]
    with subprocess.Popen(wait, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        request.session.stash[WATCH].look()
"""
WAYS = {
    "store": "(tmp_path / 'workspace.sqlite').write_text(left)",
    "settings": "(own_home / 'settings').write_text(left)",
    "report of a crash": "(tmp_path / 'faults').mkdir(); (tmp_path / 'faults' / 'x.txt').write_text(left)",
    "core where it runs": "Path('core.123').write_text(left)",
    "temporary file": "Path(tempfile.mkstemp()[1]).write_text(left)",
    "temporary file of another process": "subprocess.run(['sh', '-c', 'cat > $(mktemp)'], input=left, text=True)",
    "command line": "called(request, left)",
    "environment": "called(request, WORD=left)",
    "output": "print(left)",
    "output of another process": "subprocess.run([sys.executable, '-c', 'import sys; sys.stderr.write(sys.stdin.read())'], input=left, text=True)",
    "captured output": "subprocess.run([sys.executable, '-c', 'import sys; sys.stderr.write(sys.stdin.read())'], input=left, text=True, capture_output=True)",
    "log": "logging.getLogger('x').warning(left)",
}


@linux
@pytest.mark.parametrize("way", WAYS)
def test_a_run_that_leaves_a_secret_fails_though_each_test_passed(tmp_path: Path, way: str) -> None:
    done = run_of(tmp_path, "secret('left')", WAYS[way])
    assert "1 passed" in done.stdout, done.stdout
    assert "A secret of the tests' servers stands in" in done.stdout
    assert done.returncode == 1


@linux
def test_a_run_that_leaves_none_passes(tmp_path: Path) -> None:
    done = run_of(tmp_path, "'nothing'", "; ".join(WAYS.values()))
    assert "1 passed" in done.stdout
    assert done.returncode == 0, done.stdout


def run_of(folder: Path, text: str, way: str) -> subprocess.CompletedProcess[str]:
    """A run of one test with a mark of its own, since the run around it looks for the other."""
    (folder / "test_leaving.py").write_text(RUN.replace("{text}", text).replace("{way}", way), encoding="utf-8")
    words = ["-q", "-p", "tests.conftest", "-p", "no:cacheprovider", f"--rootdir={folder}", f"--basetemp={folder}/base", str(folder)]
    outside = {**os.environ, "PYTHONPATH": str(ROOT), "NITAQ_TEST_MARK": "an0therMark5"}
    return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=folder, env=outside, capture_output=True, text=True, check=False)
