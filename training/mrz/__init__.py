"""Training of the two networks that find and read machine-readable zones. Never imported by the package."""
