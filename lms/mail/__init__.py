"""Mails: how they are worded, built and handed to a mail server. Outside the domain, without HTTP pages."""
