"""Where data lies: a URI in, Arrow batches out, read-only."""
