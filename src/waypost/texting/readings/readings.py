"""Every reading of a text: as typed, unmasked, digits as letters, respaced, retyped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from waypost.texting.readings.folding import folded, squeezed, unmasked, words_of
from waypost.texting.readings.repair import (
    KnownWords,
    all_digits_as_letters,
    digits_apart,
    digits_as_letters,
    respaced,
    retyped,
    short_forms,
)

_SAME: Mapping[str, str] = {
    "im": "i am|i m|iam",
    "ive": "i have|i ve|ihave",
    "ill": "i will|i ll|imma|ima",
    "id": "i would",
    "dont": "do not|don t|dnt|dont t|ion|iont|dun|doan",
    "kill": "kll|kyl|kiill",
    "que": "ke|q",
    "aqui": "aki|aky",
    "doesnt": "does not|doesn t",
    "didnt": "did not|didn t",
    "cant": "can not|cannot|can t|cnt|could not|couldnt|couldn t",
    "wont": "will not|won t",
    "isnt": "is not|isn t|aint|ain t|are not|arent|aren t|wasnt|was not",
    "hes": "he is|he s",
    "shes": "she is|she s",
    "theyre": "they are|they re",
    "its": "it is|it s",
    "whats": "what is|what s",
    "theres": "there is|there s",
    "wanna": "want to|wanting to|want too|want 2|wants to|wana",
    "going": "goin",
    "gonna": "gon|going to|gunna|finna|about to|abt to|bout to|fixing to|fixin to|goin to|"
    "going too",
    "tryna": "trying to|tryin to",
    "myself": "my self|meself|mysel|myslf|miself",
    "himself": "him self|hisself|his self",
    "herself": "her self",
    "themselves": "them selves|themself|them self|theirself",
    "overdose": "over dose",
    "dead": "ded|deadd",
    "tonights": "tonites|tonite s|2nites|2nights",
    "tonight": "tonite|2nite|tnite|2night|tn|to night|2 night|to nite|2 nite|too night|tonit|"
    "tonihgt",
    "suicide": "sucide|suicid|suiside|suicde|sucuide|sueside",
    "suicidal": "sucidal|suicidl|suisidal|suicidle",
    "quiero": "kiero|qiero|quero",
    "me": "mee",
    "goodbye": "good bye|goodby|bye bye",
    "you": "u|yall",
    "about": "abt|bout",
    "fentanyl": "fetanyl|fentynal|fentnyl|fenty",
}
"""One form for what is said in several: the rules are written with the form on the left."""

MOST_READINGS = 60
"""Repairs that are tried of one way to write a text: a long text of unknown words has no end."""
AT_FULL = 160
"""Characters up to which that many repairs are tried; of a longer text fewer, by the square."""
FEWEST_READINGS = 2
"""Repairs that are tried of the longest text."""

_HEARD_AS = {
    "hole": "whole", "sun": "son", "blew": "blue", "breeding": "breathing", "dozing": "dosing",
    "dozed": "dosed", "dye": "die", "pane": "pain", "vane": "vein", "vain": "vein",
    "peels": "pills", "rist": "wrist", "nife": "knife", "vent": "fentanyl",
}  # fmt: skip
"""What a telephone writes for what was said to it: one more reading, beside the words typed."""

_HEARD_AFTER = re.compile(r"(?<!\S)(a|the|his|her|this|dads|loaded) gum(?!\S)")
"""Nobody has "a gum": it is what was heard of a gun."""

_HEARD_SQUEEZED = {squeezed(word): squeezed(meant) for word, meant in _HEARD_AS.items()}

_FORM = {
    squeezed(other): squeezed(form) for form, others in _SAME.items() for other in others.split("|")
}
_OTHERS = re.compile(rf"(?<!\S)(?:{'|'.join(sorted(_FORM, key=len, reverse=True))})(?!\S)")


def canonical(words: str) -> str:
    """The words with short forms, slang and their full forms as one."""
    return _OTHERS.sub(lambda other: _FORM[other.group()], words)


def _first_and_last(ways: Iterable[str]) -> tuple[str, ...]:
    """The text as typed, and with all its short forms, digits and homophones put right."""
    every = tuple(ways)
    return tuple(dict.fromkeys((every[0], every[-1])))


def _whole_endings(words: str, vocabulary: KnownWords) -> str:
    """The words with the g that is left out in speech: "walkin" is "walking"."""
    if "in" not in words:
        return words
    return " ".join(
        f"{word}g"
        if word.endswith("in") and f"{word}g" in vocabulary.words and word not in vocabulary.words
        else word
        for word in words.split()
    )


def _as_heard(words: str) -> str:
    words = _HEARD_AFTER.sub(r"\1 gun", words)
    return " ".join(_HEARD_SQUEEZED.get(word, word) for word in words.split())


def readings(text: str, vocabulary: KnownWords, *, most: int = MOST_READINGS) -> tuple[str, ...]:
    """The readings of ``text``, each once; the first is as it was typed, in plain words.

    At most ``most`` repairs are tried of each way to write it, the likeliest first.
    """
    base = folded(text)
    typed = dict.fromkeys((words_of(base), words_of(unmasked(base))))
    typed |= dict.fromkeys(words_of(digits_as_letters(base, letter)) for letter in "il")
    typed |= dict.fromkeys(
        [words_of(all_digits_as_letters(base, "i")), words_of(digits_apart(base))]
    )
    if "*" in base:  # "g*n": a star for a vowel
        typed |= dict.fromkeys(words_of(base.replace("*", vowel)) for vowel in "aeiou")
    typed |= dict.fromkeys([squeezed(short_forms(words)) for words in typed])
    typed = dict.fromkeys(canonical(_whole_endings(words, vocabulary)) for words in typed)
    typed |= dict.fromkeys([canonical(_as_heard(words)) for words in typed])
    every = dict(typed)
    fewest = min(most, FEWEST_READINGS)
    most = max(fewest, most * AT_FULL**2 // max(AT_FULL, len(base)) ** 2)
    for words in typed if len(base) <= AT_FULL else _first_and_last(typed):
        for repaired in islice(_repaired(words.split(), vocabulary), most):
            every[canonical(" ".join(repaired))] = None
    return tuple(every)


def _repaired(words: list[str], vocabulary: KnownWords) -> Iterator[list[str]]:
    for retyped_words in retyped(words, vocabulary):
        yield retyped_words
        yield from respaced(retyped_words, vocabulary)
    for boldly in (False, True):
        for spaced in respaced(words, vocabulary, boldly=boldly):
            yield spaced
            yield from retyped(spaced, vocabulary)
