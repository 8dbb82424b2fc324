"""One function per address, by noun; `towns.urls` takes them from their modules."""
