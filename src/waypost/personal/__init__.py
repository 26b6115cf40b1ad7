"""Doors of the private process for people who are not staff; each without a staff session."""
