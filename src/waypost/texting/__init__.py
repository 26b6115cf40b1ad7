"""Text support: consent, conversation, quiet hours, segments, and delivery through a carrier."""
