"""Settings and addresses of the server; nothing here is imported by the library."""
