"""Training: when it takes place."""
