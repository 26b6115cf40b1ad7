"""States and territories: postal codes, names and FIPS codes (Census Bureau, ANSI state codes)."""

from __future__ import annotations

from collections.abc import Mapping

_TABLE = """
AL 01 Alabama|AK 02 Alaska|AZ 04 Arizona|AR 05 Arkansas|CA 06 California|CO 08 Colorado
CT 09 Connecticut|DE 10 Delaware|DC 11 District of Columbia|FL 12 Florida|GA 13 Georgia|HI 15 Hawaii
ID 16 Idaho|IL 17 Illinois|IN 18 Indiana|IA 19 Iowa|KS 20 Kansas|KY 21 Kentucky|LA 22 Louisiana
ME 23 Maine|MD 24 Maryland|MA 25 Massachusetts|MI 26 Michigan|MN 27 Minnesota|MS 28 Mississippi
MO 29 Missouri|MT 30 Montana|NE 31 Nebraska|NV 32 Nevada|NH 33 New Hampshire|NJ 34 New Jersey
NM 35 New Mexico|NY 36 New York|NC 37 North Carolina|ND 38 North Dakota|OH 39 Ohio|OK 40 Oklahoma
OR 41 Oregon|PA 42 Pennsylvania|RI 44 Rhode Island|SC 45 South Carolina|SD 46 South Dakota
TN 47 Tennessee|TX 48 Texas|UT 49 Utah|VT 50 Vermont|VA 51 Virginia|WA 53 Washington
WV 54 West Virginia|WI 55 Wisconsin|WY 56 Wyoming|AS 60 American Samoa|GU 66 Guam
MP 69 Northern Mariana Islands|PR 72 Puerto Rico|VI 78 U.S. Virgin Islands
FM 64 Federated States of Micronesia|MH 68 Marshall Islands|PW 70 Palau
"""
_ROWS = [cell.split(" ", 2) for line in _TABLE.strip().splitlines() for cell in line.split("|")]

STATE_NAMES: Mapping[str, str] = {code: name for code, _, name in _ROWS}
"""Postal code to name, the territories and freely associated states included."""

STATE_FIPS: Mapping[str, str] = {code: fips for code, fips, _ in _ROWS}
"""Postal code to two-digit FIPS code."""

_CITIES_OF_THE_NAME = ("NY", "WA")

STATE_KEYS: Mapping[str, str] = {
    code: f"{name} (state)" if code in _CITIES_OF_THE_NAME else name
    for code, name in STATE_NAMES.items()
}
"""Postal code to the text that means the state alone: "New York" may be the city as well."""
