"""Fill a development house with invented people; never a production one."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from akademie.demo import PASSWORD, load_demo


class Command(BaseCommand):
    help = "Loads invented people and prints how they log in. Only with DEBUG=1."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("Demo content belongs into development only (DEBUG=1).")
        for person in load_demo():
            self.stdout.write(f"  {person.label:<26}{person.email:<34}{PASSWORD}")
