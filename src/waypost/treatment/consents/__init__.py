"""42 CFR Part 2: consents, their revocation, and the log of every read and every disclosure."""
