#!/usr/bin/env python3
"""Everything a developer does with this checkout: python3 dev.py VERB

    run [-- WORDS]   start nitaq (without words: the window on the sample mailbox)
    test [WORDS]     run the tests; words go to pytest
    lint             ruff and mypy
    bench [WORDS]    measure speed; never part of the tests
    screens OUT      render every screen into the folder OUT
    build            make the program for this platform
    setup            only set up what `run` and `test` need

Each verb first sets up what is missing: system packages (apt only), .venv, the locked requirements. It needs Python
3.11 or later and nothing else. Debian 12 is where it is tried; other systems have a path here and are untested.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = PROGRAMS / ("python.exe" if sys.platform == "win32" else "python")
STAMP = VENV / "nitaq-setup"  # digests of what is installed; absent while it is being installed
RUNTIME, DEVELOPMENT, BUILDING = (ROOT / f"requirements{kind}.txt" for kind in ("", "-dev", "-build"))
OLDEST_PYTHON = (3, 11)


def say(sentence: str) -> None:
    print(f"dev.py: {sentence}", file=sys.stderr, flush=True)


def refuse(sentence: str) -> NoReturn:
    say(sentence)
    sys.exit(1)


# --- what pip cannot install --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Need:
    """One thing the system must bring: how to see that it is there, and what brings it on Debian and Ubuntu."""

    kind: str  # "library", "program", "file" (alternatives split by |), "font" or "module"
    name: str
    package: str
    purpose: str


FOR_SETTING_UP = (
    Need("module", "ensurepip", f"python3.{sys.version_info.minor}-venv", "making a virtual environment"),
)
# Every library that Qt's core, widgets, offscreen, X11 and Wayland parts link and the wheel does not carry.
FOR_THE_WINDOW = (
    Need("library", "libEGL.so.1", "libegl1", "Qt"),
    Need("library", "libGL.so.1", "libgl1", "Qt"),
    Need("library", "libX11.so.6", "libx11-6", "Qt"),
    Need("library", "libdbus-1.so.3", "libdbus-1-3", "Qt"),
    Need("library", "libfontconfig.so.1", "libfontconfig1", "Qt"),
    Need("library", "libfreetype.so.6", "libfreetype6", "Qt"),
    Need("library", "libglib-2.0.so.0", "libglib2.0-0", "Qt"),
    Need("library", "libgssapi_krb5.so.2", "libgssapi-krb5-2", "Qt"),
    Need("library", "libxkbcommon.so.0", "libxkbcommon0", "Qt"),
    Need("library", "libX11-xcb.so.1", "libx11-xcb1", "Qt on X11"),
    Need("library", "libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "Qt on X11"),
    Need("library", "libxcb.so.1", "libxcb1", "Qt on X11"),
    Need("library", "libxcb-cursor.so.0", "libxcb-cursor0", "Qt on X11"),
    Need("library", "libxcb-glx.so.0", "libxcb-glx0", "Qt on X11"),
    Need("library", "libxcb-icccm.so.4", "libxcb-icccm4", "Qt on X11"),
    Need("library", "libxcb-image.so.0", "libxcb-image0", "Qt on X11"),
    Need("library", "libxcb-keysyms.so.1", "libxcb-keysyms1", "Qt on X11"),
    Need("library", "libxcb-randr.so.0", "libxcb-randr0", "Qt on X11"),
    Need("library", "libxcb-render.so.0", "libxcb-render0", "Qt on X11"),
    Need("library", "libxcb-render-util.so.0", "libxcb-render-util0", "Qt on X11"),
    Need("library", "libxcb-shape.so.0", "libxcb-shape0", "Qt on X11"),
    Need("library", "libxcb-shm.so.0", "libxcb-shm0", "Qt on X11"),
    Need("library", "libxcb-sync.so.1", "libxcb-sync1", "Qt on X11"),
    Need("library", "libxcb-util.so.1", "libxcb-util1", "Qt on X11"),
    Need("library", "libxcb-xfixes.so.0", "libxcb-xfixes0", "Qt on X11"),
    Need("library", "libxcb-xkb.so.1", "libxcb-xkb1", "Qt on X11"),
    Need("library", "libwayland-client.so.0", "libwayland-client0", "Qt on Wayland"),
    Need("library", "libwayland-cursor.so.0", "libwayland-cursor0", "Qt on Wayland"),
    Need("library", "libwayland-egl.so.1", "libwayland-egl1", "Qt on Wayland"),
    Need("font", "ar", "fonts-dejavu-core", "a font with Arabic and Latin letters"),
)
FOR_THE_TESTS = (
    Need("file", "/usr/lib/dovecot/imap|/usr/libexec/dovecot/imap", "dovecot-imapd", "a real IMAP server"),
    Need("program", "sievec", "dovecot-sieve", "checking Sieve scripts"),
    Need("program", "gnome-keyring-daemon", "gnome-keyring", "a real keyring"),
    Need("program", "dbus-run-session", "dbus", "a session bus for the keyring"),
    Need("program", "gsettings", "libglib2.0-bin", "a desktop's settings"),
    Need("file", "/usr/share/glib-2.0/schemas/org.gnome.system.proxy.gschema.xml", "gsettings-desktop-schemas", "a desktop's proxy settings"),
    Need("program", "pdftotext", "poppler-utils", "reading PDF reports back"),
    Need("program", "Xvfb", "xvfb", "a display for the real window"),
    Need("program", "xauth", "xauth", "a display for the real window"),
    Need("program", "desktop-file-validate", "desktop-file-utils", "checking the desktop entry"),
    Need("program", "appstreamcli", "appstream", "checking what software centres read"),
)
FOR_THE_BUILD = (
    Need("program", "dpkg-deb", "dpkg", "making the .deb"),
    Need("program", "dpkg-shlibdeps", "dpkg-dev", "finding what the .deb depends on"),
    Need("program", "objdump", "binutils", "finding what a library links"),
    Need("program", "patchelf", "patchelf", "taking folders of the building system out of libraries"),
)
# A second real IMAP server. Its package conflicts with dovecot-imapd, so it is unpacked beside .venv's programs and never installed.
UNPACKED, UNPACKED_PACKAGES = VENV / "cyrus", ("cyrus-imapd", "cyrus-common")
# Best effort and untested: the same things by the names of other distributions.
ELSEWHERE = {
    "dnf": "dnf install dovecot dovecot-pigeonhole gnome-keyring dbus-daemon poppler-utils xorg-x11-server-Xvfb xorg-x11-xauth fontconfig"
    " dejavu-sans-fonts mesa-libEGL mesa-libGL libxkbcommon-x11 xcb-util-cursor xcb-util-image xcb-util-keysyms"
    " xcb-util-renderutil xcb-util-wm",
    "pacman": "pacman -S dovecot pigeonhole gnome-keyring dbus poppler xorg-server-xvfb xorg-xauth fontconfig ttf-dejavu libglvnd"
    " libxkbcommon-x11 xcb-util-cursor xcb-util-image xcb-util-keysyms xcb-util-renderutil xcb-util-wm",
    "zypper": "zypper install dovecot gnome-keyring dbus-1-daemon poppler-tools xorg-x11-server-Xvfb xauth fontconfig"
    " dejavu-fonts Mesa-libEGL1 Mesa-libGL1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0"
    " libxcb-keysyms1 libxcb-render-util0",
}
APT = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0")


def is_present(need: Need) -> bool:
    """Look for the thing itself, not for a package: that is quick and the same on every distribution."""
    if need.kind == "library":
        return loads(need.name)
    if need.kind == "program":
        return bool(shutil.which(need.name) or shutil.which(need.name, path="/usr/sbin:/usr/local/sbin:/sbin"))
    if need.kind == "file":
        return any(Path(name).exists() for name in need.name.split("|"))
    if need.kind == "module":
        return importlib.util.find_spec(need.name) is not None
    return has_font(need.name)


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font(language: str) -> bool:
    """Ask fontconfig where its program is installed; else look for the one family that would be installed."""
    if lister := shutil.which("fc-list"):
        return bool(subprocess.run([lister, f":lang={language}"], capture_output=True, check=False).stdout.strip())
    return any(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"))


def ensure_system(needs: Sequence[Need]) -> None:
    if sys.platform != "linux":
        say(f"this is untested on {sys.platform}: expect rough edges.")
        if FOR_THE_TESTS[0] in needs:
            say("Dovecot and a Secret Service keyring exist on Linux only: the tests that need them cannot run here.")
        return
    missing = [need for need in needs if not is_present(need)]
    if not missing:
        return
    what = ", ".join(f"{need.name.partition('|')[0]} ({need.purpose})" for need in missing)
    packages = sorted({need.package for need in missing})
    if not shutil.which("apt-get"):
        refuse_elsewhere(what)
    by_hand = f"install it with: sudo apt-get install {' '.join(packages)}"
    as_root = root_prefix()
    if as_root is None:
        refuse(f"missing on this system: {what}; {by_hand}")
    say(f"installing system packages: {' '.join(packages)}")
    install(as_root, packages)
    if still := [need.name for need in missing if not is_present(need)]:
        refuse(f"still missing after apt-get: {', '.join(still)}; {by_hand}")


def refuse_elsewhere(what: str) -> NoReturn:
    line = next((line for tool, line in ELSEWHERE.items() if shutil.which(tool)), None)
    advice = f"this line, which is untested, may install it: sudo {line}" if line else "install it and try again"
    refuse(f"missing on this system: {what}; {advice}")


def root_prefix() -> list[str] | None:
    """The words that make a command run as root, or None where that would need a password."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0:
        return sudo
    return None


