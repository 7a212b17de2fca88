"""Bytes to text, when the mail tells its character set rightly, wrongly, or not at all."""

import re

# Only codecs that turn bytes into text in linear time. Python knows more names (zlib, punycode,
# unicode_escape …), and a stranger's mail must not be able to choose one of those.
_CODECS = {
    name: codec
    for codec, names in {
        "utf-8": "utf-8 utf8 utf8mb4 utf_8 unicode u8",
        "utf-7": "utf-7 utf7 unicode-1-1-utf-7 x-unicode-2-0-utf-7",
        "utf-16": "utf-16 utf16 ucs-2 iso-10646-ucs-2",
        "utf-16-le": "utf-16le",
        "utf-16-be": "utf-16be",
        "utf-32": "utf-32 utf32",
        # What is called Latin-1 or ASCII is Windows-1252 in practice: its extra letters are only control
        # codes there.
        "cp1252": "iso-8859-1 iso8859-1 iso_8859-1 8859-1 latin1 latin-1 l1 windows-1252 cp1252 x-cp1252"
        " cp-1252 us-ascii ascii ansi_x3.4-1968 646 ansi x-ansi iso646-us iso-ir-6",
        "iso8859-2": "iso-8859-2 iso8859-2 iso_8859-2 latin2 latin-2",
        "iso8859-3": "iso-8859-3 latin3",
        "iso8859-4": "iso-8859-4 latin4",
        "iso8859-5": "iso-8859-5 cyrillic",
        "iso8859-6": "iso-8859-6 iso-8859-6-i iso-8859-6-e arabic",
        "iso8859-7": "iso-8859-7 greek",
        "iso8859-8": "iso-8859-8 iso-8859-8-i iso-8859-8-e logical hebrew",
        "cp1254": "iso-8859-9 latin5 windows-1254 cp1254",
        "iso8859-10": "iso-8859-10 latin6",
        "cp874": "iso-8859-11 tis-620 windows-874 cp874",
        "iso8859-13": "iso-8859-13",
        "iso8859-14": "iso-8859-14",
        "iso8859-15": "iso-8859-15 iso8859-15 latin9 latin-9",
        "iso8859-16": "iso-8859-16",
        "cp1250": "windows-1250 cp1250 x-cp1250",
        "cp1251": "windows-1251 cp1251 x-cp1251 win-1251",
        "cp1253": "windows-1253 cp1253",
        "cp1255": "windows-1255 cp1255",
        "cp1256": "windows-1256 cp1256",
        "cp1257": "windows-1257 cp1257",
        "cp1258": "windows-1258 cp1258",
        "cp437": "cp437 ibm437",
        "cp850": "cp850 cp-850 ibm850",
        "cp852": "cp852 ibm852",
        "cp866": "cp866 ibm866",
        "koi8-r": "koi8-r koi8r koi8 x-koi8-r",
        "koi8-u": "koi8-u koi8-ru",
        "mac-roman": "macintosh mac x-mac-roman x-macroman",
        "mac-cyrillic": "x-mac-cyrillic",
        # The newer sets contain the older ones, and mails often call the new by the old name.
        "gb18030": "gb2312 gb_2312-80 gb18030 gbk x-gbk cp936 ms936 windows-936 euc-cn x-euc-cn chinese gb",
        "hz": "hz-gb-2312 hz",
        "big5hkscs": "big5 big5-hkscs x-big5 cn-big5 big-5",
        "cp950": "cp950 ms950",
        "cp932": "shift_jis shift-jis x-sjis sjis ms_kanji windows-31j cp932 x-ms-cp932",
        "euc_jp": "euc-jp eucjp x-euc-jp x-euc",
        "iso2022_jp_ext": "iso-2022-jp iso-2022-jp-1 iso-2022-jp-ms cp50220 cp50221 csiso2022jp",
        "iso2022_jp_2": "iso-2022-jp-2",
        "cp949": "euc-kr euckr ks_c_5601-1987 ks_c_5601 ksc5601 korean cp949 windows-949 x-windows-949",
        "iso2022_kr": "iso-2022-kr",
    }.items()
    for name in names.split()
}
_STATEFUL = frozenset(("utf-7", "hz", "iso2022_jp_ext", "iso2022_jp_2", "iso2022_kr"))
_WIDE = frozenset(("utf-16", "utf-16-le", "utf-16-be", "utf-32"))
_MULTIBYTE = (
    frozenset(("gb18030", "big5hkscs", "cp950", "cp932", "euc_jp", "cp949", "utf-8")) | _STATEFUL | _WIDE
)
# A long text shows what it is written in within its first screens; guessing reads no more than this.
_SAMPLE = 8_192
_JAPANESE_SHIFT = re.compile(rb"\x1b(?:\$[@AB(]|\([BJI])")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_SPOILT_SHARE = 0.03  # of the letters; below it the declared name is believed and the bad bytes are marked
_COMMON_SIMPLIFIED = frozenset(
    "的一是不了在有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运您请谢"
)
_COMMON_TRADITIONAL = frozenset(
    "這個們來為國說時會對過發後裡經麼學現當沒動還進樣開從實無與長機關點業將兩間問應戰頭體見產題爾別變總電數報結務場計門員認條氣東聲論處義寫讀請謝您嗎號單據車買賣聯絡訂貨"
)


