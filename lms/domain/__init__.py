"""Concepts of the learning platform, bottom to top; higher ones call lower ones, never the reverse."""
