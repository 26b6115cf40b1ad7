"""A person's own week, behind a private link and a code."""
