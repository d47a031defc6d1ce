"""Surveys that were made with other tools, and tallies on paper: read into ballots, without whoever answered."""
