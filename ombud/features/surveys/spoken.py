"""What the demo's customers say beside their numbers."""

SAID = {
    "en": {
        "good": (
            "Clear answer, and it worked at once.",
            "You told me when I would hear from you, and I did.",
            "Fast. I did not have to explain it twice.",
            "Thanks to Ada, who stayed on it until the label printed.",
        ),
        "bad": (
            "I explained the same thing to three people.",
            "Solved in the end, but nobody told me for two days.",
        ),
    },
    "es": {
        "good": (
            "Respuesta clara y a tiempo.",
            "Me llamaron cuando dijeron que lo harían.",
            "Muy amables, y el envío salió el mismo día.",
        ),
        "bad": ("Tuve que escribir tres veces hasta que alguien contestó.",),
    },
    "fr": {
        "good": (
            "Réponse précise, merci à Claire.",
            "On m’a dit quand j’aurais des nouvelles, et c’était vrai.",
        ),
        "bad": ("Le problème est réglé, mais j’ai attendu deux jours sans nouvelles.",),
    },
    "zh-hans": {
        "good": ("回复很快，说得也清楚。", "问题当天就解决了，谢谢林晓雯。"),
        "bad": ("最后解决了，但中间两天没有任何消息。",),
    },
}
