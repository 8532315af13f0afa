"""Signing in with the system's browser (OAuth 2.0): RFC 6749, 7636 (PKCE), 8252 (loopback redirect) and 7009 (revocation)."""
