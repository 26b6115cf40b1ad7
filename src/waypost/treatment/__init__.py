"""Running a program: records, intake, plans, the timetable, days and progress."""
