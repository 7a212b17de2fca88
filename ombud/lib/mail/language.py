"""Which language a text is in, from its script and its commonest words; small, quick, and silent when unsure.

Ready-made detectors cost a hundred megabytes of memory for a hundred languages; a support desk needs to know
which of a few it should answer in.
"""

import re
from collections import Counter

# A mail shows its language within its first lines.
_SAMPLE = 3_000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOISE = re.compile(r"https?://\S+|\S+@\S+|^>.*$", re.MULTILINE)
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_COMMON = {
    "en": "the and is are was were of to in for with not this that you your we our have has it on be can"
    " my from i please thank thanks hello hi dear does doesn't don't it's i'm when what how why would"
    " could an at by but if there been any working work since still after before order help need they"
    " will just regards cannot can't yes which about us me do where received get getting issue"
    " problem today yesterday",
    "es": "el la los las de que y en un una es no por para con se su al del lo como más pero este esta"
    " está están tenemos hemos he ha mi nos nuestro nuestra hola gracias buenos buenas días tardes"
    " saludos cuando desde hay muy ya puede pueden favor qué también sobre todo son fue ser pedido"
    " sin cómo estimado estimados me le les usted ustedes yo ayer hoy ayuda necesito funciona"
    " problema pedidos todavía",
    "fr": "le la les de des du et en un une est ne pas pour avec que qui sur dans au aux nous vous je il"
    " elle ce cette ces mon ma mes notre nos votre vos bonjour merci bonsoir cordialement être avons"
    " avez suis sont mais ou où par plus depuis quand comment a été j'ai n'est c'est d'un d'une"
    " l'imprimante qu'il s'il commande toujours très bien fait cher chère hier aujourd'hui salut ça y"
    " aide colis ai reçu pouvez peut problème",
    "de": "der die das und ist nicht ein eine einen dem den des mit für auf von zu im in wir sie ich es"
    " sind haben hat kann können bitte danke hallo guten tag grüße freundlichen unsere unser mein"
    " meine auch noch nach bei aus wenn wie was aber oder seit wird werden wurde war zur zum an als"
    " sehr geehrte mehr schon nur immer keine kein ihr ihre uns mir",
    "nl": "de het een en van is niet dat op te in voor met zijn wij we ik je u er aan bij ook maar om als"
    " dan nog naar hebben heeft kan kunnen graag bedankt hallo beste groet groeten dank mijn onze ons"
    " uw wordt worden deze dit geen wel al door over uit sinds goedemorgen goedendag",
    "it": "il lo la i gli le di che e è un una non per con del della dei delle al alla nel nella sono ho"
    " abbiamo hanno si mi ci vi questo questa come più ma anche ciao grazie buongiorno salve saluti"
    " cordiali nostro nostra vostro quando dal dalla da in su se cosa sul sulla molto ancora essere"
    " stato può ordine",
    "pt": "o a os as de que e em um uma é não por para com se do da dos das no na nos nas ao à mais mas"
    " como está estão temos tenho meu minha nosso nossa você vocês olá obrigado obrigada bom dia boa"
    " tarde cumprimentos quando desde já pode também foi ser são isso esta este sem pedido muito"
    " atenciosamente",
    "pl": "i w na nie się że do jest z to o jak ale za po czy od przez dla są mamy mam dzień dobry"
    " dziękuję proszę witam pozdrawiam nasz nasza mój moja który która już tylko może być oraz tego"
    " przy bardzo",
    "sv": "och att det som en på är av för med den till inte har vi jag ett om kan hej tack vänliga"
    " hälsningar så men från var vår vårt er ni när hur ska eller efter också alla min mitt",
    "da": "og at det som en på er af for med den til ikke har vi jeg et om kan hej tak venlig hilsen så"
    " men fra var vores jer når hvordan skal eller efter også alle min mit hvad blev bliver mig",
    "fi": "ja on ei se että oli kun mutta niin kuin tai jos hei kiitos terveisin minun meidän ole olen"
    " ovat voi tämä myös vain nyt sitten miten",
    "cs": "a je se na v že s z do to jsem jsou ale pro jak by nebo při od dobrý den děkuji prosím"
    " pozdravem máme není také již může naše které který",
    "tr": "ve bir bu için ile de da çok ne var değil merhaba teşekkürler lütfen ama gibi olarak daha kadar"
    " sonra biz ben siparişim saygılarımla",
    "ro": "și de la cu nu este un o în pe care să mai din pentru sunt am avem bună mulțumesc vă rog dar ca"
    " salut ziua",
    "hu": "a az és nem hogy is egy van de meg kell volt köszönöm üdvözlettel kérem jó napot hogyan már"
    " csak ha nincs",
}
_LANGUAGES = {}
for _language, _words in _COMMON.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_language)
# A word that many languages share says little.
_WEIGHTS = {word: (1.0 / len(languages), tuple(languages)) for word, languages in _LANGUAGES.items()}
# Letters that only this language has, or that it has far more often than the others here.
_TELLING = {
    "es": "ñ¿¡",
    "fr": "œêçèù",
    "de": "ßäü",
    "pt": "ãõ",
    "it": "ò",
    "pl": "łżśęą",
    "sv": "å",
    "da": "øæ",
    "cs": "ěřů",
    "tr": "ğış",
    "ro": "ățș",
    "hu": "őű",
}
_LETTERS = {letter: language for language, letters in _TELLING.items() for letter in letters}
# One certain word is not enough to write to somebody in that language, two are.
_ENOUGH = 1.5


def language_of(text: str) -> str | None:
    """A two-letter code, or None when the text is too short or says too little to tell."""
    sample = _NOISE.sub(" ", text[:_SAMPLE])
    letters = sum(map(str.isalpha, sample))
    if letters < 2:
        return None
    if not sample.isascii():
        for code, script in _SCRIPTS:
            found = len(script.findall(sample))
            # A Han character carries about as much as half a word; a few names in another script are no
            # language.
            if found >= 2 and found * (4 if code in ("zh", "ja", "ko") else 2) > letters:
                return _slavic(sample) if code == "ru" else code
    return _latin(sample.lower())


def _slavic(text):
    text = text.lower()
    if re.search("[іїєґ]", text):
        return "uk"
    return "bg" if text.count("ъ") * 60 > len(text) and not re.search("[ыэё]", text) else "ru"


def _latin(text):
    scores = Counter()
    for word in _WORD.findall(text):
        weight = _WEIGHTS.get(word.replace("’", "'"))
        if weight:
            for language in weight[1]:
                scores[language] += weight[0]
    if not text.isascii():
        for letter, language in _LETTERS.items():
            if letter in text:
                scores[language] += 0.5 * min(text.count(letter), 4)
    if not scores:
        return None
    (best, score), *others = scores.most_common(2)
    if score < _ENOUGH or (others and others[0][1] > 0.9 * score):
        return None
    return best
