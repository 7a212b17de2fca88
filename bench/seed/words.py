"""What customers and agents write: four languages, words as unevenly spread as in real life.

COMMON stands in about a third of the messages of its language, RARE in one of five thousand.
"""

import random
import re
from itertools import accumulate

LANGUAGES = (("en", 50), ("es", 20), ("fr", 15), ("zh-hans", 15))
COMMON = {"en": "label", "es": "etiqueta", "fr": "étiquette", "zh-hans": "标签"}
RARE = "quetzal"
KNOWN = {
    "en": "the parcel label carrier customs tracking invoice refund account order delivery address return "
    "warehouse printer error again still please thanks since yesterday morning cannot does not work we our "
    "your with and for to of in on is was it has been this that shipment number late damaged missing",
    "es": "el paquete etiqueta transportista aduana seguimiento factura reembolso cuenta pedido entrega "
    "dirección devolución almacén impresora error otra vez todavía por favor gracias desde ayer mañana no "
    "funciona nosotros con y para de en es fue ha sido este que envío número tarde dañado falta",
    "fr": "le colis étiquette transporteur douane suivi facture remboursement compte commande livraison "
    "adresse retour entrepôt imprimante erreur encore toujours merci depuis hier matin ne marche pas nous "
    "avec et pour de en est était a été ce que envoi numéro tard abîmé manque",
}
HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出"
    "就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
)
SYLLABLES = re.findall("..?", "badicefoguhajekilomunaperisotuvawexiyoza")
VOCABULARY = 20_000


class Writer:
    """Writes messages; the same seed writes the same."""

    def __init__(self, seed=7):
        self.dice = random.Random(seed)
        self.words = {language: self._vocabulary(known) for language, known in KNOWN.items()}
        # Zipf: the n-th word is used 1/n as often as the first.
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

    def _vocabulary(self, known):
        words = known.split()
        made = {self._word(self.dice.randint(2, 5)) for _ in range(VOCABULARY * 2)}
        return (words + sorted(made - set(words), key=lambda _word: self.dice.random()))[:VOCABULARY]

    def _word(self, syllables):
        return "".join(self.dice.choices(SYLLABLES, k=syllables))

    def language(self):
        return self.dice.choices([name for name, _ in LANGUAGES], [share for _, share in LANGUAGES])[0]

    def text(self, language, count=None):
        """One message."""
        count = count or min(400, max(6, int(self.dice.lognormvariate(3.6, 0.7))))
        if language == "zh-hans":
            text = "".join(self.dice.choices(HAN, k=count * 2))
            text = "，".join(text[at : at + 14] for at in range(0, len(text), 14))
            if self.dice.random() < 0.33:
                text += COMMON[language]
        else:
            words = self.dice.choices(self.words[language], cum_weights=self.weights, k=count)
            words = [word for word in words if word not in COMMON.values()]
            if self.dice.random() < 0.33:
                words.append(COMMON[language])
            text = " ".join(words).capitalize() + "."
        if self.dice.random() < 1 / 5000:
            text += f" {RARE}"
        return text

    def subject(self, language):
        return self.text(language, 5).rstrip(".")[:120]

    def name(self):
        return f"{self._word(3)} {self._word(3)}".title()
