"""What is written when the program itself fails: which line of ours, on which system; nothing of the user's. It stays on this computer.

A report names the kind of the exception, our own frames and versions. Of a message only words that the language or our code use are kept:
no address, no path and no text from mail can be among them. Native crashes are written by `faulthandler` and put into the same form later.
"""

from __future__ import annotations

import builtins
import faulthandler
import keyword
import os
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from app import __version__
from app.errors import NitaqError

FAULTS = "faults"
"""The folder of the reports, beside what they are about."""
MOST_REPORTS = 5
"""More are not kept: the oldest goes first."""
MOST_FRAMES = 40
MOST_NATIVE = 64 * 1024
"""Octets that are read of what a native crash left."""
_CHAIN = 3
_OURS = ("app", "ui", "resources")
_LEFT_OUT = "…"
_WORDS = frozenset(
    "a an and are argument arguments already at attribute base been before between but by callable calling cannot changed comparison convert"
    " cycle decode deleted depth dictionary division during encode enough exceeded expected first for found given got has have impossible"
    " index indices instances integer integers internal invalid is iterable iterate iteration keyword literal many maximum missing multiple"
    " must no not object of on operand out positional position range reached recursion required should size slice slices string"
    " subscriptable supported takes than the to too type types unexpected unhashable unpack unsupported value values was were while with"
    " without wrong zero NoneType C".split()
)
_VOCABULARY = _WORDS | frozenset(keyword.kwlist) | frozenset(dir(builtins))
_TOKEN = re.compile(r"[^\W\d]\w*|[ ():,+\-]+|.", re.ASCII | re.DOTALL)
_NO_WORD = re.compile(r"\S*[@/\\]\S*|\w+\.\w\S*")
"""Addresses, paths, names of hosts and files."""
_FRAME = re.compile(r'\s+File "(?P<path>[^"]*)", line (?P<line>\d+) in (?P<name>[\w<>.]+)')
_FATAL = re.compile(r"(?:Fatal Python error|Windows fatal exception): ([A-Za-z ]{1,40})")


def fault_report(fault: BaseException, part: str, versions: str = "") -> str:
    """The report of an exception. `part` is the process that failed (window, engine), `versions` what else it runs on."""
    lines = _head(part, versions)
    cause: BaseException | None = fault
    for _ in range(_CHAIN):
        if cause is None:
            break
        lines.append(f"fault: {type(cause).__name__}{_said(cause)}")
        lines += [f"  {frame}" for frame in _frames(cause.__traceback__)]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def native_report(raw: str, part: str, versions: str = "") -> str:
    """The report of what `faulthandler` wrote."""
    found = _FATAL.search(raw)
    lines = [*_head(part, versions), f"fault: {found[1].strip() if found else 'native crash'}"]
    for line in raw.splitlines():
        if line.startswith(("Thread ", "Current thread ")):
            lines.append(f"  {line.split(' 0x')[0].strip().lower()}")
        elif frame := _FRAME.match(line):
            lines.append(f"    {_place(frame['path'])}:{frame['line']} {frame['name']}" if _place(frame["path"]) else f"    {_LEFT_OUT}")
    return "\n".join(_shortened(lines)) + "\n"


