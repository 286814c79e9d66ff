"""The form of the annual report: what is written, and what is read from published reports."""
