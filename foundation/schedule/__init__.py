"""The clock: runs scheduled jobs each minute and raises an alarm for what did not run.

Rooms hang their jobs on their `AppConfig`; the clock knows names and moments only.
"""
