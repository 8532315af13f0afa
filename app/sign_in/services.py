"""Who signs users in for mail, and what their authorisation servers want to hear. Facts of our own."""

from __future__ import annotations

from app.model import OAuthService

GOOGLE = OAuthService(
    "Google",
    authorize="https://accounts.google.com/o/oauth2/v2/auth",
    token="https://oauth2.googleapis.com/token",
    revoke="https://oauth2.googleapis.com/revoke",
    scopes=("https://mail.google.com/",),
    extra=(("access_type", "offline"), ("prompt", "consent")),
)
MICROSOFT = OAuthService(
    "Microsoft",
    authorize="https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    token="https://login.microsoftonline.com/common/oauth2/v2.0/token",
    scopes=("https://outlook.office.com/IMAP.AccessAsUser.All", "offline_access"),
    loopback="localhost",
)
SERVICES = {"google": GOOGLE, "microsoft": MICROSOFT}
"""By the word that `oauth` has in resources/facts/imap.toml."""
