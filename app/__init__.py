"""Nitaq without a window: a pure core (parse, assess, report) in a thin shell of sources, store and command line."""

__version__ = "0.1.0"
RULES = "1"
"""Version of the rules, raised with every release that changes what a check finds or what it counts; reports carry it."""
