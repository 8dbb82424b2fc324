"""The progress bar: a moving line on a terminal, silence elsewhere."""

import io

from foundation.kit.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_the_bar_move_and_go():
    terminal = Terminal()
    with Progress(terminal, "Einlesen", 200) as bar:
        bar(200)
        bar(500)
    drawn = terminal.getvalue().split("\r")
    assert drawn[1] == "Einlesen " + "░" * 30 + "   0%"
    assert drawn[2] == "Einlesen " + "█" * 30 + " 100%"
    assert drawn[-1] == "\x1b[K"


def test_a_log_sees_nothing():
    log = io.StringIO()
    with Progress(log, "Einlesen", 0) as bar:
        bar(3)
    assert log.getvalue() == ""
