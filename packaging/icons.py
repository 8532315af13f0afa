"""Draw the program's icon in every size that a system asks for, from the one SVG: python packaging/icons.py FOLDER."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "icons" / "nitaq.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
IN_ICO = (16, 20, 24, 32, 40, 48, 64, 256)
"""Those of 100, 125, 150 and 200 % of the small and the middle picture."""
IN_ICNS = {
    b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512,
    b"ic11": 32, b"ic12": 64, b"ic13": 256, b"ic14": 512, b"ic10": 1024,
}  # fmt: skip
"""The second line is for screens of double density: each stands for a picture of half its size."""


def png(size: int) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Windows: a directory of 16 octets a picture, then the pictures as PNG; 256 is written as 0."""
    head, body, offset = struct.pack("<HHH", 0, 1, len(pictures)), b"", 6 + 16 * len(pictures)
    for size, picture in pictures.items():
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset + len(body))
        body += picture
    return head + body


def icns(pictures: dict[int, bytes]) -> bytes:
    """macOS: each picture as PNG behind its kind and length."""
    body = b"".join(kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for kind, size in IN_ICNS.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def draw(folder: Path) -> None:
    """`nitaq-SIZE.png` of every size, `nitaq.ico` and `nitaq.icns`."""
    from PySide6.QtGui import QGuiApplication

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    pictures = {size: png(size) for size in {*SIZES, *IN_ICO, *IN_ICNS.values()}}
    application.quit()
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        (folder / f"nitaq-{size}.png").write_bytes(pictures[size])
    (folder / "nitaq.ico").write_bytes(ico({size: pictures[size] for size in IN_ICO}))
    (folder / "nitaq.icns").write_bytes(icns(pictures))


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
