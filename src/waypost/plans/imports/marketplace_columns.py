"""The columns of the marketplace public use files that matter here; ``?`` may be missing.

Layout: CMS, data dictionaries of the Exchange public use files, plan years 2014 to 2026.
"""

from __future__ import annotations

BENEFIT_COLUMNS = (
    "BusinessYear",
    "PlanId",
    "BenefitName",
    "CopayInnTier1",
    "CoinsInnTier1",
    "CopayInnTier2",
    "CoinsInnTier2",
    "CopayOutofNet",
    "CoinsOutofNet",
    "IsCovered",
    "QuantLimitOnSvc?",
    "LimitQty?",
    "LimitUnit?",
    "Exclusions?",
    "Explanation?",
)
PLAN_COLUMNS = (
    "BusinessYear",
    "PlanId",
    "StateCode",
    "MarketCoverage?",
    "IssuerMarketPlaceMarketingName?",
    "IssuerId",
    "PlanMarketingName?",
    "DentalOnlyPlan?",
    "NetworkId?",
    "ServiceAreaId?",
    "URLForSummaryofBenefitsCoverage?",
    "MedicalDrugDeductiblesIntegrated?",
    "TEHBDedInnTier1Individual?",
    "MEHBDedInnTier1Individual?",
    "TEHBDedCombInnOonIndividual?",
    "MEHBDedCombInnOonIndividual?",
    "MedicalDrugMaximumOutofPocketIntegrated?",
    "TEHBInnTier1IndividualMOOP?",
    "MEHBInnTier1IndividualMOOP?",
    "TEHBCombInnOonIndividualMOOP?",
    "MEHBCombInnOonIndividualMOOP?",
)
