"""Nitaq without a window: a pure core (parse, assess, report) in a thin shell of sources, store and command line."""

__version__ = "0.1.0"
