"""Texting's doors for people and carriers: sign-up, web chat, webhooks; no staff session."""
