"""What both sides of the sandbox must agree on."""
