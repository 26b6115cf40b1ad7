"""The words of a live question for a public page, in English and Spanish.

A refusal is told by who can mend it, never by its code: so nobody can find out by trying
whether a name, a birth date or a member ID exists.
"""

from waypost.eligibility.ask import Stage
from waypost.eligibility.outcome import (
    CHECK_THE_CARD,
    Missing,
    Refusal,
    Unavailable,
    Unsupported,
    Why,
)
from waypost.values.saying import Sentence
from waypost.x12.reject_codes import Mender

SPANISH: dict[Why | Missing | Stage, str] = {
    Why.NO_ANSWER: "El sistema del asegurador no respondió a tiempo.",
    Why.PAYER_DOWN: "El asegurador dice que no puede responder en este momento.",
    Why.NO_CONNECTION: "No se pudo conectar con el sistema del asegurador.",
    Why.REFUSED: "El sistema del asegurador rechazó la conexión o las credenciales.",
    Why.BAD_REPLY: "El sistema del asegurador envió algo que no es una respuesta.",
    Why.NOT_OURS: "Lo que llegó no corresponde a esta pregunta y se descartó.",
    Why.RESTING: "El sistema del asegurador ha fallado varias veces; lo dejamos descansar un rato.",
    Why.TOO_OFTEN: "Se preguntó demasiadas veces en una hora. Llame al número de la tarjeta.",
    Why.CROWDED: "Muchas personas están preguntando ahora. Inténtelo de nuevo en un momento.",
    Why.FAULT: "Algo falló de nuestro lado, no del suyo. Llame al número de la tarjeta.",
    Missing.CONSENT: "La persona no ha dado su consentimiento para esta pregunta.",
    Missing.OPT_IN: "El programa no ha aceptado que se pregunte en su nombre.",
    Missing.NPI: "El NPI del programa falta o no es correcto.",
    Missing.PAYER: "Aquí no se puede preguntar a este asegurador.",
    Missing.FIELD: "Una parte de la pregunta falta o no se puede enviar.",
    Stage.ASKING: "Preguntando al asegurador.",
    Stage.ASKING_AGAIN: "El asegurador aún no puede responder; preguntamos una vez más.",
    Stage.CHECKING: "Comprobando que la respuesta corresponde a la pregunta.",
    Stage.DONE: "Listo.",
}

BY_MENDER = {
    Mender.PERSON: (
        CHECK_THE_CARD,
        "Lo que se escribió no coincide con lo que tiene el asegurador. Compárelo con la tarjeta e "
        "inténtelo de nuevo.",
    ),
    Mender.PROGRAM: (
        "The insurer does not answer this program. The program can ask the insurer why.",
        "El asegurador no responde a este programa. El programa puede preguntarle por qué.",
    ),
    Mender.PAYER: (
        "The insurer's system cannot answer now. Try again later, or call the number on the card.",
        "El sistema del asegurador no puede responder ahora. Inténtelo más tarde o llame al "
        "número de la tarjeta.",
    ),
    Mender.OPERATOR: (
        "The question could not be answered as it was sent. Call the number on the card instead.",
        "La pregunta no se pudo responder tal como se envió. Llame al número de la tarjeta.",
    ),
}


def sentence(word: Why | Missing | Stage) -> Sentence:
    """Why there is no answer, what is missing, or how far the question is."""
    return Sentence(f"eligibility:{word.name.lower()}", word.value, SPANISH[word])


def no_answer_sentence(outcome: Unavailable | Unsupported) -> Sentence:
    """Why there is no answer, for a public page.

    An answer about somebody else reads like a refusal that the person can mend: most often a
    name is not written as on the card, and nobody learns that a member ID exists.
    """
    if outcome.why is Why.NOT_OURS:
        return Sentence("eligibility:refused_person", *BY_MENDER[Mender.PERSON])
    return sentence(outcome.why)


def refusal_sentence(refusal: Refusal) -> Sentence:
    """A refusal for a public page: the same words for everything that the same hand can mend."""
    english, spanish = BY_MENDER[refusal.mender]
    return Sentence(f"eligibility:refused_{refusal.mender.value}", english, spanish)
