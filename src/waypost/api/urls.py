"""Addresses of the APIs."""

from django.urls import path

from waypost.api.v1 import api

urlpatterns = [path("api/v1/", api.urls)]
