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


LEAVING = """
from tests.servers.sentinel import secret

def test_leaves_what_it_should_not(tmp_path):
    (tmp_path / "settings").write_text({text})
"""


@pytest.mark.parametrize(("text", "status"), [("secret('left')", 1), ("'nothing'", 0)])
def test_a_run_that_leaves_a_secret_fails_though_each_test_passed(tmp_path: Path, text: str, status: int) -> None:
    (tmp_path / "test_leaving.py").write_text(LEAVING.format(text=text), encoding="utf-8")
    words = ["-q", "-p", "tests.conftest", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", f"--basetemp={tmp_path}/base", str(tmp_path)]
    outside = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "pytest", *words], cwd=tmp_path, env=outside, capture_output=True, text=True, check=False)
    for left in tmp_path.glob("base/*/settings"):
        assert ("settings" in done.stdout) == bool(status), done.stdout
        left.unlink()
    assert "1 passed" in done.stdout
    assert done.returncode == status
