"""CSV files read row by row, however long they are, and the traces among them."""
