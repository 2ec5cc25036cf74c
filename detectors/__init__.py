"""What personal information looks like: texts in, matches out."""
