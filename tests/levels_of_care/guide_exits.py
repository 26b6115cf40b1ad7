"""Every exit of the guide by the answers that lead to it, for the browser and for the client."""

from __future__ import annotations

from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.web.guide.sealed import GuideView, State, seal

ANSWERS = {
    "who": ["self-adult"], "now": ["none"], "suicide": ["no-thoughts"], "today": ["none"],
    "harm": ["none"], "used": ["opioid-street", "stimulants"], "daily": ["stimulants"],
    "last": ["recent"], "withdrawal": ["nothing"], "pregnant": ["no"], "body": ["stable"],
    "past": ["none"], "problems": ["several"], "mind": ["symptoms"], "home": ["uses"],
    "between": ["returning"], "prior": ["weekly"], "life": ["children"], "means": ["unknown"],
    "often": ["weekly"], "drinks": ["many"],
}  # fmt: skip
EXITS: dict[str, dict[str, list[str]]] = {
    "too much, and a plan": {"now": ["took-much"], "suicide": ["plan"]},
    "a plan": {"suicide": ["plan"]},
    "hurt at home": {"harm": ["hurt"]},
    "hurt under 18": {"harm": ["hurt"], "who": ["other-youth"]},
    "revived": {"today": ["revived"]},
    "heavy drinking": {"used": ["alcohol"], "daily": ["alcohol"], "withdrawal": ["many"]},
    "pregnant, opioids": {"used": ["opioid-street"], "daily": ["none"], "pregnant": ["yes"]},
    "cannot be woken": {"now": ["not-waking"]},
    "a seizure": {"now": ["seizure"]},
    "confused after stopping": {"now": ["confused"]},
    "chest pain": {"now": ["chest"]},
    "an injury": {"now": ["injury"]},
    "overheated": {"now": ["overheated"]},
    "birth": {"now": ["birth"]},
    "took it on purpose": {"now": ["took-purpose"]},
    "too much": {"now": ["took-much"]},
    "a child took it": {"now": ["child-took"]},
    "not safe": {"mind": ["unsafe"]},
    "hurt others": {"harm": ["hurt-others"]},
    "voices": {"harm": ["voices"]},
    "home not safe under 18": {"home": ["unsafe"], "who": ["self-youth"]},
    "thoughts under 18": {"suicide": ["thoughts"], "who": ["self-youth"]},
    "cuts": {"harm": ["self-injury"]},
    "overdose today": {"today": ["overdose-today"]},
    "head": {"today": ["head"]},
    "fit": {"today": ["fit"]},
    "wound": {"today": ["wound"]},
    "vomiting": {"today": ["vomiting"]},
    "a hospital is needed": {"body": ["unstable"]},
    "sedatives": {"used": ["sedative"], "daily": ["sedative"]},
    "opioids, confusion": {"used": ["opioid-street"], "daily": ["none"], "withdrawal": ["severe"]},
    "something else": {"used": ["other"], "daily": ["other"]},
    "pregnant, alcohol": {"used": ["alcohol"], "daily": ["none"], "pregnant": ["yes"]},
}
OF_EACH_KIND = tuple(EXITS)[:7]
"""One of each kind of page, for scripts; without them all are walked, and nothing needs them."""


def before(danger: str) -> tuple[str, dict[str, list[str]]]:
    """The address of a page of questions shortly before an exit, and what is answered there."""
    answers = ANSWERS | EXITS[danger]
    pages = {question.id: question.page for question in the_guide().questions}
    last = max(pages[name] for name in EXITS[danger] if name != "who")
    kept = {name: frozenset(values) for name, values in answers.items() if 0 < pages[name] < last}
    here = {name: values for name, values in answers.items() if pages[name] >= last}
    return f"/guide/on/{seal(State(kept, last, GuideView.QUESTIONS))}", here
