"""What is sent by post."""
