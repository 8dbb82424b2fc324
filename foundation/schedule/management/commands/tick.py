"""The minute tick: runs beside web server and worker, all the time."""

import logging
import signal
import sys
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections
from django.utils import timezone

from foundation.schedule.actions import tick

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs the scheduled jobs each minute, on the minute, until it is told to end."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one tick now, then end")

    def handle(self, *, once, **options):
        if once:
            return self._once()
        self.working, self.ending = False, False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        while not self.ending:
            self.working = True
            try:
                tick(timezone.now())
            except Error as error:  # lost, or not migrated yet: the next minute may be better
                log.error("The tick could not use the database: %s", error)
            close_old_connections()
            self.working = False
            if not self.ending:
                time.sleep(60 - time.time() % 60)
        return None

    def _once(self):
        try:
            tick(timezone.now())
        except Error as error:
            raise CommandError(f"The tick could not use the database: {error}") from error
        return "One tick done."

    def _end(self, number, frame):
        """Let a running tick finish; end at once while waiting."""
        self.ending = True
        if not self.working:
            sys.exit(0)
