"""What people's own words ask for, and the words that the service answers by itself."""
