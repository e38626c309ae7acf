"""The version of the library, which what it makes can name."""

VERSION = "0.1.0"
"""The version."""
