"""A question in, a cited answer out. Imports `index`, never `ui`."""
