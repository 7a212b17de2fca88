"""How people ask for somebody higher in English."""

import re

_WANT = (
    r"(?:wants?|needs?|would like|'d like|wish|demand|request|require|insist|must|have to|ask(?:ing)?"
    r"|expect"
    r"|prefer|appreciate|hope)"
)
_HIGHER = (
    r"(?:(?:your|a|the|another|some|any|his|her) (?:line |duty |shift |support |team |service "
    r"|customer service )?"
    r"(?:manager|supervisor|superior|boss|team lead|team leader|director|head of \w+|management)"
    r"|(?:your )?(?:senior |upper )?management|supervisors?|(?:who|any|some)(?:one|body|ever)(?:'s| is"
    r"| from)? "
    r"(?:your |the |upper )?(?:(?:who is )?(?:more )?senior|management|higher(?: up)?|above you"
    r"|else in charge|in charge|with (?:more )?authority"
    r"|who can (?:actually )?(?:decide|help|make (?:a|this) decision)|who decides|with decision)"
    r"|(?:the )?(?:person|one) (?:in charge|responsible|who decides)|(?:a |the )?higher[- ]ups?"
    r"|the next level(?! of)|second[- ]level|tier (?:2|two|3|three)|head of (?:support|service"
    r"|customer \w+))"
)
_REACH = (
    r"(?:speak|talk|get|connect|connected|pass|passed|transfer|transferred|put|refer|referred|forward"
    r"|forwarded"
    r"|hand|handed|escalate|escalated|contact|call|call from|hear from|write to|raise|raised|bring|involve"
    r"|reach|take|taken|give|send|sent|have|see)"
)
ASKS = re.compile(
    # I want this escalated; we need an escalation
    rf"\b(?:I|we|my \w+|our \w+|us)\b.{{0,50}}?\b{_WANT}\b.{{0,60}}?\bescalat(?:e|ed|ion|ing)\b"
    # Please escalate; escalate this now
    r"|\b(?:please|kindly)\b.{0,40}?\bescalate\b"
    r"|^(?:so|and|then|ok|okay|just|now|again|therefore|hello|hi|\W)*\s*escalate (?:this|it|my|our|the"
    r"|immediately|now)\b"
    r"|\b(?:can|could|will|would|may) (?:you|this|it|we|I|some(?:one|body)|my \w+|our \w+"
    r"|the \w+)\b.{0,40}?"
    r"\bescalate(?:d)?\b"
    r"|\b(?:needs?|has|have|must|should|ought|got|deserves?) (?:to )?(?:be )?escalat(?:ed|ion|ing)\b"
    r"|\b(?:how|where) (?:do|can|could) (?:I|we) escalate (?:this|it|my|our|a (?:ticket|case|complaint))\b"
    r"|\b(?:this|it|consider (?:this|it)|treat (?:this|it)) (?:is|as)? ?(?:now )?(?:an?|my"
    r"|our) (?:formal |official )?"
    r"escalation\b"
    r"|\bescalat(?:e|ion)(?: \w+){0,3} (?:please|now|immediately|asap)\b"
    # Let me speak to your manager
    rf"|\b(?:{_WANT}|let (?:me|us)|can (?:I|we|you|some(?:one|body))|could (?:I|we|you|some(?:one|body))"
    r"|may (?:I|we)|would you|will you|please|kindly|I'll|is there|time to|put me|get me|give me|allow me"
    rf"|you to)\b.{{0,60}}?\b{_REACH}\b.{{0,30}}?\b{_HIGHER}\b"
    rf"|^(?:\W|so|and|then|now|just|ok)*(?:get|give|put|pass|transfer|connect|forward|hand) (?:me|us"
    rf"|this|it)\b"
    rf".{{0,30}}?\b{_HIGHER}\b"
    r"|\bwho(?:'s| is) (?:your|the) (?:manager|supervisor|boss|superior)\b(?! (?:of|for|in|at)\b)"
    r"|\bwho can I (?:complain|escalate) to\b"
    rf"|\b(?:want|need|demand|request)\b.{{0,20}}?\b(?:your manager|a manager|a supervisor"
    rf"|your supervisor|your boss)\b"
    rf"|\b(?:take|taking|bring|bringing|raise|raising|push|move) (?:this|it|the \w+|my \w+|our \w+) "
    r"(?:\w+ )?(?:higher|further up|up the (?:chain|ladder|line)|to (?:the next level"
    r"|your (?:management|manager"
    r"|boss|supervisor|superiors?|director|head)))\b"
    rf"|\b(?:I|we)(?:'m|'d| am| are| would| really| must| do| \w+ly)*\b.{{0,15}}?\b(?:want|need|like"
    rf"|demand|request(?:ing)?|require|insist(?:ing)?"
    r"|ask(?:ing)?|expect|wish|time)\b.{0,60}?\b(?:(?:your|a|any|some) (?:\w+ )?(?:manager|supervisor"
    r"|superior|boss|management)"
    r"|(?:some(?:one|body)|who(?:m)?ever) (?:\w+ )?(?:senior|higher|runs|in charge|decides"
    r"|who (?:can )?decides?)|senior (?:colleague|person|agent|manager))\b"
    r"|\b(?:please|can you|could you|kindly)\b.{0,50}?\b(?:your (?:manager|supervisor|superior|boss"
    r"|management)|a senior (?:colleague|person|agent))\b"
    r"|\bgo(?:ing)? over your head\b"
    r"|\b(?:requesting|request for|asking for|demanding) (?:an? |immediate |urgent )*escalation\b"
    r"|^\W*(?:urgent |immediate )?escalation (?:is )?(?:requested|required|needed|please)\b"
    rf"|\b(?:{_WANT}|can|could|please|has to|must|should)\b.{{0,50}}?\b(?:look(?:ed)? (?:at|into)"
    rf"|review(?:ed)?|handled|taken over"
    rf"|seen|answered|decided|dealt with|approved)\b.{{0,20}}?\bby {_HIGHER}"
    rf"|\b(?:{_WANT}|can|could|would|will|please|have"
    rf"|let)\b.{{0,20}}?\b{_HIGHER} (?:to )?(?:please )?(?:get in touch|call|ring|phone|contact"
    r"|respond|reply|answer|write|look|take over|step in|on the (?:phone|line)|review)\b"
    rf"|\b(?:is there|isn't there|have you got|do you have) {_HIGHER}"
    r"|\b(?:make|file|lodge|raise|submit|register|open|consider this)\b.{0,15}?\b(?:a |an )?(?:formal"
    r"|official) complaint\b",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:no need|no reason|not|never|without|rather than|instead of|before|avoid(?:ing)?"
    r"|nothing)\b.{0,40}?"
    r"\b(?:escalat|manager|supervisor|superior|boss|management|higher|complaint|lead\b|director)"
    r"|n't\b.{0,40}?\b(?:escalat|manager|supervisor|superior|boss|management|higher|complaint|director)"
    r"|\b(?:thank(?:s| you)|glad|happy|grateful|pleased|appreciate)\b.{0,30}?\b(?:that|for|you(?:'ve"
    r"| have)?)\b.{0,20}?"
    r"\bescalat"
    r"|\b(?:was|were|is being|has been|have been|had been|already|been|got) (?:already )?escalated\b"
    r"|\bescalat\w+ (?:\w+ )?(?:privileges?|rights|permissions|costs?|prices?|policy|policies|ladder|matrix"
    r"|feature|settings?|button|rules?|path|module|report|screen|tab|of (?:privileges|costs|prices))\b"
    r"|\b(?:privilege|cost|price|conflict|war) escalation\b|\b(?:costs?|prices?|fees?|conflict|situation) "
    r"(?:\w+ ){0,2}escalat"
    r"|\b(?:my|our|own|account|product|project|success|password|task|device|file|warehouse|package"
    r"|store|window|shop"
    r"|tag|key|office|logistics|purchasing|it) (?:\w+ )?(?:manager|boss|supervisor|director"
    r"|lead)\b(?! (?:wants?|needs|asks|insists|told)\b.{0,30}escalat)"
    r"|\b(?:spoke|talked|was talking|was put through|escalated this myself|spoken|met)\b"
    r"|\b(?:yesterday|last (?:week|month|year)|in the past|earlier this (?:week"
    r"|month))\b.{0,40}\b(?:escalated|spoke)"
    r"|\bhow (?:does|do) (?:your|the|an?) escalation|\b(?:user|admin) (?:can|could|should)\b"
    r"|\bif (?:it |this |that )?(?:is )?(?:needed|necessary|required)\b",
    re.IGNORECASE,
)
DEPENDS = re.compile(
    r"\b(?:if|unless|otherwise|or else|should (?:this|it|you))\b.*?\b(?:will|'ll|shall|would|going to"
    r"|have to|forced to"
    r"|might|may|need to|must)\b.*?\b(?:escalat|manager|supervisor|management|higher|complaint)"
    r"|\b(?:escalat\w*|manager|supervisor|management|complaint|higher)\b[^,;]*?\b(?:if|unless|in case"
    r"|once|when) "
    r"(?!you (?:please|would)|possible|I may|we may)"
    r"|\b(?:might|may|maybe|perhaps|eventually|at some point|later)\b.{0,30}?\b(?:escalat|your manager"
    r"|complaint)"
    r"|\bif\b[^,;]*\bescalat\w*\b[^,;]*,",
    re.IGNORECASE,
)
