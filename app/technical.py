"""The field's own words that reach a person's eyes, each explained in one sentence. They are names, so they stay as they are in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.i18n import mark

TECHNICAL: Mapping[str, str] = {
    "SPF": mark("A domain lists which servers may send for it."),
    "DKIM": mark("A domain signs its messages, so that a change on the way shows."),
    "DMARC": mark("Ties SPF and DKIM to the name that people see in From."),
    "ARC": mark("A server that passes a message on seals what it found when the message arrived, so that a later server can believe it."),
    "From": mark("The line of a message that names its sender. The sender's computer writes it, and can write anything."),
    "Reply-To": mark("The line of a message that says where an answer goes. It may be another address than the sender's."),
    "Message-ID": mark("A line of letters and digits that no other message has. Search for it in your mail program to find the message."),
    "authserv-id": mark("The name under which a server writes down what it checked."),
    "IMAP": mark("The way in which mail programs read a mailbox on its server."),
    "TLS": mark("Encrypts a connection, and proves that the server is the one that you named."),
    "STARTTLS": mark("A connection that begins open and is encrypted before anything secret is sent."),
    "HTTP": mark("The way in which web pages are fetched; a proxy that speaks it can carry other connections too."),
    "SOCKS": mark("Another way in which a proxy carries connections."),
    "PAC": mark("A small program from the network that says which proxy to use."),
    "PEM": mark("A file that holds a certificate as text; it begins with BEGIN CERTIFICATE."),
    "OAuth": mark("You sign in on your provider's own page, and it lets Nitaq read without telling it your password."),
    "API": mark("A door through which programs use a service. The provider lists what can be asked for there."),
    "URI": mark("An address for programs, such as that of a web page."),
    "DNS": mark("The internet's directory: where the services of a domain are found."),
    "HTTPS": mark("The encrypted way to fetch a web page."),
    "mbox": mark("One file that holds many messages, one after another."),
    "Maildir": mark("A folder that holds each message as a file of its own."),
    "EML": mark("A file that holds one message as it was received; its name ends in .eml."),
    ".eml": mark("A file that holds one message as it was received."),
    "Sieve": mark("The language in which many mail servers take rules for sorting mail."),
    "Postfix": mark("A widely used program that receives and sends mail on a server."),
    "PowerShell": mark("The program in which administrators of Microsoft 365 type commands."),
    "Microsoft 365": mark("Microsoft's service for the mail of organisations; its mail part is called Exchange Online."),
    "HTML": mark("The form of web pages. Every browser opens it."),
    "PDF": mark("A document that looks the same on every screen and on paper."),
    "XLSX": mark("A workbook for spreadsheet programs such as Excel or LibreOffice."),
    "CSV": mark("A plain table that every spreadsheet program opens."),
    "ZIP": mark("One file that holds several others."),
    "JSON": mark("Data for other programs, as text."),
    "XML": mark("Data for other programs, as text between named marks."),
    "UTF-8": mark("The usual way to write the letters of all languages into a file."),
    "PNG": mark("A form of picture files."),
    "JPEG": mark("A form of picture files, usual for photographs."),
    "MB": mark("A measure of size: a million letters."),
    "MiB": mark("A measure of size, about as much as a million letters."),
    "RFC": mark("One of the numbered documents that say how the internet works."),
    "SHA-256": mark("A way to make one number of a whole content; any change of the content gives another."),
}
"""As they are written, and a sentence, marked for translation."""

_WORDS = re.compile(
    "|".join(rf"{'(?<=[^.] )' if word == 'From' else ''}(?<![A-Za-z0-9.-]){re.escape(word)}(?![\w-])" for word in sorted(TECHNICAL, key=len, reverse=True))
)
"""A sentence may begin with "From" and mean nothing by it; an Arabic particle may stand before a word without a space."""


def technical_in(text: str) -> list[str]:
    """Those that a text names, each once, in their order there."""
    return list(dict.fromkeys(_WORDS.findall(text)))
