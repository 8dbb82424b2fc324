"""Parts of the editors' desk of this room; `towns.admin` brings them in."""
