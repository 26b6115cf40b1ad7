"""Reports of the program: census, retention, ends, hours and how full the groups are."""
