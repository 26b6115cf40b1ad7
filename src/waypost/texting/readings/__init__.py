"""What a text says, under the ways in which people type: case, spacing, slips of the finger, disguises."""
