"""What people may type or choose in this room, by noun."""
