"""What the law says, as values and pure functions: true for every organ on that date, blind to today."""
