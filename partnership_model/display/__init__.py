"""How it looks: results as charts, tables and sentences; no arithmetic."""
