"""How it is told: outlines become documents, documents become files, and issued files are sealed."""
