"""Learning paths: courses in an order, with choices, that people join or are assigned."""
