"""Pages that belong to no room: home, health, errors, the development post."""
