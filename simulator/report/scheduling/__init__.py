"""What is due when, and when hosts are out of use: for a terminal, as a picture and as rows."""
