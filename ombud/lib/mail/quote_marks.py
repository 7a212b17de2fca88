"""How mail programs, in many languages, announce that what follows was written earlier."""

import re

# Verbs that stand at the end of the line, and those after which the name follows.
_WROTE = (
    "wrote|writes|escribi[óo]|escribe|a [ée]crit|[ée]crit|schrieb|schreef|ha scritto|scrisse|escreveu"
    "|napisał(?:\\(a\\)|a)?|pisze|skrev|kirjoitti|написала?|написал\\(а\\)|пишет|пише|писал(?:\\(а\\)|а)?"
    "|napsala?"
    "|napsal\\(a\\)|napísala?|yazdı|ezt írta|írta|a scris|έγραψε|đã viết|va escriure|menulis|כתבה?|كتب"
)
_WROTE_UNSPACED = "写道|寫道|写到|書きました|のメール|님이 작성|작성"
_WROTE_THEN_NAME = "schrieb|schreibt|schreef|skrev|napisał(?:\\(a\\)|a)?"
# What an attribution line starts with where the verb or the colon comes at its end.
_STARTS = (
    "on|at|el|le|am|op|il(?: giorno)?|em|w dniu|dnia|den|dne|på|den|в|у|pe|στις|a les|vào|pada|dňa|在|於|于"
    "|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:lun|mar|mié|jue|vie|sáb|dom|mer|jeu|ven|sam|dim|seg|ter|qua"
    "|qui|sex)[a-záç]*\\.?"
    "|(?:man|tir|ons|tor|fre|lør|søn|mån|tis|lör|sön|ma|ti|ke|to|pe|la|su|pon|wt|śr|czw|pt|sob|niedz|пн|вт|ср"
    "|чт|пт|сб|вс)\\.?"
)
_STARTED = re.compile(rf"[\s*_]*(?:{_STARTS})[\s,.].{{0,80}}?\d", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"[\s*_]*(?:\d{4}[-/.年년]|\d{1,2}[-/. ](?:\d{1,2}|[^\W\d_]{3,9})[-/. ])")
_VERB_LAST = re.compile(rf"(?<![^\W\d_])(?:{_WROTE})\s?[:：]$|(?:{_WROTE_UNSPACED})\s?[:：]?$", re.IGNORECASE)
_VERB_THEN_NAME = re.compile(rf"(?<![^\W\d_])(?:{_WROTE_THEN_NAME})\s.{{1,200}}[:：]$", re.IGNORECASE)
_WHO_OR_WHEN = re.compile(r"[^\s@]@[^\s@]|\d{1,2}[:.h]\d{2}|\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_YEAR = re.compile(r"\d{4}")
_TIME = re.compile(r"\d{1,2}[:.h時点时]\d{2}")
# Longer is prose.
_LONGEST_ATTRIBUTION = 400
_MOST_LINES = 4


def attribution(lines, at):
    """The number of lines, ending with line `at`, that say "On … Ada wrote:"; 0 if they say no such thing."""
    last = lines[at].strip()
    if len(last) > _LONGEST_ATTRIBUTION or not last.endswith((":", "：", "写道", "寫道", "写到")):
        return 0
    alone = _says_who(last)
    # The verb may stand in an earlier line: "Am 3. März schrieb Ada" and then "<ada@…>:".
    if not alone and not last.endswith((">:", ">：")) and len(last) > 60:
        return 0
    joined = ""
    for count in range(1, min(_MOST_LINES, at + 1) + 1):
        line = lines[at - count + 1].strip()
        if not line or line[0] == ">":
            break
        joined = f"{line} {joined}".strip()
        if len(joined) > _LONGEST_ATTRIBUTION:
            break
        if (_STARTED.match(joined) or _NUMBER_FIRST.match(joined)) and (alone or _says_who(joined)):
            return count
    return 1 if alone and _WHO_OR_WHEN.search(last) else 0


def _says_who(line):
    """True if it ends in "wrote:", or, in whatever language, in an address after a year and a time."""
    if _VERB_LAST.search(line[-40:]) or _VERB_THEN_NAME.search(line):
        return True
    end = line.rstrip(":： )").rpartition(" ")[2]
    return "@" in end and bool(_YEAR.search(line)) and bool(_TIME.search(line))


_FORWARDED = (
    r"forwarded (?:message|mail|by\b.{0,80})|(?:begin(?: of)? )?forwarded message|fwd?"
    r"|mensaje reenviado|inicio del mensaje reenviado|(?:début du )?message (?:transféré|réexpédié)|(?:anfang"
    r" der )?weitergeleiteten? (?:nachricht|mail)"
    r"|(?:begin )?doorgestuurd bericht|(?:inizio )?messaggio inoltrato|mensagem (?:encaminhada|reencaminhada)"
    r"|início da mensagem (?:reenviada|encaminhada)"
    r"|(?:treść )?(?:przekazan[ae]j?|przesłan[ae]j?) (?:dalej )?wiadomoś(?:ć|ci)|wiadomość przekazana"
    r"|vidarebefordrat (?:meddelande|mejl)|videresendt (?:besked|melding|e-mail)"
    r"|(?:以下是)?(?:已?转发的?)(?:邮件|消息|信息)(?:信息)?|开始转发的邮件|轉寄(?:的)?(?:郵件|訊息)"
    r"|已轉寄(?:的)?(?:郵件|訊息)|開始轉寄郵件|以下は転送(?:された)?メール(?:です)?"
    r"|転送(?:された)?(?:メッセージ|メール)|전달된 (?:메시지|메일)"
    r"|пересылаемое сообщение|пересланное (?:сообщение|письмо)|начало переадресованного сообщения"
    r"|перенаправленное сообщение"
)
_ORIGINAL = (
    r"original (?:message|mail|e-?mail|appointment)|reply message|mensaje original|message (?:d['’]origine"
    r"|original|initial)|original(?:nachricht|-nachricht|-mail|meddelelse|meddelande)"
    r"|ursprüngliche (?:nachricht|e-?mail|mail)|urspr\. nachricht|oorspronkelijk bericht|messaggio originale"
    r"|mensagem original|(?:oryginalna wiadomość|wiadomość oryginalna)"
    r"|ursprungligt meddelande|oprindelig (?:meddelelse|besked)|opprinnelig melding|alkuperäinen viesti"
    r"|původní (?:zpráva|e-?mail)|orijinal (?:mesaj|ileti)|eredeti üzenet"
    r"|原始邮件|原邮件|原始信息|原始消息|回复的原邮件|回复的邮件|原始郵件|原始訊息|元のメッセージ|original"
    r" message|원본 ?메시지|원본 메일|исходное сообщение|оригинальное сообщение|mesaj original"
)
_RULED = re.compile(
    rf"[-_=*—–─]{{2,}}\s*(?:(?P<forward>{_FORWARDED})|(?P<original>{_ORIGINAL}))\s*[:：]?\s*[-_=*—–─]{{2,}}$",
    re.IGNORECASE,
)
_BEGIN = re.compile(
    r"(?:begin(?:ning of)? forwarded message|inicio del mensaje reenviado|début du message (?:transféré"
    r"|réexpédié)"
    r"|anfang der weitergeleiteten (?:nachricht|e-?mail)|begin doorgestuurd bericht|inizio messaggio"
    r" inoltrato"
    r"|início da mensagem (?:reenviada|encaminhada)|początek przekazywanej wiadomości|vidarebefordrat brev"
    r"|开始转发的邮件|以下是转发的邮件|開始轉寄郵件|以下是轉寄的郵件|転送されたメッセージ|전달된 메시지"
    r"|начало переадресованного сообщения)\s*[:：]$",
    re.IGNORECASE,
)


def ruled_mark(line):
    """ "forward" or "original" for a line such as `----- Original Message -----`, else None."""
    if len(line) > 160:
        return None
    found = _RULED.match(line)
    if found:
        return "forward" if found.group("forward") else "original"
    return "forward" if line[-1] in ":：" and _BEGIN.match(line) else None


_FIELDS = {
    "from": "from|de|von|da|van|fra|från|frå|od|lähettäjä|kimden|feladó|expéditeur|remitente|mittente"
    "|afzender|发件人|寄件者|寄件人"
    "|差出人|送信者|送信元|보낸 사람|보낸사람|발신|от|від|от кого|από|מאת|من|de la",
    "date": "sent|date|sent at|enviado|enviado el|enviada|enviada em|fecha"
    "|envoyé|envoyé le|gesendet|datum|inviato|data|verzonden|sendt|dato"
    "|skickat|wysłano|odesláno|lähetetty|päivämäärä|gönderme tarihi|gönderilme tarihi|tarih|elküldve|dátum"
    "|发送时间|发送日期|日期|时间"
    "|寄件日期|傳送時間|時間|送信日時|日時|日付|보낸 날짜|보낸날짜|날짜|отправлено|дата|надіслано|ημερομηνία"
    "|στάλθηκε|נשלח|תאריך|تاريخ",
    "to": "to|para|à|a|an|aan|til|till|do|vastaanottaja|kime|komu|címzett|destinataire|destinatario|收件人"
    "|收件者|宛先|받는 사람|받는사람|кому|προς|אל|إلى",
    "subject": "subject|asunto|objet|sujet|betreff|onderwerp|oggetto|assunto|emne|ämne|temat|aihe|konu"
    "|předmět|tárgy|主题|主旨|标题|件名"
    "|제목|тема|θέμα|נושא|الموضوع|subiect",
    "cc": "cc|bcc|kopie|copia|copie|kopia|kopi|抄送|副本|cc to|참조|копия|копія",
    "reply-to": "reply-to|responder a|répondre à|antwort an|回复|回覆",
}
_FIELD_OF = {word: field for field, words in _FIELDS.items() for word in words.split("|")}
_FIELD = re.compile(r"[\s*_|]*([^\W\d_][^:：*<>@\d]{0,24}?)[\s*_]*[:：][\s*_]*(.*)$", re.DOTALL)
# A block of five headers, some of them wrapped over lines.
_BLOCK_LINES = 12


def field(line):
    """("from", "Ada <ada@…>") for a line such as `*De :* Ada <ada@…>` in a quoted header block, else None."""
    found = _FIELD.match(line[:2000])
    name = _FIELD_OF.get(found.group(1).strip().lower()) if found else None
    return (name, found.group(2).strip()) if name else None


def header_block(lines, at):
    """True if line `at` begins a block of From, Sent, To, Subject as Outlook puts over what it quotes."""
    first = field(lines[at])
    if first is None or first[0] not in ("from", "date", "subject"):
        return False
    seen = {first[0]}
    for line in lines[at + 1 : at + _BLOCK_LINES]:
        if not line.strip():
            # HTML turned to text may leave empty lines between the headers, but not after two of them.
            if len(seen) > 2:
                break
            continue
        found = field(line)
        if found:
            seen.add(found[0])
    if first[0] == "from":
        return len(seen & {"date", "to", "subject"}) >= 2
    return "from" in seen and len(seen & {"date", "to", "subject"}) >= 2 and bool(first[1])


OUR_MARK = re.compile(r"[>\s*_]*##\s.{3,200}\s##[\s*_]*$")
RULE = re.compile(r"[-_=*—–─\s]{5,}$")
_DEVICE = (
    r"iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|redmi|oppo|vivo|pixel|nokia|oneplus|sony"
    r"|blackberry"
    r"|windows|outlook|yahoo|gmail|proton\w*|mail (?:for|app)|gmx|web\.de|t-online|mobile|phone|handheld"
    r"|tablet"
    r"|smartphone|handy|m[óo]vil|celular|tel[ée]fono|dispositivo|t[ée]l[ée]phone|appareil|tablette|orange|sfr"
    r"|telefoon|mobiel\w*|cellulare|telem[óo]vel|telefon\w*|mobiltelefon|puhelime\w*|телефон\w*|смартфон\w*"
)
_SENT = (
    "sent|enviad[oa]|envoy[ée]e?|gesendet|verzonden|verstuurd|inviat[oa]|skickat|sendt|lähetetty|wysłan[eoay]"
    "|odesláno|отправлено|надіслано"
)
_BY = (
    "from|via|with|by|using|desde|a partir d[eo]|do|de|depuis|à partir de|avec|von|mit|aus|vanaf|met|da|dal"
    "|dalla"
    "|con|från|fra|med|z|ze|из|с|з"
)
MOBILE_SIGNATURE = re.compile(
    rf"[\s*_\-—–]*(?:(?:{_SENT})\s(?:{_BY})\s(?:[\w'’.-]+\s){{0,3}}(?:[ld]['’])?(?:{_DEVICE})"
    rf"|(?:von|aus|mit) mei(?:nem|ner) .{{0,30}}(?:{_DEVICE}).{{0,20}} gesendet"
    r"|get outlook for|obt[ée]n(?:er|ga)? outlook|descarga(?:r)? outlook|obtenir outlook|t[ée]l[ée]charge[rz]"
    r" outlook"
    r"|outlook für (?:ios|android)|outlook voor (?:ios|android)|scarica outlook|hent outlook|skaffa outlook"
    r"|hämta outlook"
    r"|(?:获取|取得|下载|下載) ?outlook|发自(?:我的|.{0,10}邮箱)|發自我的|发送自|傳送自|(?:从"
    r"|從)我的.{1,30}(?:发送|傳送|發送)"
    r"|来自我的 ?(?:iphone|ipad|手机|华为|小米|三星|荣耀|android|安卓)|.{1,20}から送信(?:されました)?$|나의"
    r" .{1,20}에서 보냄)",
    re.IGNORECASE,
)
