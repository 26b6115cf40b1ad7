"""Calendar feeds behind a private address: of a facilitator, a room, a person."""