def install(as_root: list[str], packages: list[str]) -> None:
    """Install with the package lists that are there, and with fresh ones if that fails."""
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", *APT]
    line = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    first = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if first.returncode != 0:
        subprocess.run([*apt, "update"], stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
        subprocess.run(line, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)


def ensure_unpacked() -> None:
    """Unpack Cyrus and install the plain libraries that it links. Without it the tests of that server are skipped, which they say."""
    if UNPACKED.exists() or sys.platform != "linux":
        return
    as_root = root_prefix()
    if as_root is None or not all(map(shutil.which, ("apt-get", "dpkg-deb"))):
        say("Cyrus IMAP cannot be unpacked here (that needs apt-get and root): its tests are skipped.")
        return
    say(f"unpacking {' and '.join(UNPACKED_PACKAGES)}")
    with tempfile.TemporaryDirectory(prefix="nitaq-cyrus-") as folder:
        packages = download(as_root, Path(folder))
        if len(packages) != len(UNPACKED_PACKAGES) or not install_libraries(as_root, packages):
            say("Cyrus IMAP could not be had from apt-get: its tests are skipped.")
            return
        parts = UNPACKED.with_suffix(".part")
        for package in packages:
            checked(["dpkg-deb", "--extract", str(package), str(parts)], f"{package.name} could not be unpacked")
        parts.rename(UNPACKED)


def download(as_root: list[str], folder: Path) -> list[Path]:
    """With the package lists that are there, and with fresh ones if that fails."""
    line = [*APT, "download", *UNPACKED_PACKAGES]
    if subprocess.run(line, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode != 0:
        subprocess.run([*as_root, *APT, "update"], stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
        subprocess.run(line, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return sorted(folder.glob("*.deb"))


def install_libraries(as_root: list[str], packages: list[Path]) -> bool:
    """Of what the packages depend on, only libraries, and only if nothing has to go for them."""
    asked = (subprocess.run(["dpkg-deb", "--field", package, "Depends"], capture_output=True, text=True, check=True) for package in packages)
    names = {part.split()[0].partition(":")[0] for done in asked for part in done.stdout.split(",")}
    libraries = sorted(name for name in names if name.startswith("lib"))
    line = ["apt-get", "install", "--no-install-recommends", *libraries]
    plan = subprocess.run([*line, "--simulate"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if plan.returncode != 0 or "\nRemv " in plan.stdout:
        return False
    install(as_root, libraries)
    return True


# --- the virtual environment --------------------------------------------------------------------------------------


def ensure_environment(lock: Path) -> None:
    """Make .venv hold exactly what the lock names, and this checkout; does nothing when that is so already."""
    covered = [RUNTIME, DEVELOPMENT] if lock == DEVELOPMENT else [RUNTIME]
    installed = STAMP.read_text().split() if STAMP.exists() and PYTHON.exists() else []
    if digest(lock) in installed:
        return
    STAMP.unlink(missing_ok=True)
    if not made_by_this_python():
        say(f"making .venv with Python {sys.version.split()[0]}")
        checked([sys.executable, "-m", "venv", "--clear", str(VENV)], "the virtual environment could not be made")
    say(f"installing {lock.name} (PySide6 is large; the first time takes a while)")
    pip("--require-hashes", "--no-deps", "-r", str(lock))
    pip("--no-deps", "--no-build-isolation", "--config-settings", "editable_mode=compat", "--editable", str(ROOT))
    STAMP.write_text("\n".join(digest(each) for each in covered))


def digest(lock: Path) -> str:
    parts = (sys.version.encode(), lock.name.encode(), lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def made_by_this_python() -> bool:
    settings = VENV / "pyvenv.cfg"
    version = ".".join(map(str, sys.version_info[:3]))
    return PYTHON.exists() and settings.exists() and f"version = {version}\n" in settings.read_text()


def pip(*words: str, python: Path = PYTHON) -> None:
    line = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", *words]
    checked(line, "pip could not install the locked requirements; what it said is above")


def checked(line: Sequence[str], sentence: str) -> None:
    if subprocess.run(line, cwd=ROOT, check=False).returncode != 0:
        refuse(sentence)


def set_up(lock: Path) -> None:
    tests = FOR_THE_TESTS if lock == DEVELOPMENT else ()
    ensure_system([*FOR_SETTING_UP, *FOR_THE_WINDOW, *tests])
    ensure_environment(lock)
    if tests:
        ensure_unpacked()


# --- the verbs ----------------------------------------------------------------------------------------------------


def start(program: str | Path, *words: str, offscreen: bool = False) -> int:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"} if offscreen else None
    try:
        return subprocess.run([program, *words], cwd=ROOT, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


def run(words: list[str]) -> int:
    words = (words[1:] if words[:1] == ["--"] else words) or ["sample"]
    if words[0] == "sample":
        refuse_without_display()
    set_up(RUNTIME)
    return start(PROGRAMS / ("nitaq.exe" if sys.platform == "win32" else "nitaq"), *words)


def refuse_without_display() -> None:
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        refuse(
            "no window can open here, because neither DISPLAY nor WAYLAND_DISPLAY is set; start it in a desktop session"
            " or with: xvfb-run -a python3 dev.py run; or use it without a window:"
            " python3 dev.py run -- audit sample --report report.html"
        )


def test(words: list[str]) -> int:
    set_up(DEVELOPMENT)
    return start(PYTHON, "-m", "pytest", *words, offscreen=True)


def lint(words: list[str]) -> int:
    ensure_environment(DEVELOPMENT)
    return start(PYTHON, "-m", "ruff", "check", *words) or start(PYTHON, "-m", "mypy")


def bench(words: list[str]) -> int:
    if not (ROOT / "tests" / "bench" / "__main__.py").exists():
        refuse("there is nothing to measure yet: tests/bench/__main__.py does not exist.")
    set_up(DEVELOPMENT)
    return start(PYTHON, "-m", "tests.bench", *words, offscreen=True)


def screens(words: list[str]) -> int:
    if len(words) != 1:
        refuse("screens takes one word, the folder to write to: python3 dev.py screens OUT")
    set_up(DEVELOPMENT)
    return start(PYTHON, "-m", "tests.screens", *words, offscreen=True)


def build(words: list[str]) -> int:
    if words:
        refuse("build takes no further words.")
    ensure_system([*FOR_SETTING_UP, *FOR_THE_WINDOW, *FOR_THE_BUILD])
    return start(build_environment(), str(ROOT / "packaging" / "build.py"))


def build_environment() -> Path:
    """A virtual environment with nothing but what is locked for building, so that nothing else gets into the program."""
    folder = ROOT / "build" / "venv"
    python = folder / PYTHON.relative_to(VENV)
    stamp = folder / STAMP.name
    if not stamp.exists() or stamp.read_text() != digest(BUILDING):
        checked([sys.executable, "-m", "venv", "--clear", str(folder)], "the virtual environment could not be made")
        say(f"installing {BUILDING.name}")
        pip("--require-hashes", "--no-deps", "-r", str(BUILDING), python=python)
        stamp.write_text(digest(BUILDING))
    return python


def setup(words: list[str]) -> int:
    if words:
        refuse("setup takes no further words.")
    set_up(DEVELOPMENT)
    say(f"ready: {VENV}")
    return 0


VERBS = {verb.__name__: verb for verb in (run, test, lint, bench, screens, build, setup)}


def main(words: list[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        refuse(f"Nitaq needs Python 3.11 or later, and this is {sys.version.split()[0]}.")
    if words[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    if not words or words[0] not in VERBS:
        print(__doc__, file=sys.stderr)
        return 2
    return VERBS[words[0]](words[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
