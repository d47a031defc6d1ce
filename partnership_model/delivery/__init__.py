"""How it reaches people: command line, dashboards' server, papermill runs and reports."""
