"""Pool or dedicate: what other ways of sharing the same fleet would do to each folder's waits."""
