"""What a text says, under the ways in which people type: case, spacing, slips, disguises."""
