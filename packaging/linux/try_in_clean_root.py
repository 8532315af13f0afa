"""Install the .deb in a new, minimal Debian, use it as a person would, remove it and say what is left. Not part of the tests: it needs root,
Debian's mirror, mmdebstrap, Xvfb, openbox, xdotool, ImageMagick and Dovecot, which all stay outside the new root.

    .venv/bin/python packaging/linux/try_in_clean_root.py PICTURES [dist/nitaq_….deb]

What the package does not declare is not there: that is what is tried. Pictures of the screen go to the folder PICTURES.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from configparser import RawConfigParser
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from resources.sample import mailbox  # noqa: E402
from resources.sample.__main__ import mbox_entry  # noqa: E402
from tests.servers.dovecot import Dovecot  # noqa: E402

SUITE = "bookworm"
NEEDED = ("mmdebstrap", "Xvfb", "openbox", "xdotool", "import", "dovecot")
USER = "1000"
HOME = "/home/someone"
SETS_BY_ITSELF = ("/var/cache/", "/var/log/", "/var/lib/apt/", "/var/lib/dpkg/", "/proc/", "/dev/", "/tmp/", "/run/", HOME)
"""Where apt and dpkg keep their own books, what is mounted, and the person's own files, which a removal must not touch."""
PATIENCE = 60
"""Seconds until a window has to be there and still."""


def main() -> int:
    pictures = Path(sys.argv[1]).resolve()
    package = Path(sys.argv[2] if len(sys.argv) > 2 else sorted((ROOT / "dist").glob("*.deb"))[-1]).resolve()
    if missing := [name for name in NEEDED if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")]:
        sys.exit(f"missing: {', '.join(missing)}")
    if os.geteuid():
        sys.exit("this needs root, to make a root of its own")
    pictures.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nitaq-clean-")))
        root = Clean(folder / "root")
        run("mmdebstrap", "--quiet", "--variant=minbase", SUITE, root.path)
        stack.enter_context(root.mounted())
        before = root.listing()
        installed(root, package)
        display = stack.enter_context(screen(folder))
        stack.enter_context(root.sees_screen())
        server = stack.enter_context(Dovecot(folder / "dovecot"))
        on_the_command_line(root, server)
        for language, locale in (("en", "en_GB.UTF-8"), ("ar", "ar_EG.UTF-8")):
            in_the_window(root, display, language, locale, pictures)
        removed(root, before)
    return 0


def run(*line: object, **how: object) -> str:
    return subprocess.run([*map(str, line)], check=True, stdout=subprocess.PIPE, text=True, **how).stdout  # type: ignore[call-overload, no-any-return]


def say(sentence: str) -> None:
    print(sentence, flush=True)


class Clean:
    """A Debian of its own in a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """The kernel's file systems, the name server and whom the package is tried as."""
        mounts = [self.path / name for name in ("proc", "dev")]
        for mount in mounts:
            run("mount", "--rbind", f"/{mount.name}", mount)
            run("mount", "--make-rslave", mount)
        shutil.copy("/etc/resolv.conf", self.path / "etc/resolv.conf")
        (self.path / "etc/hosts").write_text("127.0.0.1 localhost\n")
        (self.path / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
        (self.path / "usr/sbin/policy-rc.d").chmod(0o755)
        self.inside("useradd", "--uid", USER, "--create-home", "--home-dir", HOME, "someone")
        self.inside("apt-get", "-qq", "update")
        try:
            yield
        finally:
            for mount in mounts:
                run("umount", "--recursive", "--lazy", mount)

    @contextmanager
    def sees_screen(self) -> Iterator[None]:
        sockets = self.path / "tmp/.X11-unix"
        sockets.mkdir(exist_ok=True)
        run("mount", "--bind", "/tmp/.X11-unix", sockets)
        try:
            yield
        finally:
            run("umount", "--lazy", sockets)

    def inside(self, *line: object, **how: object) -> str:
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        return run("chroot", self.path, *line, env=environment, **how)

    def as_person(self, *line: object, **environment: str) -> list[str]:
        """The words that run something inside as an ordinary user."""
        named = {"HOME": HOME, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment}
        words = ["env", "-i", "-C", "/", *(f"{name}={value}" for name, value in named.items()), *map(str, line)]
        return ["chroot", f"--userspec={USER}:{USER}", str(self.path), *words]

    def listing(self) -> set[str]:
        found = run("find", self.path, "-xdev", "-printf", "/%P\\n").splitlines()
        return {path for path in found if not path.startswith(SETS_BY_ITSELF)}


def installed(root: Clean, package: Path) -> None:
    """By apt, with what the package depends on and not a package more."""
    shutil.copy(package, root.path / "tmp")
    plain = set(root.inside("dpkg-query", "-W", "-f=${Package}\n").split())
    root.inside("apt-get", "-qq", "install", "--yes", "--no-install-recommends", f"/tmp/{package.name}", stderr=subprocess.DEVNULL)
    came = sorted(set(root.inside("dpkg-query", "-W", "-f=${Package}\n").split()) - plain)
    say(f"installed {package.name}; {len(came) - 1} packages came with it")
    say(run(*root.as_person("nitaq", "self-test")).rstrip())


def on_the_command_line(root: Clean, server: Dovecot) -> None:
    """A whole audit of a real server over TLS, with an authority that only the user names."""
    messages = [piece.raw for pieces in mailbox().values() for piece in pieces]
    server.add_maildir("sara@firm.example", messages)
    home = root.path / HOME[1:]
    shutil.copy(server.ca_file, home / "ca.pem")
    (home / "archive.mbox").write_bytes(b"".join(mbox_entry(piece) for piece in mailbox()["INBOX"][:200]))
    forms = ("json", "html", "pdf", "xlsx", "zip")
    reports = [word for form in forms for word in ("--report", f"{HOME}/audit.{form}")]
    line = ("nitaq", "audit", server.url("sara@firm.example"), "--ca", f"{HOME}/ca.pem", "--secret-stdin", "--progress", "none", *reports)
    root.inside("chown", "--recursive", f"{USER}:{USER}", HOME)
    run(*root.as_person(*line), input=server.password + "\n")
    report = json.loads((home / "audit.json").read_text())
    count = report["scan"]["messages"]
    sizes = ", ".join(f"{form} {(home / f'audit.{form}').stat().st_size:,}" for form in forms)
    say(f"audit of Dovecot over TLS: {report['scan']['status']}, {count} of {len(messages)} messages; octets of the reports: {sizes}")
    if count != len(messages):
        sys.exit("a message is missing")


@contextmanager
def screen(folder: Path) -> Iterator[str]:
    """A screen of 1280 × 800 with a window manager; gives its DISPLAY."""
    told, told_to = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(told_to), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-ac"],
                              pass_fds=(told_to,), stderr=subprocess.DEVNULL)  # fmt: skip
    os.close(told_to)
    display = ":" + os.read(told, 20).decode().strip()
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": display, "HOME": str(folder)}, stderr=subprocess.DEVNULL)
    try:
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


def started_by(root: Clean, *files: str) -> list[str]:
    """What the desktop entry starts: its Exec, with the files in the place of %f (Desktop Entry Specification, "The Exec key")."""
    entry = RawConfigParser(strict=True)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(root.path / "usr/share/applications/nitaq.desktop", encoding="utf-8")
    words = shlex.split(entry["Desktop Entry"]["Exec"])
    return [word for each in words for word in (files if each in ("%f", "%F") else (each,))]


def in_the_window(root: Clean, display: str, language: str, locale: str, pictures: Path) -> None:
    """First screen, the sample by keyboard, the audit of the server opened again, and a mail file by its association."""
    environment = {"DISPLAY": display, "LANG": locale, "LC_ALL": locale}

    def started(*files: str) -> list[str]:
        """With what the command line left, and nothing of the window before: it would open what was open."""
        data = f"{HOME}/window-{language}"
        root.inside("sh", "-c", f"rm -rf {data} && cp -a {HOME}/.local/share {data}")
        return root.as_person(*started_by(root, *files), XDG_DATA_HOME=data, **environment)

    with window(started(), display) as its:
        picture(display, its, pictures / f"start-{language}.png")
        keys(display, its, "Tab", "Tab", "Return")
        picture(display, its, pictures / f"sample-{language}.png", unlike=pictures / f"start-{language}.png")
    with window(started(), display) as its:
        picture(display, its, pictures / f"start-again-{language}.png")
        keys(display, its, "Tab", "Tab", "Tab", "Return")
        picture(display, its, pictures / f"recent-{language}.png", unlike=pictures / f"start-again-{language}.png")
    with window(started(f"{HOME}/archive.mbox"), display) as its:
        picture(display, its, pictures / f"file-{language}.png")


@contextmanager
def window(line: list[str], display: str) -> Iterator[str]:
    begun = time.monotonic()
    program = subprocess.Popen(line, stdout=subprocess.DEVNULL)
    try:
        yield (its := shown(program, display))
        say(f"a window stood there after {time.monotonic() - begun:.1f} s with all that was done in it ({its})")
    finally:
        program.terminate()
        program.wait()


def shown(program: subprocess.Popen[bytes], display: str) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and program.poll() is None:
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "nitaq"], capture_output=True, text=True, check=False,
                               env={**os.environ, "DISPLAY": display}).stdout.split()  # fmt: skip
        if found:
            return found[-1]
        time.sleep(0.1)
    sys.exit(f"no window came ({program.poll()})")