def where(fault: BaseException) -> str:
    """The kind of a fault and the line it came from; nothing of the mail."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}, {Path(last.filename).name}:{last.lineno}"


def _head(part: str, versions: str) -> list[str]:
    import platform  # nothing else needs it, and it is wanted rarely

    release = re.match(r"\d+(?:\.\d+)*", platform.release())
    system = f"system: {platform.system()} {release[0] if release else ''} {platform.machine()}"
    built = "built" if getattr(sys, "frozen", False) else "from source"
    return [
        f"Nitaq {__version__}, {built}: report of a fault",
        f"day: {time.strftime('%Y-%m-%d')}",
        f"part: {part}",
        ", ".join(filter(None, (system, f"Python {platform.python_version()}", versions))),
    ]


def _said(fault: BaseException) -> str:
    """A message without whatever is not a word of Python or of our code; of our own errors the code."""
    if isinstance(fault, NitaqError):
        return f": {fault.code}"
    known = _VOCABULARY | _names(fault.__traceback__)
    try:
        text = _NO_WORD.sub(_LEFT_OUT, str(fault)[:500])
    except Exception:  # it is an exception of somebody else
        return ""
    kept = "".join(token if token in known or not token.strip(" ():,+-") else _LEFT_OUT for token in _TOKEN.findall(text))
    kept = re.sub(rf"{_LEFT_OUT}(?:\W*{_LEFT_OUT})*", _LEFT_OUT, kept).strip()
    return f": {kept}" if kept else ""


def _walk(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _names(trace: TracebackType | None) -> frozenset[str]:
    """The identifiers of our own code on the way."""
    codes = [each.tb_frame.f_code for each in _walk(trace) if _is_ours(each)]
    return frozenset(name for code in codes for name in (*code.co_names, *code.co_varnames))


def _frames(trace: TracebackType | None) -> list[str]:
    lines = [
        f"{each.tb_frame.f_globals['__name__']}:{each.tb_lineno} {each.tb_frame.f_code.co_qualname}" if _is_ours(each) else _LEFT_OUT
        for each in _walk(trace)
    ]
    return _shortened(lines)


def _is_ours(trace: TracebackType) -> bool:
    return str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0] in _OURS


def _place(path: str) -> str:
    """A file of ours as a dotted name; empty for others."""
    root = str(Path(__file__).resolve().parent.parent)
    inner = path.removeprefix(root).lstrip("/\\") if path.startswith(root) else path
    name = inner.replace("\\", "/").removesuffix(".py").replace("/", ".")
    return name if name.partition(".")[0] in _OURS and re.fullmatch(r"[\w.]+", name, re.ASCII) else ""


def _shortened(lines: list[str]) -> list[str]:
    """Neighbours that say the same become one; of very many the middle is left out."""
    different = [line for position, line in enumerate(lines) if not position or line != lines[position - 1] or _LEFT_OUT not in line]
    half = MOST_FRAMES // 2
    return different if len(different) <= MOST_FRAMES else [*different[:half], _LEFT_OUT, *different[-half:]]


class FaultFolder:
    """The reports of one store, for its owner's eyes. Nothing here raises: who writes a report has trouble enough."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(self, text: str) -> Path | None:
        """Write a report, unless the same one is there already; None where it cannot be written."""
        try:
            self._make()
            known = next((path for path in self.reports() if self.read(path) == text), None)
            path = known or self._written(text)
            os.utime(path)
            for old in self.reports()[MOST_REPORTS:]:
                self.delete(old)
        except OSError:
            return None
        return path

    def _make(self) -> None:
        for folder in (self.path.parent, self.path):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _written(self, text: str) -> Path:
        number = max((int(path.stem.partition("-")[2]) for path in self.reports()), default=0) + 1
        path = self.path / f"fault-{number:06d}.txt"
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def reports(self) -> list[Path]:
        """Newest first."""
        with suppress(OSError):
            return sorted((path for path in self.path.iterdir() if re.fullmatch(r"fault-\d{6,9}\.txt", path.name)), reverse=True)
        return []

    def state(self) -> set[tuple[str, int]]:
        """Changes when a report is written, also when it is one that had been written before."""
        with suppress(OSError):
            return {(path.name, path.stat().st_mtime_ns) for path in self.reports()}
        return set()

    def read(self, path: Path) -> str:
        with suppress(OSError):
            return path.read_text(encoding="utf-8", errors="replace")[:MOST_NATIVE]
        return ""

    def delete(self, path: Path) -> None:
        with suppress(OSError):
            path.unlink()

    def watch(self, part: str) -> Callable[[], None]:
        """Let a native crash of this process leave a trace; what is returned ends that."""
        try:
            self._make()
            path = self.path / f"native-{part}-{os.getpid()}.txt"
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError:
            return lambda: None
        faulthandler.enable(file)

        def end() -> None:
            faulthandler.disable()
            os.close(file)
            self.delete(path)

        return end

    def collect(self, versions: str = "", besides: int = 0) -> list[Path]:
        """Put the traces of native crashes into the form of a report. `besides`: a process that is running."""
        kept = []
        with suppress(OSError):
            for path in sorted(self.path.glob("native-*-*.txt")):
                _, part, pid = path.stem.split("-", 2)
                if pid == str(besides):
                    continue
                if raw := self.read(path):
                    kept.append(self.keep(native_report(raw, part if part in ("window", "engine") else "", versions)))
                self.delete(path)
        return [path for path in kept if path]


@contextmanager
def faults_told(folder: Path | None, part: str) -> Iterator[None]:
    """Whatever breaks off the block is written to a report before it goes on its way; nothing is where there is no folder."""
    if folder is None:
        yield
        return
    faults = FaultFolder(folder)
    end = faults.watch(part)
    try:
        yield
    except (NitaqError, BrokenPipeError):
        raise
    except Exception as fault:
        faults.keep(fault_report(fault, part))
        raise
    finally:
        end()
