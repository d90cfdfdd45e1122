"""Questions between our format and those of other programs."""
