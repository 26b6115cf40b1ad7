"""Reads of texting: rows in, value objects out, what is sealed opened."""
