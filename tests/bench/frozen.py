"""The built program against the same code run by Python: start to the version, to a window on a screen, and a whole audit of the sample.

Needs `python3 dev.py build` before, and for the window Xvfb and xev (Debian: x11-utils). Warm from what the system has in memory; as root also cold,
after its caches were dropped. Processor time where the other work of the machine would count, the clock where reading from the disk is what is measured.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

ROOT = Path(__file__).resolve().parents[2]
FROZEN, PLAIN = ROOT / "dist" / "nitaq" / "nitaq", Path(sys.executable).with_name("nitaq")
CACHES = Path("/proc/sys/vm/drop_caches")
PATIENCE = 60
"""Seconds until a window has to be there."""
Start = Callable[[Path, Path], tuple[float, float]]
"""(program, folder of its own) → seconds of the processor and of the clock."""


def measure(folder: Path, runs: int) -> None:
    if not FROZEN.exists():
        sys.exit(f"{FROZEN} is not there: python3 dev.py build")
    starts: dict[str, Start] = {"--version": version, "audit sample": audit}
    with screen() as display:
        if display:
            starts["window"] = lambda program, place: window(program, place, display)
        for name, start in starts.items():
            compare(f"{name}, warm", start, folder, (2 if start is not version else 10) * runs + 1, cold=False)
        if os.geteuid() == 0:
            for name, start in starts.items():
                compare(f"{name}, cold", start, folder, runs, cold=True)


def compare(name: str, start: Start, folder: Path, runs: int, *, cold: bool) -> None:
    taken: dict[Path, list[tuple[float, float]]] = {FROZEN: [], PLAIN: []}
    for n in range(runs + 1):  # interleaved, so that both see the same machine; the first of each only fills the caches
        for program, seconds in taken.items():
            place = folder / f"{program.parent.name}-{n}-{len(seconds)}-{cold}-{name.partition(',')[0]}"
            place.mkdir()
            if cold:
                os.sync()
                CACHES.write_text("3")
            seconds.append(start(program, place))
    frozen, plain = ([statistics.median(row[i] for row in taken[program][1:]) for i in (0, 1)] for program in (FROZEN, PLAIN))
    print(f"{name}: processor {frozen[0] * 1000:.0f} ms frozen, {plain[0] * 1000:.0f} ms not, ratio {frozen[0] / plain[0]:.2f};"
          f" clock {frozen[1] * 1000:.0f} ms, {plain[1] * 1000:.0f} ms, ratio {frozen[1] / plain[1]:.2f}", flush=True)  # fmt: skip


def environment(place: Path, **named: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "QT_QPA_PLATFORM")}
    return {**kept, "HOME": str(place), "XDG_DATA_HOME": str(place), "LANG": "en_GB.UTF-8", **named}


def whole(program: Path, place: Path, *words: str) -> tuple[float, float]:
    begun, before = time.perf_counter(), of_children()
    subprocess.run([program, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(place), cwd=place)
    return of_children() - before, time.perf_counter() - begun


def of_children() -> float:
    """Seconds of the processor that ended children took, to the microsecond (`os.times` counts in hundredths)."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def version(program: Path, place: Path) -> tuple[float, float]:
    return whole(program, place, "--version")


def audit(program: Path, place: Path) -> tuple[float, float]:
    return whole(program, place, "audit", "sample", "--progress", "none", "--report", "audit.json")


def window(program: Path, place: Path, display: str) -> tuple[float, float]:
    """Until the window is mapped on a screen, which its server announces."""
    watch = subprocess.Popen(["xev", "-root", "-event", "substructure"], env={**os.environ, "DISPLAY": display}, stdout=subprocess.PIPE, text=True, bufsize=1)
    assert watch.stdout is not None
    begun = time.perf_counter()
    running = subprocess.Popen([program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(place, DISPLAY=display), cwd=place)
    patience = Timer(PATIENCE, watch.kill)
    patience.start()
    try:
        if not any(line.startswith("MapNotify") for line in watch.stdout):
            sys.exit(f"{program}: no window came in {PATIENCE} s, or xev ended")
        clock = time.perf_counter() - begun
        threads = Path(f"/proc/{running.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in threads) / 1e9, clock
    finally:
        patience.cancel()
        for process in (running, watch):
            process.kill()
            process.wait()
        watch.stdout.close()


@contextmanager
def screen() -> Iterator[str]:
    """DISPLAY of a screen without a window manager; empty where the programs for it are missing. Without `-noreset` it would begin anew whenever its
    last client goes, and refuse one that comes just then."""
    if not shutil.which("Xvfb") or not shutil.which("xev"):
        print("the window is left out: Xvfb or xev is missing")
        yield ""
        return
    told, tells = os.pipe()
    line = ["Xvfb", "-displayfd", str(tells), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(line, pass_fds=(tells,), stderr=subprocess.DEVNULL)
    os.close(tells)
    try:
        yield ":" + os.read(told, 20).decode().strip()
    finally:
        os.close(told)
        server.terminate()
        server.wait()
