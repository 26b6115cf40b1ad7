"""Writes of texting: keyword-only, one transaction each, `by=` and `now=`."""
