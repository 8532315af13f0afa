"""A mailbox on an IMAP server, read and never changed. The only package that imports imapclient and imaplib."""

from app.sources.imap.source import ImapSource

__all__ = ["ImapSource"]
