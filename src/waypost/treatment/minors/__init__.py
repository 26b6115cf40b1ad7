"""People under age: who signs for them, their guardian, and whether the guardian may be told."""
