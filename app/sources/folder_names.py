"""Names of mail folders: modified UTF-7 read for people, and what a folder is for, guessed where nobody says."""

from __future__ import annotations

import base64
import re

from app.model import FolderRole

_SHIFTED = re.compile(r"&([^-]*)-")


def decode_utf7(name: str) -> str:
    """Modified UTF-7 (RFC 3501 section 5.1.3) for display; what is no such encoding stays as it is."""
    return _SHIFTED.sub(_unshift, name)


def shown(raw: bytes) -> str:
    """The octets of a server's name as people read them: modified UTF-7, or UTF-8 where a server sends that."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
    return decode_utf7(text) if text.isascii() else text


def _unshift(shifted: re.Match[str]) -> str:
    if not shifted[1]:
        return "&"
    try:
        octets = base64.b64decode(shifted[1].replace(",", "/") + "=" * (-len(shifted[1]) % 4), validate=True)
        return octets.decode("utf-16-be")
    except ValueError:
        return shifted[0]


_NAMES = {
    FolderRole.INBOX: "inbox|posteingang|boîte de réception|bandeja de entrada|posta in arrivo|postvak in|входящие|البريد الوارد|الوارد|صندوق الوارد",
    FolderRole.SENT: "sent|sent items|sent mail|sent messages|sent-mail|gesendet|gesendete objekte|gesendete elemente|envoyés|éléments envoyés"
    "|messages envoyés|enviados|elementos enviados|itens enviados|inviata|posta inviata|verzonden|verzonden items|skickat|sendt|wysłane"
    "|отправленные|gönderilmiş öğeler|المرسل|المرسلة|البريد المرسل|الرسائل المرسلة|العناصر المرسلة|بريد مرسل|已发送|送信済み",
    FolderRole.DRAFTS: "templates|unsent messages|outbox|vorlagen|postausgang|modèles|plantillas|القوالب|قوالب|صندوق الصادر|الصادر|رسائل لم ترسل"
    "|drafts|draft|entwürfe|brouillons|borradores|rascunhos|bozze|concepten|utkast|kladde|szkice|robocze|черновики|taslaklar"
    "|المسودات|مسودات|مسوّدات|草稿|下書き",
    FolderRole.JUNK: "junk|spam|junk e-mail|junk email|junk mail|bulk mail|bulk|unerwünscht|werbung|indésirables|courrier indésirable|pourriel"
    "|correo no deseado|lixo eletrônico|posta indesiderata|ongewenste e-mail|skräppost|søppelpost|спам|нежелательная почта"
    "|غير هام|غير مرغوب فيه|البريد غير الهام|البريد العشوائي|البريد غير المرغوب فيه|البريد غير المرغوب|الرسائل غير المرغوب فيها|垃圾邮件|迷惑メール",
    FolderRole.TRASH: "trash|deleted|deleted items|deleted messages|bin|papierkorb|gelöschte elemente|gelöschte objekte|corbeille|éléments supprimés"
    "|papelera|elementos eliminados|lixeira|cestino|posta eliminata|prullenbak|verwijderde items|papperskorgen|kosz|удаленные|корзина"
    "|المهملات|سلة المهملات|المحذوفات|العناصر المحذوفة|الرسائل المحذوفة|已删除|ゴミ箱",
    FolderRole.ARCHIVE: "archive|archives|archiv|archivo|arquivo|archivio|archief|архив|الأرشيف|أرشيف|归档",
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split("|")}
_EXPORTED = (".mbox", ".mbx")
_NUMBERED = re.compile(r"-\d\Z")
"""How Thunderbird tells a second file of the same name apart."""


def guessed_role(name: str) -> FolderRole:
    """By the last part of a folder's name, in the languages that mail programs commonly speak; files carry no other sign."""
    last = name.rpartition("/")[2].lower()
    for suffix in _EXPORTED:
        last = last.removesuffix(suffix)
    return _ROLES.get(_NUMBERED.sub("", last).strip(), FolderRole.ORDINARY)
