"""The week: groups, rooms, facilitators and people; solved, checked, sent to calendars."""
