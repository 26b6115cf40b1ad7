"""The individual plan: its versions, signatures and clocks of review."""
