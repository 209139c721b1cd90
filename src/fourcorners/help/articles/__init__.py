"""The articles that come with the package: `<language>/<slug>[.<REGION>].md`."""
