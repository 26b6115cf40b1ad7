"""The accounts room as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, their organizations and their roles."""

    name = "waypost.accounts"
    label = "accounts"
