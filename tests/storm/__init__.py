"""A real server under stress: killed at random points (`make crash`), and full of people (`make load`)."""
