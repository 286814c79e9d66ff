"""Speed and memory, each figure as a ratio to a yardstick that runs beside it in the same run."""
