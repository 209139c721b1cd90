"""Institutions as applicants: their kinds and papers, their owners with proof, screening, risk. No database, no web."""
