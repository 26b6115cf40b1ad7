"""Series of support: what is sent on which day, as checked data files."""
