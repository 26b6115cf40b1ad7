"""Waypost: find an intensive outpatient program, and let that program run its care."""

__version__ = "0.1.0"
