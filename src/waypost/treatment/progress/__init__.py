"""Progress: rules that suggest, transitions that a clinician decides, reports."""
