"""Open Referral's HSDS 3.2.3 over the directory: what referral tools read, at /hsds.

The records and the index are those of the search; here they are only translated.

Source: HSDS API specification 3.2.3, openapi.json (https://docs.openreferral.org/).
"""
