"""Reaching other computers: whom TLS believes, which proxy leads there, and the way through it."""
