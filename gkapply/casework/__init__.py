"""What an official does to a case: the only writer of case tables."""
