"""The person's own page: a private link and a code, check-ins, and "I can't come"."""
