"""Answering texts: queue, conversation, crisis view, roster, words, broadcasts, reports."""
