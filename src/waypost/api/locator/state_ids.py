"""The locator's own state numbers, which are not FIPS codes.

Source: SAMHSA, FindTreatment.gov API Documentation 1.9 (2025-01-15), Appendix B, "State ID Table".
"""

from __future__ import annotations

from collections.abc import Mapping

_TABLE = """
ME 1|MI 2|MA 3|MT 4|NY 5|NC 6|OH 7|PA 8|RI 9|TN 10|TX 11|NV 12|NJ 13|UT 14|WA 15|WI 16|MD 18
AL 19|AK 20|AZ 21|AR 22|CA 23|CO 24|CT 25|DE 26|DC 27|FL 28|GA 29|HI 30|ID 31|IL 32|IN 33|IA 34
KS 35|KY 36|LA 37|MN 38|MS 39|MO 40|NE 41|NH 42|NM 43|ND 44|OK 45|OR 46|SC 47|SD 48|VT 49|VA 50
WV 51|WY 52
"""

STATE_BY_ID: Mapping[int, str] = {
    int(number): code
    for line in _TABLE.strip().splitlines()
    for code, number in (cell.split() for cell in line.split("|"))
}
"""The locator's number to the postal code; 17 is not used, and the territories have none."""
