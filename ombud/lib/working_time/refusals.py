"""What working time says when it cannot answer."""


class Refused(ValueError):
    """A calendar, a question or a feed cannot be used: `field` says which part of it, `str()` says why.

    `sentence` is English with named gaps for `gaps`, marked with N_, so that a screen can say it in the
    reader's language.
    """

    def __init__(self, field, sentence, **gaps):
        self.field, self.sentence, self.gaps = field, sentence, gaps
        super().__init__(field, sentence)

    def __str__(self):
        said = self.sentence.format(**self.gaps)
        return f"{self.field}: {said}" if self.field else said


class NoWorkingTime(Refused):
    """There is not enough working time ahead to answer."""


def N_(sentence):
    """Marks a sentence for the catalogues; whoever shows it translates it."""
    return sentence
