"""The ground: apps that know no town, format or thread, stacked on `foundation.kit`."""
