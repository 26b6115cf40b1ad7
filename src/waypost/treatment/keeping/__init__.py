"""Keeping records: keys turned over, erasure once the time of keeping is over, with a report."""
