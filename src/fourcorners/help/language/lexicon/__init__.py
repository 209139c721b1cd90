"""Words of other languages for what English articles name: one TOML file a language."""
