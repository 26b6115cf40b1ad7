"""The directory room as a Django app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Reports about listings, until they go out with a publish."""

    name = "waypost.directory"
    label = "directory"
