"""The directory as Open Referral's HSDS 3.2.3 says it: rows of its tables, and rows inside rows.

One site is one organization, one location, and for each level of care one service there. Nothing
of it is stored: the API translates what it answers, and the data package is written from the same
rows.

Source: Human Services Data Specification 3.2.3 (https://docs.openreferral.org/), Open Referral,
CC BY-SA 4.0.
"""
