"""What `make` needs besides the product itself."""
