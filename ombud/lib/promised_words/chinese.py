"""How people promise in Chinese."""

import re

from .moments import Ahead, Clock, Date, Part, Span, Week, Weekday

_DO = (
    r"(?:回电|打电话|致电|去电|回复|答复|联系|发送|发给|发到|寄出|寄给|处理|解决|修复|修好|完成|告知|告诉|通知|"
    r"反馈|更新|跟进|给出|提供|退款|确认|回信|发邮件|回邮件|交付|补发|上线|说明)"
)
COMMITS = re.compile(
    rf"(?:我们|我|咱们|这边)(?:[^，。；！？]{{0,30}}?){_DO}"
    r"|您(?:[^，。；！？]{0,20}?)(?:会|将|可以|就能)?(?:[^，。；！？]{0,10}?)(?:收到|拿到|得到)"
    r"|(?:保证|承诺)[^，。；！？]{0,20}"
)
REFUSES = re.compile(
    r"如果|要是|假如|倘若|若|一旦|除非|等您|等你|您?提供[^，。]{0,12}(?:后|之后)|收到您|收到你|待您|可能|也许|大概|尽量|"
    r"争取|希望|应该|不能|无法|不会|没法|没办法|不了|恐怕|吗|是否|昨天|前天|已经|已于|每天|每周|您说|你说|视情况"
)
OUR_TIME = re.compile(r"我们(?:这边|这里|当地)?(?:的)?时间|我方时间")

_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_DAYS = {
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "五": 4,
    "六": 5,
    "日": 6,
    "天": 6,
    **{str(n + 1): n for n in range(6)},
}
_NUMBER = r"(\d{1,3}|[零一二两三四五六七八九十半]{1,3})"
_UNITS = {"分": 60, "小": 3600, "个小": 3600, "钟": 3600, "天": 86_400, "日": 86_400}


def _number(said):
    """11 and 十一, 二十 and 两."""
    if said.isdigit():
        return int(said)
    if said == "半":
        return 0.5
    tens, ten, ones = said.rpartition("十")
    if not ten:
        return _DIGITS.get(said[-1], 0)
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _span(match):
    return Span(round(_number(match[1]) * _UNITS[match[2]]))


def _clock(match):
    hour = _number(match["h"])
    minute = 30 if match["half"] else 45 if match["quarter"] == "三刻" else 15 if match["quarter"] else 0
    minute = minute or (_number(match["m"]) if match["m"] else 0)
    return Clock(int(hour), int(minute), exact=hour >= 13) if hour <= 24 else None


TIMES = [
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_NUMBER}\s*(?:个)?\s*(小|分)(?:时|钟)?\s*(?:钟)?(?:之)?(?:以)?(?:内|后)", _span),
        (rf"{_NUMBER}\s*(?:个)?(?:工作)?(天|日)(?:之)?(?:以)?内", _span),
        (r"大后天", lambda m: Ahead(3)),
        (r"后天", lambda m: Ahead(2)),
        (r"明天|明日|明(?=[早晚])", lambda m: Ahead(1)),
        (r"今天|今日|今(?=[早晚])", lambda m: Ahead(0)),
        (r"(?P<next>下)(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-6])",
         lambda m: Weekday(_DAYS[m["day"]], following=True)),
        (r"(?:本|这)?(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-6])(?!个|小)",
         lambda m: Weekday(_DAYS[m["day"]])),
        (r"下(?:个)?(?:周|星期|礼拜)", lambda m: Week(1)),
        (r"(?:本|这)(?:个)?(?:周|星期|礼拜)(?:末|内|之内)?", lambda m: Week(0)),
        (r"(?P<mon>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]",
         lambda m: Date(_number(m["mon"]), _number(m["d"]))),
        (r"下班前|下班之前", lambda m: Part(18)),
        (r"下午", lambda m: Part(18)),
        (r"上午|早上|早晨|早", lambda m: Part(12)),
        (r"晚上|傍晚|晚", lambda m: Part(21)),
        (r"中午", lambda m: Clock(12, exact=True)),
        (r"(?P<h>\d{1,2}|[零一二两三四五六七八九十]{1,3})(?:点钟?|时)(?:(?P<half>半)|(?P<quarter>[一三]刻)"
         r"|(?P<m>\d{1,2}|[零一二三四五六七八九十]{1,3})分?)?",
         _clock),
        (r"(?P<h>\d{1,2})[:：](?P<m>[0-5]\d)(?P<half>)(?P<quarter>)", _clock),
    )
]  # fmt: skip
