"""Errands done, by the relay of the web process and by workers over a broker."""
