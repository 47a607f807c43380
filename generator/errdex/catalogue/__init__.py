"""What the YAML means: from text to a checked, immutable `Catalogue`."""
