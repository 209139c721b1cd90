"""What happens to a picture between the document and the file: one small file an effect."""
