"""Notices in the site: what a person is told of things that others did."""
