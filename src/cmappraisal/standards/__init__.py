"""Standards: written standards as rulebooks."""
