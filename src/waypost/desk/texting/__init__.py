"""Answering texts: queue, conversation, crisis view, roster, words to approve, broadcasts, reports."""
