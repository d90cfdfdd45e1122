"""Two records of one person: what becomes of them."""
