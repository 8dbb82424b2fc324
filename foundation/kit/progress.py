"""A progress bar for commands: on a terminal one line that moves, elsewhere nothing."""

from __future__ import annotations

import time

WIDTH = 30
EVERY = 0.1  # seconds between two drawings


class Progress:
    """`with Progress(stream, "Einlesen", total=16_000) as bar: … bar(number)`."""

    def __init__(self, stream, label: str, total: int):
        self.stream, self.label, self.total = stream, label, max(total, 1)
        self.shown = bool(getattr(stream, "isatty", lambda: False)())
        self._drawn = 0.0

    def __enter__(self) -> Progress:
        self(0)
        return self

    def __exit__(self, *_error) -> None:
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()

    def __call__(self, done: int) -> None:
        """Show how much is done; more than `total` counts as all of it."""
        now = time.monotonic()
        if not self.shown or (now - self._drawn < EVERY and done < self.total):
            return
        self._drawn = now
        share = min(done / self.total, 1.0)
        bar = "█" * round(share * WIDTH)
        self.stream.write(f"\r{self.label} {bar:░<{WIDTH}} {share:4.0%}")
        self.stream.flush()
