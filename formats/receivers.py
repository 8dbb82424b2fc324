"""What this room hears from below: a log-in moves the Merkliste into the account."""
