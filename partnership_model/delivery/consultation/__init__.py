"""Consultations: the ballots' store, the forms that the hall fills in, and the facilitator's pages."""
