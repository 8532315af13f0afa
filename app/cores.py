"""A program that ends badly may be written to disk with all that it knew: not this one, which knows passwords."""

from __future__ import annotations


def leave_no_core() -> None:
    """No core file of this process, nor of what it starts. Windows writes none unless somebody has asked for it."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
