"""The parts of the sheet that a clinician signs: every sentence and condition, printed one way.

A condition stands in backticks after "When", "Only where" or "Not where", as
`Condition.text` writes it; the tests read the sheet back into rules that decide alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields

from waypost.levels_of_care.guide import table
from waypost.levels_of_care.guide.assess import first_row
from waypost.levels_of_care.guide.question import GuideQuestion
from waypost.levels_of_care.guide.rule import Rule, ScaleRule
from waypost.levels_of_care.guide.rules_file import Guide
from waypost.levels_of_care.level import Level, the_levels
from waypost.levels_of_care.near_or_away import the_topics
from waypost.levels_of_care.safety.safety import Safety
from waypost.levels_of_care.safety.step import SafetyStep
from waypost.levels_of_care.safety.voice import Voice, Voiced
from waypost.values.bilingual import Bilingual

VOICES = {
    Voice.YOU: "",
    Voice.THEY: "For someone else: ",
    Voice.CHILD: "For someone under 18: ",
    Voice.YOUNG: "To someone under 18: ",
}


def questions(guide: Guide) -> Iterator[str]:
    """Every heading, question and option in every voice."""
    for heading in guide.headings:
        yield f"Page {heading.page}: {_inline(heading.words)}"
        yield ""
    for question in guide.questions:
        yield from _question(question)


def _question(question: GuideQuestion) -> Iterator[str]:
    where = f"page {question.page}" if question.page else "on an exit page"
    many = "any of" if question.many else "one of"
    paths = " and ".join(sorted(question.paths))
    yield f"**{question.id}** ({where}, {paths}; {many}; source: {question.source})  "
    if question.only:
        yield f"Only where `{question.only.text()}`  "
    if question.unless:
        yield f"Not where `{question.unless.text()}`  "
    yield from _voiced(question.words)
    yield ""
    for choice in question.choices:
        rank = "" if choice.rank is None else f" (rank {choice.rank})"
        alone = " (alone)" if choice.alone else ""
        only = f" Only where `{choice.only.text()}`" if choice.only else ""
        yield f"- `{choice.id}`{rank}{alone} {_inline(choice.words)}{only}"
    yield ""


def dangers(safety: Safety) -> Iterator[str]:
    """Every danger, every step in every voice, every number and alert."""
    for danger in safety.dangers.values():
        young = f" Under 18: {danger.young}." if danger.young else ""
        more = f" Also under 18: {', '.join(danger.young_steps)}." if danger.young_steps else ""
        steps = ", ".join(danger.steps)
        yield f"- **{danger.id}** ends: {danger.ends}; near: {danger.near}. {steps}.{young}{more}"
    yield from ("", f"The sentence of 911: {_both(safety.call_911_for)}", "", "### Steps", "")
    for step in safety.steps:
        yield from _step(step)
    yield from ("### Numbers", "")
    for line in safety.lines.values():
        reach = ", ".join(
            filter(None, (f"call {line.call}", line.text and f"text {line.text}", line.chat))
        )
        yield f"**{line.id}** {reach}. Checked {line.checked}. Source: {line.source}.  "
        for language, words in line.words.items():
            spoken = "; ".join(getattr(words, f.name) or "-" for f in fields(words))
            yield f"{language}: {spoken}; {line.body.get(language) or '-'}  "
        yield ""
    yield f"On the help page: {', '.join(safety.help_page)}."
    yield from ("", "### Alerts", "")
    for alert in safety.alerts.values():
        yield f"**{alert.id}** of {alert.seen}, old from {alert.until}. Source: {alert.source}.  "
        yield f"{_both(alert.words)}  "
        yield f"{_both(alert.old)}"
        yield ""


def _step(step: SafetyStep) -> Iterator[str]:
    kind = ", ".join(
        filter(None, (step.part, "clause of 911" if step.clause else "", step.line, step.alert))
    )
    yield f"**{step.id}** ({kind}). Source: {step.source}.  "
    if step.covers:
        yield f"Makes needless: {', '.join(sorted(step.covers))}.  "
    if step.heading:
        yield f"Heading: {_both(step.heading)}  "
    yield from _voiced(step.words)
    yield ""


def danger_rules(guide: Guide) -> Iterator[str]:
    """What raises each danger, and why."""
    for rule in guide.dangers:
        yield from _rule(rule, rule.danger)


def scales(guide: Guide) -> Iterator[str]:
    """What sets the scales."""
    for rule in guide.scales:
        yield from _rule(rule, f"{rule.scale} = {rule.value}")


def rows(guide: Guide) -> Iterator[str]:
    """The level rows for adults, then those under 18, with how many classes each decides."""
    adult = [table.class_facts(row) for row in table.level_classes()]
    young = [table.young_facts(row) for row in table.young_classes()]
    for title, rules, classes in (
        ("### Adults", guide.levels, adult),
        ("### Under 18", guide.young, young),
    ):
        counts = Counter(first_row(rules, facts).id for facts in classes)
        yield from (title, "")
        for row in rules:
            levels = f"{table.suggestion_text(row)}; because of {', '.join(row.because)}"
            yield from _rule(row, f"{levels}; {counts[row.id]:,} of the table's rows")


def notes(guide: Guide) -> Iterator[str]:
    """What is said beside the level, on the phone, at an assessment, and always."""
    for note in guide.notes:
        also = f"; also {note.also}" if note.also else ""
        ticks = f"; ticks {', '.join(note.tick)}" if note.tick else ""
        yield from _rule(note, f"{note.effect}{also}{ticks}")
    for title, cited in (("On the phone", guide.phone), ("At an assessment", guide.ask)):
        yield from (f"### {title}", "")
        yield from (f"- {_inline(each.words)} Source: {each.source}." for each in cited)
        yield ""
    yield from ("### Always", "")
    yield from (f"- {_both(words)}" for words in (*guide.limits, guide.young_can))


def levels() -> Iterator[str]:
    """Every level of care in both languages, and what near home or away means."""
    for level in the_levels().values():
        yield from _level(level)
    yield from ("### Near home or away", "")
    for topic in the_topics():
        for language in ("en", "es"):
            words = topic.spoken(language)
            spoken = " / ".join(getattr(words, field.name) for field in fields(words))
            yield f"- {topic.id}, {language}: {spoken} Source: {topic.source.id}."


def _level(level: Level) -> Iterator[str]:
    number = f"{level.number} ({_both(level.number_name)}), edition {level.edition}"
    sources = ", ".join(source.id for source in level.sources)
    yield f"**{level.id}** step {level.step}; number {number}; sources: {sources}  "
    for language in ("en", "es"):
        words = level.spoken(language)
        for field in fields(words):
            value = getattr(words, field.name)
            text = value if isinstance(value, str) else "; ".join(value)
            yield f"{language}, {field.name}: {text}  "
    yield ""


def _rule(rule: Rule, what: str) -> Iterator[str]:
    yield f"**{rule.id}** {what}  "
    yield f"When `{rule.when.text()}`  "
    yield from _voiced(rule.words)
    if isinstance(rule, ScaleRule) and rule.if_words:
        yield f"“If …”: {_both(rule.if_words)}  "
    yield f"Source: {rule.source}. Status: {rule.status}."
    yield ""


def _voiced(words: Voiced) -> Iterator[str]:
    for voice, wording in words.variants():
        yield f"{VOICES[voice]}{_both(wording)}  "


def _inline(words: Voiced) -> str:
    return " ".join(f"{VOICES[voice]}{_both(wording)}" for voice, wording in words.variants())


def _both(words: Bilingual) -> str:
    return f"{words.en} / {words.es}"
