"""Which step may follow which, by whose duty, under which article: rows of data, read by buttons, checks, journal and charts."""
