"""The locator's own county numbers, as far as they are public.

The guide's table of counties is a file that is not published with it. The one number that its
samples show is read; every other county is named by its five-digit FIPS code.

Source: SAMHSA, FindTreatment.gov API Documentation 1.9 (2025-01-15), Table 1: "Searches the first
page of facilities in Montgomery County, Maryland" with limitValue=1119.
"""

from __future__ import annotations

from collections.abc import Mapping

COUNTY_BY_ID: Mapping[str, str] = {"1119": "24031"}
"""The locator's number to the county's FIPS code."""
