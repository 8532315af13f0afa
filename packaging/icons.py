"""Draw the program's icon in every size that a system asks for, from the one SVG: python packaging/icons.py FOLDER."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "icons" / "nitaq.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
IN_ICO = (16, 24, 32, 48, 64, 256)
IN_ICNS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


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
    body = b"".join(IN_ICNS[size] + struct.pack(">I", 8 + len(picture)) + picture for size, picture in pictures.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def draw(folder: Path) -> None:
    """`nitaq-SIZE.png` of every size, `nitaq.ico` and `nitaq.icns`."""
    from PySide6.QtGui import QGuiApplication

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    pictures = {size: png(size) for size in SIZES}
    application.quit()
    folder.mkdir(parents=True, exist_ok=True)
    for size, picture in pictures.items():
        (folder / f"nitaq-{size}.png").write_bytes(picture)
    (folder / "nitaq.ico").write_bytes(ico({size: pictures[size] for size in IN_ICO}))
    (folder / "nitaq.icns").write_bytes(icns({size: pictures[size] for size in IN_ICNS}))


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
