"""The pages of a consultation: forms, what the hall sees, and what the report says of it."""
