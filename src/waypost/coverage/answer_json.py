"""An answer as JSON: every number with its unit, every sentence with its sources."""

from __future__ import annotations

from typing import Any

from waypost.coverage.estimate import Run
from waypost.coverage.parts import CostPart, CoverageAnswer, Part, Scenario
from waypost.plans.plan import Plan
from waypost.values.saying import Sentence, SourceNote


def answer_json(answer: CoverageAnswer, language: str = "en") -> dict[str, Any]:
    """Plain values only; money in cents; sources by id with a list of them at the end."""

    def say(lines: tuple[Sentence, ...]) -> list[dict[str, Any]]:
        return [
            {
                "id": line.id,
                "text": line.text(language),
                "sure": line.sure.value,
                "sources": [source.id for source in line.sources],
            }
            for line in lines
        ]

    def part(part: Part) -> dict[str, Any]:
        return {
            "verdict": part.verdict.value,
            "sure": part.sure.value,
            "year": part.year,
            "sentences": say(part.sentences),
        }

    question = answer.question
    return {
        "question": {
            "insurance": question.insurance.value,
            "state": question.state,
            "plan": question.plan,
            "care": question.care.value,
            "site": question.site,
            "course": str(question.course),
            "deductible_met_cents": question.deductible_met,
            "price_cents": question.price,
        },
        "language": "es" if language == "es" else "en",
        "plan": _plan(answer.plan) if answer.plan else None,
        "plan_found": answer.plan is not None if question.plan else None,
        "notes": say(answer.notes),
        "site_name": answer.site_name,
        "covered": part(answer.covered),
        "network": part(answer.network),
        "cost": part(answer.cost.part) | _costs(answer.cost, language),
        "authorization": say(answer.authorization),
        "what_could_change": say(answer.changes),
        "call_script": say(answer.script),
        "appeals": say(answer.appeals),
        "no_insurance": say(answer.help),
        "sources": [source_json(source) for source in answer.sources],
        "promise": None,  # an answer is never one
    }


def source_json(source: SourceNote) -> dict[str, str]:
    """Where a sentence comes from; ``as_of`` is a year or a date."""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "as_of": source.as_of,
    }


def _plan(plan: Plan) -> dict[str, Any]:
    """Which plan the answer speaks of, and whether other services' prices stand in for the care."""
    return {
        "id": plan.id,
        "label": plan.label,
        "insurance": plan.insurance.value,
        "year": plan.year,
        "stand_in": plan.stand_in,
        "source": plan.source.id,
    }


def _costs(cost: CostPart, language: str) -> dict[str, Any]:
    return {
        "low_cents": cost.low,
        "high_cents": cost.high,
        "scenarios": [_scenario(s, language) for s in cost.scenarios],
    }


def _scenario(scenario: Scenario, language: str) -> dict[str, Any]:
    note, interval = scenario.without_price, scenario.estimate
    shown = interval if note is None else None
    low, high = (shown.low_runs, shown.high_runs) if shown else ((), ())
    return {
        "key": scenario.key,
        "name": scenario.name.text(language),
        "plan_words": scenario.words,
        "low_cents": interval.low if interval else None,
        "high_cents": interval.high if interval else None,
        "most_cents": scenario.most,
        "price_decides": note.text(language) if note else None,
        "low_visits": [_run(run) for run in low],
        "high_visits": [_run(run) for run in high],
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "first": run.first,
        "last": run.last,
        "deductible_cents": run.payment.deductible,
        "copay_cents": run.payment.copay,
        "coinsurance_cents": run.payment.coinsurance,
        "total_cents": run.payment.total,
    }
