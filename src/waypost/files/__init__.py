"""Opening what comes from outside, and keeping what is ours whole.

Archives with one limit on unpacked bytes, workbooks whose cells are counted before they are read,
imports in a process of their own, files written under another name and then renamed, digests and
signatures, and one store in SQLite that never changes.
"""
