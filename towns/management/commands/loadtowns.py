"""Make the towns of the pilot phase, so that a house without a register is not empty."""

from django.core.management.base import BaseCommand

from towns.register.pilot import load_pilot_towns


class Command(BaseCommand):
    help = "Loads the pilot-phase towns with their official facts and projects. Safe to run twice."

    def handle(self, **options):
        created = load_pilot_towns()
        self.stdout.write(f"{created} pilot towns new.")
