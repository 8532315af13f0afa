"""What Windows shows under Properties, Details: the version resource, in the form that PyInstaller reads."""

from __future__ import annotations

TEXTS = {
    "CompanyName": "The Nitaq authors",
    "FileDescription": "Nitaq: see who really writes to a mailbox",
    "InternalName": "nitaq",
    "LegalCopyright": "Apache-2.0",
    "OriginalFilename": "nitaq.exe",
    "ProductName": "Nitaq",
}


def version_file(version: str) -> str:
    """`version` is MAJOR.MINOR.PATCH; Windows counts in four numbers, of which the last stays 0."""
    numbers = (*map(int, version.split(".")[:3]), 0)
    texts = {**TEXTS, "FileVersion": version, "ProductVersion": version}
    entries = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable('040904B0', [{entries}])]), VarFileInfo([VarStruct('Translation', [0x0409, 1200])])])\n"
    )
