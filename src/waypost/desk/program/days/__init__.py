"""Days: today's groups, a roster for the door, one note for many charts, hours, tests."""
