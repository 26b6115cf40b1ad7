"""Teach the reader of danger: write `content/safety/learned_danger.tsv` and say what it misses.

    make teach                                          teach, measure, and write the table
    .venv/bin/python -m tools.teach_danger --rounds     only say what it misses

It is taught by texts made up for it: `tools/danger_texts/*.tsv` (tier, kind, text) and the labelled
tables of `tests/texting/`. No person's text may ever be put there. Texts of tier 1 teach nothing:
they lie between the two. Files whose name begins with "kept" are never taught by: they are the
measure. Needs scikit-learn (the group "bench"); reading the table needs nothing.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from math import log, sqrt
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.private_settings")

import django

django.setup()  # before what reads the settings is imported

import numpy as np  # noqa: E402
from scipy.sparse import csr_matrix  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

from waypost.texting.crisis import tiers  # noqa: E402
from waypost.texting.crisis.learned import (  # noqa: E402
    LearnedReader,
    features,
    read_learned,
    spans,
)
from waypost.texting.crisis.tiers import vocabulary  # noqa: E402
from waypost.texting.readings.readings import readings  # noqa: E402

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "content" / "safety" / "learned_danger.tsv"
TEXTS = ROOT / "tools" / "danger_texts"
TABLES = ROOT / "tests" / "texting"
STRENGTH = 50.0
"""How closely the weights follow the texts (scikit-learn's C); 10 and 100 do as well."""
SEEN_AT_LEAST = 2
"""Texts that a feature must stand in: what was written once teaches nothing."""
FEWEST_HUNDREDTHS = 50
"""Weights nearer to zero than this are left out of the table: half of them, for no text."""
FALSE_IMMINENT, FALSE_HIGH = 0.06, 0.10
"""The share of ordinary texts that may be raised: nearly all of ours were written to look grave."""
KEPT = "kept"
"""How the names of files begin that are never taught by."""
MENDED_BY = "crisis_scenarios"
"""How the names of the tests' tables begin: the rules were mended until they miss none of these."""
CALM_COUNTS = 10
"""How much an ordinary text of the tests' tables counts."""
MOST_TEACHINGS = 8
"""How often it is taught again while an ordinary text of the tables comes near to a tier."""
MARGIN = 0.1
"""How far below a tier those texts must stay."""
NO_MORE: Mapping[str, int] = {}
"""No text counts more than it does by itself."""
FOLDS = 6
"""How many times it is taught for the measure, each time without a sixth of the files."""
SILENT = LearnedReader({}, {}, 0.0, 1.0, 1.0, "")
"""A reader that raises nothing: what the rules find by themselves."""
DANGER_OF = {
    "overdose": "overdose", "poison": "took-too-much", "suicide": "suicide",
    "self-harm": "self-injury", "violence": "hurt", "assault": "hurt", "threat": "harm-others",
    "psychosis": "psychosis", "withdrawal": "withdrawal-now", "body": "body-emergency",
    "pregnancy": "birth-emergency",
}  # fmt: skip
"""Which of the guide's dangers each kind of the teaching texts is."""


@dataclass(frozen=True)
class TaughtText:
    """One made-up text: in which file it stands, whether it is danger now, and of which kind."""

    file: str
    danger: bool
    kind: str
    text: str
    must_stay: bool = False
    """Whether it is ordinary and in a table of the tests, which allow no false alarm of it."""

    @property
    def words(self) -> tuple[str, ...]:
        """The text as the reader gets it: its first reading, without idioms, in words."""
        return _plain(self.text)


def texts() -> Iterator[TaughtText]:
    """Every labelled text of tier 0 or without danger, once."""
    every = list(_all_texts())
    calm = {row["text"] for _, row in _rows("crisis_scenarios*.csv") if row["how"] == "exactly"}
    first = {lesson.text: lesson for lesson in reversed(every)}
    for text, lesson in reversed(first.items()):
        yield replace(lesson, must_stay=text in calm)


def _all_texts() -> Iterator[TaughtText]:
    for path in sorted(TEXTS.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            tier, kind, text = line.split("\t")
            if tier != "1":
                yield TaughtText(path.stem, tier == "0", kind, text)
    for name, row in _rows("crisis_scenarios*.csv"):
        if row["tier"] in ("0", "2", "3") and not row["earlier"]:
            yield TaughtText(name, row["tier"] == "0", "", row["text"])
    for name, row in _rows("opting_replies.csv"):
        if rules_tier(row["reply"]) > 1:
            yield TaughtText(name, False, "", row["reply"])


def _rows(pattern: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of the tests' tables whose names fit, with the name of its table."""
    for path in sorted(TABLES.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as rows:
            yield from ((path.stem, row) for row in csv.DictReader(rows))


@cache
def _plain(text: str) -> tuple[str, ...]:
    return tuple(tiers.in_earnest(readings(text, vocabulary())[0]).split())


@cache
def rules_tier(text: str) -> int:
    """The tier that rules and lexicon give the text by themselves."""
    with patch.object(tiers, "the_learned_reader", lambda: SILENT):
        return int(tiers._signs_of(readings(text, vocabulary())).tier)


@cache
def _features(words: tuple[str, ...]) -> list[str]:
    return sorted(features(words))


def taught_by(
    lessons: Sequence[TaughtText], version: str = "", more: Mapping[str, int] = NO_MORE
) -> LearnedReader:
    """The reader that these texts teach, its two thresholds not yet set.

    ``more`` is how many times as much some of the texts count.
    """
    rows = [(lesson, span) for lesson in lessons for span in _taught_spans(lesson)]
    each = [_features(span) for _, span in rows]
    counts = Counter(feature for names in each for feature in names)
    known = sorted(feature for feature, count in counts.items() if count >= SEEN_AT_LEAST)
    at = {feature: i for i, feature in enumerate(known)}
    rare = np.array([log((1 + len(each)) / (1 + counts[feature])) + 1 for feature in known])
    model = LogisticRegression(C=STRENGTH, max_iter=3000, class_weight="balanced")
    dangers = [lesson.danger for lesson, _ in rows]
    model.fit(
        _matrix(each, at, rare),
        dangers,
        [_counts(lesson) * more.get(lesson.text, 1) for lesson, _ in rows],
    )
    weights = {
        feature: (round(float(rare[i]), 2), round(float(weight), 2))
        for (feature, i), weight in zip(at.items(), model.coef_[0], strict=True)
        if abs(weight) * 100 >= FEWEST_HUNDREDTHS
    }
    base = round(float(model.intercept_[0]), 3)
    return LearnedReader(weights, _dangers(lessons), base, 0.0, 0.0, version)


def _taught_spans(lesson: TaughtText) -> Iterator[tuple[str, ...]]:
    """A text of danger whole; of an ordinary one each span too, for in none of them is danger."""
    return (tuple(span) for span in ([lesson.words] if lesson.danger else spans(lesson.words)))


def _counts(lesson: TaughtText) -> int:
    return CALM_COUNTS if lesson.must_stay else 1


def _matrix(each: Sequence[Sequence[str]], at: dict[str, int], rare: np.ndarray) -> csr_matrix:
    starts, columns, values = [0], [], []
    for names in each:
        known = [at[feature] for feature in names if feature in at]
        length = sqrt(sum(rare[i] ** 2 for i in known)) or 1.0
        columns += known
        values += [rare[i] / length for i in known]
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(each), len(at)))


def _dangers(lessons: Iterable[TaughtText]) -> dict[str, dict[str, float]]:
    """How much each word speaks for each danger: how much oftener it stands in texts of it."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    many: Counter[str] = Counter()
    for lesson in lessons:
        danger = DANGER_OF.get(lesson.kind)
        if lesson.danger and danger:
            many[danger] += 1
            for word in set(lesson.words):
                seen[word][danger] += 1
    speaking = {
        word: _spoken_for(by_danger, many)
        for word, by_danger in sorted(seen.items())
        if by_danger.total() >= SEEN_AT_LEAST + 1
    }
    return {word: dangers for word, dangers in speaking.items() if dangers}


def _spoken_for(by_danger: Counter[str], many: Counter[str]) -> dict[str, float]:
    shares = {danger: (by_danger[danger] + 0.5) / (many[danger] + 5) for danger in many}
    mean = sum(shares.values()) / len(shares)
    return {d: round(log(share / mean), 2) for d, share in shares.items() if share > 1.3 * mean}


def measured(lessons: Sequence[TaughtText]) -> tuple[float, float]:
    """What is missed and raised of texts that were not taught, a line a file; gives thresholds."""
    files = sorted({lesson.file for lesson in lessons})
    scored: list[tuple[TaughtText, float]] = []
    for fold in range(FOLDS):
        out = set(files[fold::FOLDS])
        reader = taught_by([lesson for lesson in lessons if lesson.file not in out])
        scored += [(x, reader.score(x.words)) for x in lessons if x.file in out]
    ordinary = sorted((score for x, score in scored if not x.danger), reverse=True)
    imminent, high = (
        ordinary[int(share * len(ordinary))] for share in (FALSE_IMMINENT, FALSE_HIGH)
    )
    print(f"tier 0 from {imminent:.2f}, tier 1 from {high:.2f}; each file read untaught:")
    say_missed(scored, imminent, high)
    return imminent, high


def say_missed(scored: Sequence[tuple[TaughtText, float]], imminent: float, high: float) -> None:
    """A line a file: texts of danger that rules, reader and both leave below tier 0 and tier 1."""
    print(f"{'file':<14}danger: rules miss, reader, both, both at 1   ordinary: rules raise, both")
    names = sorted({x.file for x, _ in scored if not x.file.startswith((MENDED_BY, "opting"))})
    for name in [*names, ""]:
        of = [pair for pair in scored if pair[0].file in ([name] if name else names)]
        grave = [(rules_tier(x.text), score) for x, score in of if x.danger]
        calm = [(rules_tier(x.text), score) for x, score in of if not x.danger]
        figures = [
            len(grave),
            sum(tier > 0 for tier, _ in grave),
            sum(score < imminent for _, score in grave),
            sum(tier > 0 and score < imminent for tier, score in grave),
            sum(tier > 1 and score < high for tier, score in grave),
            len(calm),
            sum(tier == 0 for tier, _ in calm),
            sum(tier == 0 or score >= imminent for tier, score in calm),
        ]
        print(f"{name or 'all':<14}" + "".join(f"{figure:>9}" for figure in figures))


def taught_well(
    lessons: Sequence[TaughtText], version: str, imminent: float, high: float
) -> LearnedReader:
    """The reader of all texts, taught again while it raises an ordinary one of the tables."""
    calm = [lesson for lesson in lessons if lesson.must_stay]
    more: dict[str, int] = {}
    for _ in range(MOST_TEACHINGS):
        taught = taught_by(lessons, version, more)
        reader = replace(taught, imminent=imminent, high=high)
        raised = [x.text for x in calm if reader.score(x.words) >= high - MARGIN]
        if not raised:
            break
        more |= {text: 4 * more.get(text, 1) for text in raised}
    return reader


def write(reader: LearnedReader, lessons: Sequence[TaughtText]) -> None:
    """The table, in the form that `read_learned` reads."""
    grave = sum(lesson.danger for lesson in lessons)
    lines = [
        f"#\tWritten by tools/teach_danger.py: {len(lessons):,} made-up texts, {grave:,} of danger",
        f"setting\tversion\t{reader.version}",
        f"setting\tbase\t{reader.base}",
        f"setting\timminent\t{reader.imminent:.3f}",
        f"setting\thigh\t{reader.high:.3f}",
    ]
    for word, dangers in reader.dangers.items():
        said = "\t".join(f"{danger}={round(weight * 100)}" for danger, weight in dangers.items())
        lines.append(f"word\t{word}\t{said}")
    for feature, (rare, weight) in sorted(reader.weights.items()):
        lines.append(f"feature\t{feature}\t{round(rare * 100)}\t{round(weight * 100)}")
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{TABLE.name}: {len(reader.weights):,} features, {TABLE.stat().st_size:,} bytes")


def main() -> None:
    """Measure, teach with every text, write, and read what was kept apart."""
    everything = list(texts())
    kept = [lesson for lesson in everything if lesson.file.startswith(KEPT)]
    lessons = [lesson for lesson in everything if not lesson.file.startswith(KEPT)]
    imminent, high = measured(lessons)
    if "--rounds" not in sys.argv:
        digest = sha256("\n".join(f"{x.danger} {x.text}" for x in lessons).encode()).hexdigest()
        write(taught_well(lessons, digest[:12], imminent, high), lessons)
    reader = read_learned(TABLE)
    say_missed([(x, reader.score(x.words)) for x in kept], reader.imminent, reader.high)


if __name__ == "__main__":
    main()
