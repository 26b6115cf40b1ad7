"""Rate limits, counted for all workers together, without keeping who asks."""
