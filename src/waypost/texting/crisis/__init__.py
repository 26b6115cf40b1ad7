"""How urgent a text is: hard rules, a validated lexicon, context; a person decides the rest."""
