"""What runs in the background: the outbox, timers, series and retention."""
