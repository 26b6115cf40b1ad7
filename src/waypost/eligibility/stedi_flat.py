"""One benefit of Stedi's flat shape (`benefitsInformation`) as the segments of a 271.

Shape: Stedi's API, https://github.com/Stedi/openApi (healthcare.json, `BenefitsInformation`).
"""

from collections.abc import Iterator

from waypost.eligibility.stedi_segments import (
    COMPONENT,
    MODES,
    REPEAT,
    Json,
    Segment,
    coded,
    message,
    objects,
    related,
    segment,
    text,
    texts,
)
from waypost.x12.parts import Contact

# JSON's names in the order of EB's elements
EB_NAMES = (
    "code",
    "coverageLevelCode",
    "serviceTypeCodes",
    "insuranceTypeCode",
    "planCoverage",
    "timeQualifierCode",
    "benefitAmount",
    "benefitPercent",
    "quantityQualifierCode",
    "benefitQuantity",
    "authOrCertIndicator",
    "inPlanNetworkIndicatorCode",
)
HSD_NAMES = (
    "quantityQualifierCode",
    "quantity",
    "unitForMeasurementQualifierCode",
    "sampleSelectionModulus",
    "timePeriodQualifierCode",
    "numOfPeriods",
    "deliveryOrCalendarPatternQualifierCode",
    "deliveryPatternTimeQualifierCode",
)
UNITS = {"Days": "DA", "Months": "MO", "Visits": "VS", "Week": "WK", "Years": "YR"}
DATES = {
    "discharge": "096",
    "issue": "102",
    "effectiveDateOfChange": "152",
    "periodStart": "193",
    "periodEnd": "194",
    "completion": "198",
    "coordinationOfBenefits": "290",
    "plan": "291",
    "benefit": "292",
    "primaryCareProvider": "295",
    "latestVisitOrConsultation": "304",
    "eligibility": "307",
    "added": "318",
    "cobraBegin": "340",
    "cobraEnd": "341",
    "premiumPaidToDateBegin": "342",
    "premiumPaidtoDateBegin": "342",
    "premiumPaidToDateEnd": "343",
    "planBegin": "346",
    "planEnd": "347",
    "benefitBegin": "348",
    "benefitEnd": "349",
    "eligibilityBegin": "356",
    "eligibilityEnd": "357",
    "enrollment": "382",
    "admission": "435",
    "dateOfDeath": "442",
    "certification": "458",
    "service": "472",
    "policyEffective": "539",
    "policyExpiration": "540",
    "dateOfLastUpdate": "636",
    "status": "771",
}
REFERENCES = {
    "planNumber": ("18", "planDescription"),
    "policyNumber": ("1L", ""),
    "memberId": ("1W", ""),
    "familyUnitNumber": ("49", ""),
    "groupNumber": ("6P", "groupDescription"),
    "referralNumber": ("9F", ""),
    "alternativeListId": ("ALS", ""),
    "coverageListId": ("CLI", ""),
    "hicNumber": ("F6", ""),
    "drugFormularyNumber": ("FO", ""),
    "priorAuthorizationNumber": ("G1", ""),
    "insurancePolicyNumber": ("IG", ""),
    "medicalAssistanceCategory": ("M7", ""),
    "planNetworkIdNumber": ("N6", "planNetworkDescription"),
    "medicaidRecipientIdNumber": ("NQ", ""),
    "medicaidRecepientIdNumber": ("NQ", ""),
}
ROLES = {
    "Contracted Service Provider": "13",
    "Preferred Provider Organization (PPO)": "1I",
    "Provider": "1P",
    "Third-Party Administrator": "2B",
    "Employer": "36",
    "Other Physician": "73",
    "Facility": "FA",
    "Gateway Provider": "GP",
    "Group": "GW",
    "Independent Physicians Association (IPA)": "I3",
    "Insured or Subscriber": "IL",
    "Legal Representative": "LR",
    "Origin Carrier": "OC",
    "Primary Care Provider": "P3",
    "Prior Insurance Carrier": "P4",
    "Plan Sponsor": "P5",
    "Payer": "PR",
    "Primary Payer": "PRP",
    "Secondary Payer": "SEP",
    "Tertiary Payer": "TTP",
    "Party Performing Verification": "VER",
    "Vendor": "VN",
    "Organization Completing Configuration Change": "VY",
    "Utilization Management Organization": "X3",
    "Managed Care Organization": "Y2",
}


