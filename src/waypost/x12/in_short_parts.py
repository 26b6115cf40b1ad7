"""Deductibles, authorization and other parties in English, a line each, for billing staff."""

from collections.abc import Iterator

from waypost.x12 import codes
from waypost.x12.accounts import Account
from waypost.x12.authorization import Authorization, Ruling, Rulings
from waypost.x12.benefit import Benefit
from waypost.x12.benefit_words import (
    entity_words,
    figure,
    procedure_words,
    quoted,
    setting_words,
)
from waypost.x12.fields import shown
from waypost.x12.payer_texts import requires_authorization
from waypost.x12.quantity_words import known
from waypost.x12.referrals import INSURERS, As, Referral, ReferralAbout
from waypost.x12.segment_codes import ROLE
from waypost.x12.service_types import PHARMACY, SERVICE

AUTHORIZATION = {
    Authorization.UNKNOWN: "Authorization: the payer's system does not know for {settings}; call.",
    Authorization.MENTIONED: "Authorization: the payer speaks of it for {settings}; call.",
    Authorization.NOT_FOR_SOME: (
        "Authorization: not needed, says the payer, for {settings}. That says nothing about "
        "another setting: call about H0015."
    ),
    Authorization.NOT_REQUIRED: "Authorization: not needed, says the payer, for {settings}.",
}
NOT_SAID = "Authorization: not said. Blank is not no: call."
REFERRAL = {
    As.REPLACES: (
        "A Medicare Advantage plan pays in place of Original Medicare: {who}. Ask and bill it, not "
        "this payer."
    ),
    As.PRIMARY: "Another insurer pays first: {who}. Ask and bill it before this payer.",
    As.SECONDARY: "Another insurer pays after this one: {who}.",
    As.TERTIARY: "Another insurer pays third: {who}.",
    As.OTHER_INSURER: "The member has other insurance too: {who}. Ask the payer which pays first.",
    As.PRIOR_INSURER: "The member was insured before with {who}.",
    As.CARVE_OUT: "For {services} the payer says to ask {who}.",
    As.MANAGES: (
        "Run for this payer by another company: {services}. Ask {who} about claims and "
        "authorization."
    ),
    As.REVIEWS: "Authorization of {services} goes through {who}.",
    As.ONLY_PROVIDER: "Services are restricted to one provider: {who}.",
    As.PRIMARY_CARE: "Primary care provider on file: {who}.",
    As.MENTIONED: "Also named, as {role}, for {services}: {who}.",
}


def account_words(account: Account, hide: tuple[str, ...] = ()) -> str:
    """ "Deductible, one person, in network: $2,000.00 per calendar year, $1,250.50 left." """
    first = account.first
    own = f" of its own for {_services(first)}, beside the plan's" if account.own else ""
    parts = [
        f"{codes.BENEFIT[first.code]}{own}",
        known(codes.LEVEL, first.coverage_level, "level"),
        known(codes.NETWORK, first.network, "network"),
        known(codes.INSURANCE, first.insurance_type, "insurance type"),
    ]
    head = ", ".join(part for part in parts if part)
    if account.no_limit:
        return f"{head}: no limit stated (the payer sends nines)."
    figures = [
        figure(benefit) for benefit in (account.total, account.left, account.so_far) if benefit
    ]
    if account.left is None and account.so_far is None:
        figures.append("it does not say what is left")
    texts = {
        text for benefit in (account.total, account.left) if benefit for text in benefit.messages
    }
    notes = " ".join(quoted(text, hide) for text in sorted(texts))
    return f"{head}: {', '.join(figures)}{f': {notes}' if notes else ''}."


def _services(benefit: Benefit) -> str:
    names = [SERVICE.get(code, f"service type {shown(code)}") for code in benefit.service_types]
    names += [procedure_words(benefit.procedure)] if benefit.procedure else []
    return ", ".join(names)


def authorization_words(rulings: Rulings, hide: tuple[str, ...]) -> Iterator[str]:
    """A line for each thing that is said of authorization, with the settings it holds for."""
    required = rulings.of(Authorization.REQUIRED)
    yield from dict.fromkeys(_required(ruling, hide) for ruling in required)
    for says, words in AUTHORIZATION.items():
        settings = dict.fromkeys(_setting(ruling, hide) for ruling in rulings.of(says))
        if settings:
            line = words.format(settings="; ".join(settings))
            against = says is Authorization.NOT_REQUIRED and rulings.of(Authorization.REQUIRED)
            yield f"{line} Another line says that it is required: call." if against else line
    if not rulings.rulings:
        yield NOT_SAID


def _required(ruling: Ruling, hide: tuple[str, ...]) -> str:
    """ "Authorization: required for ..."; a text that says so is quoted."""
    texts = " ".join(quoted(text, hide) for text in ruling.texts)
    if ruling.texts and not any(map(requires_authorization, ruling.texts)):
        setting = _setting(ruling, hide)
        return f"Authorization: required by the code for {setting}; the text may limit it: call."
    if ruling.texts:
        against = " The code says no; go by the text." if ruling.against_code else ""
        return f"Authorization: required, says the payer: {texts}.{against}"
    return f"Authorization: required for {_setting(ruling, hide)}."


def _setting(ruling: Ruling, hide: tuple[str, ...]) -> str:
    """For what a ruling holds: the setting its line names, with what it is about."""
    benefit = ruling.benefit
    if benefit is None:
        return "this care"
    about = _services(benefit) or "the plan"
    named = [quoted(text, hide) for text in benefit.messages]
    named += [setting_words(setting) for setting in benefit.settings]
    if not (named or benefit.procedure):
        kind = codes.BENEFIT.get(benefit.code, f"benefit code {shown(benefit.code)}")
        named = [f"no setting named, {kind[0].lower()}{kind[1:]}"]
    network = known(codes.NETWORK, benefit.network, "network")
    return ", ".join(part for part in (about, " ".join(named), network) if part)


def referral_words(referral: Referral, hide: tuple[str, ...] = ()) -> str:
    """Who else is named and as what; "" for whom nobody has to ask about this care."""
    who = _who(referral, hide)
    if referral.over and referral.as_what in INSURERS:
        return f"Other insurance that is over by its dates: {who}."
    words = REFERRAL.get(referral.as_what)
    if words is None:
        return ""
    if referral.about is ReferralAbout.OTHER and referral.as_what is not As.PRIMARY_CARE:
        kinds = set(referral.benefit.service_types)
        services = "the pharmacy" if kinds <= PHARMACY else _services(referral.benefit)
        return f"For {services} alone, not for this care: {who}."
    services = (
        _services(referral.benefit) if referral.about is ReferralAbout.CARE else "the whole plan"
    )
    role = referral.entity.role if referral.entity is not None else ""
    return words.format(who=who, services=services, role=ROLE.get(role, f"role code {shown(role)}"))


def _who(referral: Referral, hide: tuple[str, ...]) -> str:
    """The entity, with the kind and the name of the plan that the line gives."""
    benefit = referral.benefit
    parts = [entity_words(referral.entity)] if referral.entity is not None else []
    parts += [known(codes.INSURANCE, benefit.insurance_type, "insurance type")]
    parts += [f"plan “{shown(benefit.plan_name)}”" if benefit.plan_name else ""]
    parts += [f"plan number {shown(r.value)}" for r in benefit.references if r.qualifier == "18"]
    parts += [quoted(text, hide) for text in benefit.messages]
    return ", ".join(part for part in parts if part) or "not named"
