"""The command line: one short function per verb, parse -> pipeline -> print."""

from align.cli.main import main

__all__ = ["main"]