def codec_of(name):
    """The codec for a declared character set name, or None when it names none that we read."""
    return _CODECS.get(name.strip().strip("\"'").split("*")[0].rstrip(";").strip().lower()) if name else None


def decode(data, declared=None):
    """Text of `data`, and a sentence on what was guessed, or None when the mail was simply right."""
    codec = codec_of(declared)
    if data.isascii() and codec not in _STATEFUL and codec not in _WIDE:
        if not _JAPANESE_SHIFT.search(data):
            return data.decode("ascii"), None
        codec = None
    if codec in _WIDE and b"\x00" not in data:
        codec = None
    if codec and codec not in _MULTIBYTE and _is_utf8(data):
        return data.decode("utf-8"), f"The text says it is {declared} but is UTF-8."
    if codec:
        try:
            return data.decode(codec), None
        except UnicodeDecodeError as error:
            if error.end == len(data) and error.end - error.start > 1:  # cut in the middle of the last letter
                return data.decode(codec, "replace"), None
        except ValueError:
            pass
        if codec not in _WIDE:
            text = data.decode(codec, "replace")
            if text.count("\ufffd") <= len(text) * _SPOILT_SHARE:
                return text, f"Some bytes are not valid {declared}; they are marked."
    text, guessed = _guess(data)
    if not declared:
        return text, f"No character set was declared; it was read as {guessed}."
    if codec_of(declared):
        return text, f"The text is not valid {declared}; it was read as {guessed}."
    return text, f"The character set {declared[:40]} is not known; it was read as {guessed}."


def _is_utf8(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess(data):
    """The text and the name of the likeliest character set."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(codec, "replace"), codec
    if _JAPANESE_SHIFT.search(data):
        return data.decode("iso2022_jp_ext", "replace"), "iso-2022-jp"
    if _is_utf8(data):
        return data.decode("utf-8"), "utf-8"
    sample = data[:_SAMPLE]
    if sample.isascii():  # the foreign letters come late: look where they are
        first = _HIGH_RUN.search(data).start()
        sample = data[max(0, first - 64) : first + _SAMPLE]
    spoilt = data.decode("utf-8", "replace")
    if spoilt.count("\ufffd") * 10 < sum(1 for _ in _HIGH_RUN.finditer(sample)):
        return spoilt, "utf-8"
    codec = _likeliest(sample)
    return data.decode(codec, "replace"), codec


def _likeliest(sample):
    """Letters of other scripts stand in runs, those of western languages alone between others."""
    runs = _HIGH_RUN.findall(sample)
    if sum(map(len, runs)) < 1.6 * len(runs):
        return "cp1252"
    best, best_score = "cp1252", 0.0
    for codec, score in _SCORES.items():
        text = sample.decode(codec, "replace")
        letters = [c for c in text if c > "\x7f"]
        value = (sum(map(score, letters)) - 3 * text.count("\ufffd")) / (len(letters) or 1)
        if value > best_score + 0.02:
            best, best_score = codec, value
    return best if best_score > 0.15 else "cp1252"


def _kana(c):
    return 1.0 if "\u3041" <= c <= "\u30fe" else 0.3 if "\u4e00" <= c <= "\u9fff" else 0.0


def _russian(c):
    return 1.0 if "а" <= c <= "я" else 0.4 if "А" <= c <= "Я" else -0.5


_SCORES = {
    "gb18030": lambda c: (
        1.0 if c in _COMMON_SIMPLIFIED else 0.1 if "\u4e00" <= c <= "\u9fff" or c in ",。!?" else 0.0
    ),
    "big5hkscs": lambda c: (
        1.0
        if c in _COMMON_TRADITIONAL or c in _COMMON_SIMPLIFIED
        else 0.1
        if "\u4e00" <= c <= "\u9fff"
        else 0.0
    ),
    "cp932": _kana,
    "euc_jp": _kana,
    "cp949": lambda c: 0.8 if "\uac00" <= c <= "\ud7a3" else 0.0,
    "koi8-r": _russian,
    "cp1251": _russian,
    "cp866": lambda c: _russian(c) - 0.1,
}
