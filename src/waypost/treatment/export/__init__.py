"""A person's whole record as one file: PDF, JSON and FHIR R4."""
