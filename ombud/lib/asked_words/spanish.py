"""How people ask for somebody higher in Spanish."""

import re

_WANT = (
    r"(?:hora de|quiero|queremos|quisiera|quisiéramos|querría|necesito|necesitamos|exijo|exigimos"
    r"|solicito|solicitamos"
    r"|pido|pedimos|ruego|rogamos|reclamo|insisto|insistimos|me gustaría|nos gustaría|deseo|deseamos"
    r"|requiero"
    r"|requerimos|hay que|tiene que|tienen que|debe|deben|debería|deberían|hace falta|por favor|porfavor"
    r"|puedes?|pueden|puedo|podemos|podría|podrían|podrías|podéis|haga el favor|hagan el favor|le pido"
    r"|les pido|espero)"
)
_HIGHER = (
    r"(?:(?:un|una|el|la|su|tu|vuestro|vuestra|algún|alguna|sus|otro|otra)s? "
    r"(?:\w+ )?(?:responsables?|supervisor(?:a|es)?|superior(?:es)?|jef[ea]s?|encargad[oa]s?|gerentes?"
    r"|director(?:a|es)?"
    r"|dirección|gerencia|mandos?|coordinador(?:a)?)"
    r"|responsable|supervisor|superior|alguien (?:(?:de|con|que|desde) )?(?:la |su |más )?(?:arriba"
    r"|dirección|gerencia|rango|superior|nivel|pueda decidir"
    r"|decida|mande|tenga autoridad|autoridad|capacidad de decisión|un cargo)|alguien por encima"
    r"|quien (?:manda|mande|decide|decida)|(?:un )?nivel superior|instancias superiores|segundo nivel"
    r"|la persona (?:al cargo"
    r"|responsable|encargada|que decide))"
)
_ESCALATE = (
    r"(?:escal(?:ar|arlo|arla|arme|arse|en|e|ado|ada|amiento|amos)|escál(?:elo|enlo|ela|enla|ame|elos)"
    r"|escaladlo"
    r"|elev(?:ar|arlo|arla|en|e|ado|ada)|elév(?:elo|enlo|ela|enla))"
)
_CASE = (
    r"(?:lo|la|esto|este|esta|mi|nuestro|nuestra|el|al|caso|asunto|incidencia|tema|ticket|problema"
    r"|queja|petición"
    r"|solicitud|reclamación)"
)
ASKS = re.compile(
    rf"\b{_WANT}\b.{{0,60}}?\b(?:escal(?:ación|ar|arlo|arla|en|e|ado|ada|amiento|amos)|escál(?:elo|enlo))\b"
    rf"|\b{_WANT}\b.{{0,50}}?\belev(?:ar|arlo|arla|en|e|ado|ada)\b.{{0,40}}?\b(?:a |al )?{_HIGHER}"
    r"|(?:^|[,.;:¡]\s*|\by |\bpues |\bentonces |\bfavor )(?:escále(?:n)?l[oa]|escaladl[oa]|escálal[oa]"
    r"|elév(?:elo|enlo|ela|enla))\b"
    rf"|(?:^|[,.;:¡]\s*|\by )(?:escalen?|escalad|eleven?) (?:ya |ahora )?{_CASE}\b"
    rf"|\b{_WANT}\b.{{0,50}}?\b(?:habl(?:ar|e|en)|pas(?:ar|arme|e|en|es)|pon(?:er|erme|ga|gan)"
    rf"|contact(?:ar|e|en)"
    rf"|comunic(?:ar|arme|arnos|arse|en)|llam(?:ar|e|en)|escrib(?:ir|a)|conect(?:ar|arme)|transfer(?:ir"
    rf"|irme|ieran)"
    rf"|deriv(?:ar|arme|en)|traslad(?:ar|arlo|en|e)|involucr(?:ar|en)|atiend(?:a|an)|conteste|responda"
    rf"|ver)\b"
    rf".{{0,30}}?\b{_HIGHER}\b"
    rf"|\b{_WANT}\b.{{0,25}}?\b(?:que )?{_HIGHER} (?:me |nos )?(?:llame|conteste|responda|escriba"
    rf"|atienda|contacte|se ponga)"
    r"|\b(?:pás[ea](?:n)?me|pásame|póng[ae](?:n)?me|pónganme|ponme|comuníqu(?:e|en)me"
    r"|páse(?:n)?nos) (?:ya |ahora )?con\b"
    rf".{{0,20}}?\b{_HIGHER}\b"
    rf"|\b{_WANT}\b.{{0,40}}?\b(?:ve[ar]|revis[ae]|revisar[ae]|revisen|lo revis\w+|lleve|mire|trate"
    rf"|estudie|gestione)\w*\b.{{0,20}}?\b{_HIGHER}"
    rf"|\b{_WANT}\b (?:que )?{_HIGHER} (?:lo |la |me |nos )?(?:vea|revis\w+|lleve|mire|trate|decida"
    rf"|intervenga|estudie)"
    rf"|^\W*que (?:me|nos) (?:llame|conteste|responda|escriba|atienda) {_HIGHER}"
    r"|\bhay alguien (?:por encima|más arriba|con más|de más)"
    r"|\b(?:quiero|queremos|necesito|necesitamos|exijo|exigimos|solicito|pido|pedimos|deseo|quisiera"
    r"|me gustaría|insisto|hora de|puedes? dar\w*"
    r"|deme|denme|dame|por favor|ruego)\b.{0,50}?\b(?:(?:su|tu|un|una|algún|vuestro) (?:supervisora?"
    r"|superior|jef[ea]|encargad[oa]|gerente|responsable|mando)"
    r"|alguien (?:con|de|que) (?:autoridad|arriba|rango|mande|decida|pueda decidir)|quien (?:mande"
    r"|manda|decida|decide))\b"
    r"|\bquién es (?:su|tu|el|vuestro) (?:jefe|supervisor|superior|responsable|encargado)\b"
    rf"|\b(?:quiero|queremos|necesito|exijo|exigimos) (?:ya )?(?:a )?(?:un|una|su|al|el) (?:supervisor"
    rf"|superior|jefe|encargado)\b"
    r"|\b(?:quiero|queremos|deseo|voy a|vamos a|cómo|dónde|solicito|exijo|necesito)\b.{0,30}?\b(?:poner"
    r"|presentar|interponer"
    r"|hacer|formular|puedo poner|tramitar|la) ?(?:una? |la )?(?:reclamación|queja"
    r"|hojas? de reclamaci(?:ón|ones)) ?"
    r"(?:formal|oficial|por escrito)?\b"
    r"|\b(?:esto|este (?:caso|asunto|tema)|la incidencia|el caso) (?:tiene que|debe|debería"
    r"|hay que) .{0,15}?"
    rf"(?:subir|llegar|ir|pasar) (?:más arriba|a {_HIGHER})"
    r"|\bconsidere(?:n)? (?:esto|este correo|este mensaje) (?:como )?(?:una? )?(?:escalado|escalamiento"
    r"|escalación|queja formal"
    r"|reclamación formal)\b"
    r"|\bllev(?:ar|arlo|en|e) (?:esto |este \w+ )?(?:más arriba|a (?:su|la) (?:dirección|gerencia))\b",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:no|nunca|sin|ni|tampoco|antes de|en vez de|en lugar de|evitar"
    r"|innecesario)\b(?! me (?:resuelven|contestan"
    r"|hacen|responden)\b).{0,40}?\b(?:escal|elev|supervisor|superior|jef[ea]|responsable|encargad"
    r"|gerente|reclamaci|queja"
    r"|direc|arriba)"
    r"|\bgracias\b.{0,30}?\b(?:por|al)\b.{0,20}?\b(?:escal|elev)"
    r"|\b(?:ya|han|hemos|he|has|fue|está|estaba|ha sido|fueron|había) (?:lo )?(?:sido )?(?:escalad|elevad)"
    r"|\b(?:escalar|escalado|escalen?|escala|escalada|elevar) (?:\w+ ){0,2}(?:imagen|imágenes|gráfico"
    r"|servidor(?:es)?"
    r"|infraestructura|privilegios|precios?|costes?|etiquetas?|tamaño|montañas?|volumen|producción"
    r"|sistema|plataforma"
    r"|negocio|permisos|temperatura|pedidos|logo)\b"
    r"|\b(?:a gran|a pequeña|la|una|otra|misma) escala\b|\b(?:precios?|costes?|tarifas) .{0,15}?escal"
    r"|\b(?:mi|mis|nuestr[oa]s?) (?:\w+ )?(?:jef[ea]s?|responsables?|supervisor(?:a|es)?|encargad[oa]"
    r"|gerente|director(?:a)?|superior)\b"
    r"|\b(?:responsables?|jef[ea]s?|director(?:a)?|encargad[oa]s?|mandos?"
    r"|coordinador) de(?:l)? (?!(?:su |tu |la |el |este |ese )?(?:departamento|soporte"
    r"|atención|servicio|equipo|turno|área|la empresa|ustedes|vuestro|clientes|esto|todo))\w+"
    r"|\b(?:hablé|hablamos|hablado|habló) con\b|\b(?:ayer|la semana pasada|el mes pasado)\b.{0,40}\bescal",
    re.IGNORECASE,
)
DEPENDS = re.compile(
    r"\b(?:si|como|a menos que|de lo contrario|en caso contrario"
    r"|salvo que)\b[^,;]*[,;]?.*?\b(?:escalaré|escalaremos"
    r"|tendré que|tendremos que|tendría que|me veré|nos veremos|pondré|pondremos|presentaré"
    r"|presentaremos|hablaré"
    r"|hablaremos|pediré|pediremos|elevaré|elevaremos|voy a|vamos a|habrá que|exigiré)\b"
    r"|\b(?:escal\w+|eleve?n?|supervisor|superior|reclamación|queja)\b[^,;]*\b(?:si|en caso de que"
    r"|cuando|una vez que)\b"
    r"(?! (?:puede|pueden|es posible|son tan|es tan|no es mucho))"
    r"|\b(?:quizá|quizás|tal vez|a lo mejor|más adelante|en algún momento)\b.{0,40}?\b(?:escal"
    r"|supervisor|superior|reclamación)",
    re.IGNORECASE,
)