def keys(display: str, its: str, *names: str) -> None:
    environment = {**os.environ, "DISPLAY": display}
    run("xdotool", "windowactivate", "--sync", its, env=environment)
    for name in names:
        run("xdotool", "key", "--clearmodifiers", name, env=environment)
        time.sleep(0.2)


def picture(display: str, its: str, path: Path, unlike: Path | None = None, seconds: float = 5) -> None:
    """The whole screen, once it has stood still for a while and is another one than before."""
    until, last, since = time.monotonic() + PATIENCE, b"", time.monotonic()
    before = unlike.read_bytes() if unlike else b""
    while time.monotonic() < until:
        run("import", "-display", display, "-window", "root", "+set", "date:create", "+set", "date:modify", "-strip", path)
        now = path.read_bytes()
        if now != last or now == before:
            last, since = now, time.monotonic()
        elif time.monotonic() - since > seconds:
            return say(f"picture {path.name}")
        time.sleep(0.3)
    sys.exit(f"the screen for {path.name} never came to rest")


def removed(root: Clean, before: set[str]) -> None:
    root.inside("apt-get", "-qq", "purge", "--yes", "nitaq", stderr=subprocess.DEVNULL)
    ours = sorted(path for path in root.listing() - before if "nitaq" in path.lower())
    root.inside("apt-get", "-qq", "autoremove", "--purge", "--yes", stderr=subprocess.DEVNULL)
    left = sorted(root.listing() - before)
    say(f"left of nitaq after purge: {ours or 'nothing'}")
    say(f"left after autoremove of what came with it, none of it ours: {len(left)} paths {left[:3]}")
    if ours:
        sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