def flat_segments(benefit: Json) -> list[Segment]:
    """The segments of one benefit."""
    return [
        ["EB", *(_element(benefit.get(name)) for name in EB_NAMES), _procedure(benefit)],
        *_deliveries(benefit),
        *references(benefit.get("benefitsAdditionalInformation")),
        *dates(benefit.get("benefitsDateInformation")),
        *(message(words) for words in additional_texts(benefit)),
        *_settings(benefit),
        *_entities(benefit),
    ]


def status_segments(body: Json, listed: list[list[Segment]]) -> list[list[Segment]]:
    """The lines of `planStatus` that no benefit repeats: a status must not be lost."""
    repeated = {segments[0][1] for segments in listed}
    return [
        [
            [
                "EB",
                code,
                "",
                _element(status.get("serviceTypeCodes")),
                "",
                text(status, "planDetails"),
            ]
        ]
        for status in objects(body.get("planStatus"))
        if (code := text(status, "statusCode")) and code not in repeated
    ]


def additional_texts(holder: Json) -> list[str]:
    """The payer's own texts (MSG) about a benefit, or about the whole."""
    descriptions = (
        text(item, "description") for item in objects(holder.get("additionalInformation"))
    )
    return [words for words in descriptions if words]


def references(holder: object) -> Iterator[Segment]:
    """The numbers of a benefit, a plan or a person as REF segments."""
    for name, (qualifier, named) in REFERENCES.items():
        value = text(holder, name)
        if value:
            yield segment("REF", qualifier, value, text(holder, named) if named else "")


def dates(holder: object) -> Iterator[Segment]:
    """Days "20260101" or periods "20260101-20261231" as DTP segments."""
    for name, qualifier in DATES.items():
        value = text(holder, name)
        if value:
            yield ["DTP", qualifier, "RD8" if "-" in value else "D8", value]


def contacts(holder: object) -> tuple[Contact, ...]:
    """The ways to reach an entity: its `contactInformation`."""
    information = holder.get("contactInformation") if isinstance(holder, dict) else None
    if not isinstance(information, dict):
        return ()
    ways = tuple(
        (coded(MODES, text(way, "communicationMode")), text(way, "communicationNumber"))
        for way in objects(information.get("contacts"))
    )
    return (Contact(text(information, "name"), ways),)


def _procedure(benefit: Json) -> str:
    """EB13: "HC:H0015:HF"."""
    composite = benefit.get("compositeMedicalProcedureIdentifier")
    code = text(composite, "procedureCode")
    if not isinstance(composite, dict) or not code:
        return ""
    kind = text(composite, "productOrServiceIDQualifierCode")
    return COMPONENT.join([kind, code, *texts(composite.get("procedureModifiers"))])


def _deliveries(benefit: Json) -> Iterator[Segment]:
    for delivery in objects(benefit.get("benefitsServiceDelivery")):
        elements = [text(delivery, name) for name in HSD_NAMES]
        elements[2] = elements[2] or coded(UNITS, text(delivery, "unitForMeasurementCode"))
        yield segment("HSD", *elements)


def _settings(benefit: Json) -> Iterator[Segment]:
    listed = objects(benefit.get("eligibilityAdditionalInformationList"))
    for setting in listed or objects(benefit.get("eligibilityAdditionalInformation")):
        code, name = text(setting, "industryCode"), text(setting, "industry")
        words = text(setting, "injuredBodyPartName")
        if code or name:
            category = text(setting, "codeCategory")
            yield segment(
                "III", text(setting, "codeListQualifierCode"), code or name, category, words
            )


def _entities(benefit: Json) -> Iterator[Segment]:
    listed = objects(benefit.get("benefitsRelatedEntities"))
    for entity in listed or objects(benefit.get("benefitsRelatedEntity")):
        person = text(entity, "entityType") == "Person"
        names = [
            coded(ROLES, text(entity, "entityIdentifier")),
            "1" if person else "2",
            text(entity, "entityName"),
            text(entity, "entityFirstname"),
            text(entity, "entityMiddlename"),
            "",
            text(entity, "entitySuffix"),
            text(entity, "entityIdentification"),
            text(entity, "entityIdentificationValue"),
        ]
        yield from related(names, contacts(entity))


def _element(value: object) -> str:
    """A JSON value as an element: text unchanged, lists as repeats, nothing else."""
    if isinstance(value, list):
        return REPEAT.join(texts(value))
    return text({"value": value}, "value")
