"""How often may be asked, counted for all workers together, without keeping who asks."""
