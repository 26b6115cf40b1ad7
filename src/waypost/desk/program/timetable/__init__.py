"""The week: make it, see what it breaks, move, swap, override."""
