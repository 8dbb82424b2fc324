"""Measuring the search: judged queries over invented texts, and speed over many of them."""
