"""Drug tests as a Django app."""

from django.apps import AppConfig


class DrugTestsConfig(AppConfig):
    """Tables of the private database alone."""

    name = "waypost.treatment.drug_tests"
    label = "treatment_drug_tests"
