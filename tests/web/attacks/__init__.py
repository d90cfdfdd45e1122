"""What somebody sends who means harm."""
