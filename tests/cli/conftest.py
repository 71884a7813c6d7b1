import sys

import pytest

from align.cli import main


@pytest.fixture
def align(monkeypatch, capsys):
    """Return a function that runs the command in this process: status, standard output, standard error."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["align", *map(str, arguments)])
        with pytest.raises(SystemExit) as finished:
            main()
        captured = capsys.readouterr()
        return finished.value.code, captured.out, captured.err

    return call
