"""Days: rosters, minutes attended, group notes, the weekly tally and billable units."""
