"""Times of a 12-megapixel case, stage by stage, beside what one would assemble from packages."""
