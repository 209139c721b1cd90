"""The help centre: articles that people write, found by what people ask."""
