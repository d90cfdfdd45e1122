"""Who may do what: one table of all addresses, tried with every kind of person."""
