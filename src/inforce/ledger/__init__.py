"""What was read, claimed and checked, kept for good: SQLite in a file, or PostgreSQL.

Append-only in meaning: what a text said and what was ruled on it stays; a later ruling is added beside it.
"""
