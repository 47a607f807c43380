"""Client code and catalogues in, findings out; client code is read, never run."""
