"""Questions that lean on earlier ones, made to stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from askmobility.answers.smalltalk import small_talk
from askmobility.search.framing import question_in
from askmobility.search.kinds import is_asked, kind_of, plain
from askmobility.search.names import Mention, NameBook, somebody_in
from askmobility.search.question import Question, understand
from askmobility.search.words import content_stems, is_stop, stem, tokens

Items = Callable[[str], Sequence[str]]

# kept as text, not compiled: without history none of them is needed
_OPENING = (
    r"(?i)^(?:(?:ok|okay|right|so|and|but|also|then|yes|yeah|no|hmm|well|sorry|oh|great|thanks)"
    r"[,.!]* )*"
)
_ELLIPSIS = (
    _OPENING + r"(?:(?:what|how) about|and(?: what about)?|as for|same (?:question )?for|"
    r"i mea?nt?|not \w+(?: \w+)?, (?:but )?|back to) (?P<about>.+?)(?: one)?[?.! ]*$"
)
_MEANT = _OPENING + r"i mea?nt?\b"
_CLAUSE = (
    _OPENING + r"(?:(?:what|how) about|and|as for) (?P<who>[^,]{1,60}), "
    r"(?P<before>[^,]*?\b)(?:he|she|they|it)\b(?P<after>[^,]*?)[?.! ]*$"
)
_OTHER = r"(?i)^(?:the )?other (?P<name>[\w'’-]+)$"
_MORE = (
    _OPENING
    + r"(?:(?:can you )?(?:tell|give|show) me (?:some )?more(?: about (?:it|that|this|them))?|"
    r"more(?: please| details?| info(?:rmation)?| about (?:it|that|this|them))?|go on|"
    r"(?:what|anything) else(?: does it say)?|elaborate|expand on that|say more)[?.! ]*$"
)
_ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "eighth": 7, "ninth": 8,
    "tenth": 9, "last": -1, "final": -1, "latter": -1, "former": 0,
}  # fmt: skip
_ORDINAL = (
    rf"(?i)\b(?:the )?(?P<which>{'|'.join(_ORDINALS)})(?: (?P<one>one|point|item|thing|of (?:them|"
    rf"those|"
    r"these)))?(?=[?.! ]*$| ?[,?]|['’]s| (?:is|was|mean|say|about|in|involve|sounds|looks|seems))"
)
# what asks for more of it, whatever it is
_EAGER = (
    r"(?i)\b(?:(?:sounds|looks|seems) (?:\w+ )?(?:interesting|good|great|relevant|useful|key)|"
    r"(?:go|dig) (?:deeper|further)|elaborate|expand|(?:tell|give|show) (?:me|us) more|"
    r"more (?:details?|info))\b"
)
_HE = r"(?i)\b(?P<word>he|she|him|her|hers|his)(?P<short>['’](?:s|d|ll|ve))?\b(?= (?P<next>\w+))?"
_SPELT_OUT = {"s": "’s", "d": " would", "ll": " will", "ve": " has"}
_IT = (
    r"(?i)\b(?:it|its|it['’]s|they|they['’](?:re|ve|d|ll)|them|their|theirs|those|these|"
    r"(?:which|the|new|another|main|each|last|other) ones?|one(?=[?.! ]*$)|"
    r"(?:is|was|does|did|do|of|about|like|from|to|for|with|than|on|at|by|after|before|why|how|"
    r"cover|trust|believe|is all) (?:that|this|so)(?=[?.! ]*$| (?:is|was|and|as|in|by|then|than|"
    r"compare\w*|to|on|too|more|less|better|worse|keep|mean|cover|save|improve|depend|set|come|"
    r"the|a|up|stop|include|help|work)\b)|that['’]s|(?:that|this|so|then|there)(?=[?.! ]*$))\b|"
    r"\b(?:up|out|in|over|work|works|based|live|go|goes|get|from) there\b"
)
# after an auxiliary "that" points back, whatever verb or noun comes after it
_THAT = r"(?i)\b(?:is|was|does|did|do|has|had|have|will|would|can|could|should) that\b"
_BESIDES = r"(?i)\b(?:else|too|instead)\b"
# parts of a whole, and superlatives of some set, that only an earlier question names
_PART_OF = (
    r"(?i)\b(?:the|that|this) (?:figures?|numbers?|total|rest|remainder|others|split|breakdown)\b|"
    r"\b(?:is|are|was|were) (?:the )?(?!(?:inter|requ|for|prot|cont|harv|arr|inqu)est)"
    r"(?:\w{3,}est|best|worst)(?: (?:bit|one|part|thing)s?)?[?.! ]*$"
)
_ASKS_WHO = (
    r"(?i)^(?:so |and |but )*(?:who(?P<is>['’]?s| is| was)?|(?P<which>which \w+)) "
    r"(?P<did>.+?)[?.! ]*$"
)
_AUXILIARY = r"(?i)(?:is|are|was|were|did|do|does|has|can|will)\b"
# "it" that is the document, or nothing at all
_EXPLETIVE = (
    r"(?i)\b(?:does|did) (?:it|they) (?:say|mention|cover|recommend|talk)\b|\bhow come\b|"
    r"\bis it (?:true|right|possible|ok|okay)\b|\bone of the\b|\bno ?one\b"
)
_PREPOSITION = r"(?i)^(?:in|at|for|by|with|about|on|from|to|under|over|after|before) "
# asked of the documents as they are, however short
_WHOLE = ("summary", "figures", "headings", "speakers", "definition")
_TIME = (
    r"(?i)^(?:(?:the )?(?:year|month|week|day|time|one) (?:before|after)|(?:last|next|"
    r"this) (?:year|"
    r"month|week|time|summer|winter|spring|autumn)|(?:in )?(?:19|20)\d\d|now|then|today|before|"
    r"previously)\b"
)
_IDENTITY = (
    r"(?i)^(?P<head>(?:what|who|where)(?:['’]s| is| are| was|"
    r" were) )(?P<noun>[^,?]+?)(?P<end>\??)$"
)
_COUNTED = (
    r"(?i)^(?P<head>(?:how many|which|what) )(?P<noun>.+?) "
    r"(?P<rest>(?:are|is|were|was|do|does|did|have|has|had|will|would|can|could)\b.*)$"
)
_LOOKED_FOR = r"(?i)^(?:is|are|was|were) there (?:[\w'’]+ ){0,3}?(?:about|on|regarding) "
_PROPER = r"\b[A-Z][\w'’&-]*(?: (?:of|the|and|&) (?=[A-Z])| [A-Z][\w'’&-]*)*"


def standalone(
    question: str, history: Sequence[str], names: NameBook, items: Items | None = None
) -> str | None:
    """The question as it stands by itself, or None if it stands by itself already.

    history: the earlier questions, oldest first. A complete question is never changed.
    items: what the answer to an earlier question listed, in order; for "the second one".
    """
    understood: list[Question] = []
    for earlier in history:
        asked = question_in(earlier)
        if any(c.isalnum() for c in asked):
            stands = _understood(asked, understood, names, items) or asked
            understood.append(understand(stands, names))
    if not understood:
        return None
    asked = question_in(question)
    if not any(c.isalnum() for c in asked) or small_talk(asked):
        return None
    whole = _understood(asked, understood, names, items)
    return None if whole is None else _as_question(whole)


def _understood(
    asked: str, history: Sequence[Question], names: NameBook, items: Items | None
) -> str | None:
    """One question read after others that stand by themselves."""
    if not history:
        return None
    listed = _of_a_list(asked, history, items)
    if listed is not None:
        return listed
    last = history[-1]
    if re.match(_MORE, asked):
        return last.text if last.speakers else f"Tell me more about {last.topic or last.text}"
    bare = _bare_mention(asked, names)
    ellipsis = re.match(_ELLIPSIS, asked)
    about = bare or (ellipsis["about"] if ellipsis else None)
    clause = re.match(_CLAUSE, asked)
    if clause and is_asked(clause["before"]) and not is_asked(clause["who"]):
        who = _with_named_people(clause["who"], history, names, items) or clause["who"]
        meant = clause["before"] + who + clause["after"]
        return _in_context(meant, history) or meant
    if about is not None and (bare or not is_asked(about) or re.match(_MEANT, asked)):
        return _swapped(about, history, names)
    return _with_antecedents(asked, history, names, items)


# --- "the second one" -----------------------------------------------------------------------


def _of_a_list(asked: str, history: Sequence[Question], items: Items | None) -> str | None:
    """A question about one item of a list that an earlier answer gave."""
    ordinal = re.search(_ORDINAL, asked)
    if ordinal is None or not (ordinal["one"] or _is_only(asked, ordinal)):
        return None
    place = _ORDINALS[ordinal["which"].lower()]
    for earlier in reversed(history):
        listed = items(earlier.text) if items is not None else ()
        if len(listed) > max(place, 1 if place < 0 else place):
            item = listed[place].strip(" .;,")
            return _in_place(asked, ordinal, item)
    noun = history[-1].topic or history[-1].text.strip("?")
    return _in_place(asked, ordinal, f"the {ordinal['which'].lower()} of the {noun}")


def _is_only(asked: str, ordinal: re.Match[str]) -> bool:
    """Whether the ordinal is all that is asked: "and the second?"."""
    rest = asked[: ordinal.start()] + asked[ordinal.end() :]
    return not content_stems(rest)


def _in_place(asked: str, ordinal: re.Match[str], item: str) -> str:
    before, after = asked[: ordinal.start()], asked[ordinal.end() :]
    if not content_stems(re.sub(_EAGER, " ", before + after)) and not re.search(
        r"\bwhy|how|when|who|where\b", before
    ):
        return f"Tell me about {item}"
    return f"{before}{item}{after}"


# --- "and Lee?" ------------------------------------------------------------------------


def _bare_mention(asked: str, names: NameBook) -> str | None:
    """The words of a question that is nothing but somebody's name or office."""
    words = asked.strip(" ?.!")
    if len(words.split()) > 5 or is_asked(words):
        return None
    mention = names.resolve(words)
    known = mention is not None and mention.known and mention.form != "organisation"
    return words if known and mention is not None and len(mention.text) > len(words) / 2 else None


def _swapped(about: str, history: Sequence[Question], names: NameBook) -> str:
    """The last question with what it was about exchanged."""
    last = history[-1]
    other = re.match(_OTHER, about)
    if other:
        return _with_other(other["name"], last, names)
    mention = None if re.match(r"(?:the )?other\b", about) else names.resolve(about)
    if mention is not None and _is_speaker(mention, last):
        return _with_person(mention, history)
    placed = _of_a_place(about, names) if _asks_each(history) else None
    return _with_topic(about, last) if placed is None else _with_person(placed, history)


def _asks_each(history: Sequence[Question]) -> bool:
    """Whether one person after another is asked for words on the same thing, or on anything."""
    last = history[-1]
    if last.kind != "statement" or not _persons(last):
        return False
    return not last.topic or (len(history) > 1 and history[-2].topic == last.topic)


def _of_a_place(about: str, names: NameBook) -> Mention | None:
    """The one person quoted whose office or body is of the place named: "and Dunmoor?"."""
    place = re.sub(r"(?i)^the ", "", about)
    if len(place.split()) > 4:
        return None
    mention = names.resolve(f"the {place} one")
    if mention is None or mention.form != "role" or len(mention.people) != 1:
        return None
    return mention if mention.quoted else None


def _is_speaker(mention: Mention, last: Question) -> bool:
    """Whether a mention is of somebody to be asked about in place of another."""
    if mention.form == "organisation" or not (mention.known or mention.certain):
        return any(m.speaks and m.form == "organisation" for m in last.mentions)
    return True


def _with_other(name: str, last: Question, names: NameBook) -> str:
    """The last question asked of another person of the same name."""
    heard = [person for mention in last.mentions for person in mention.people]
    mention = names.resolve(name)
    others = [p for p in (mention.people if mention else ()) if p not in heard]
    if not last.mentions:
        return f"What did {others[0].speaker.name if others else name} say?"
    return _exchanged(last, last.mentions[0], others[0].speaker.name if others else name)


def _with_person(mention: Mention, history: Sequence[Question]) -> str:
    """The latest question about somebody, asked of somebody else."""
    called = _called(mention)
    for question in reversed(history):
        if any(m.known or m.speaks for m in question.mentions):
            spoken = [m for m in question.mentions if m.speaks] or list(question.mentions)
            return _exchanged(question, spoken[0], called)
    topic = history[-1].topic
    return f"What did {called} say about {topic}?" if topic else f"What did {called} say?"


def _exchanged(question: Question, mention: Mention, called: str) -> str:
    text = question.text
    before = text[: mention.start]
    if re.match(r"the ", called, re.IGNORECASE):
        before = re.sub(r"\bthe $", "", before, flags=re.IGNORECASE)
    elif called[:1].isupper():
        before = re.sub(r"\b(?:the|an?) $", "", before, flags=re.IGNORECASE)
    return before + called + text[mention.end :]


def _called(mention: Mention) -> str:
    """What to call somebody in a question: the full name of one person, else the asker's words."""
    name = mention.people[0].speaker.name if len(mention.people) == 1 else ""
    if name and (mention.form != "name" or len(name.split()[0]) > 1 < len(name.split())):
        return name
    if mention.form == "name" or mention.text.lower().startswith("the "):
        return mention.text
    return f"the one {mention.text}" if mention.text.startswith("in ") else f"the {mention.text}"


def _with_topic(about: str, last: Question) -> str:
    """The last question with another topic, place or time."""
    text = last.text.rstrip("?.! ")
    about = re.sub(r"^(?:just|only|even) ", "", about)
    preposition = re.match(_PREPOSITION, about)
    if preposition:
        at = text.lower().rfind(f" {preposition.group().lower()}")
        return (text[:at] if at > 0 else text) + f" {about}"
    if last.kind in ("statement", "summary"):
        at = text.lower().rfind(" about ")
        return (text[:at] if at > 0 else text) + f" about {about}"
    if re.match(_TIME, about):
        return f"{text}, {about}"
    if about[:1].isupper() or about.lower().startswith("the "):
        proper = [found for found in re.finditer(_PROPER, text) if found.start() > 0]
        if len(proper) == 1 and any(word[:1].isupper() for word in about.split()):
            before = text[: proper[0].start()]
            if about.lower().startswith("the "):
                before = re.sub(r"\bthe $", "", before, flags=re.IGNORECASE)
            return before + about + text[proper[0].end() :]
    for shape in (_IDENTITY, _COUNTED):
        found = re.match(shape, text)
        if found and len(content_stems(found["noun"])) <= 3:
            return found["head"] + about + (f" {found['rest']}" if shape is _COUNTED else "")
    return f"{text}: {about}"


# --- "what did she say about it?" -----------------------------------------------------------


def _with_antecedents(
    asked: str, history: Sequence[Question], names: NameBook, items: Items | None
) -> str | None:
    """The question with its pronouns and its silence filled from earlier ones."""
    whole = _with_named_people(asked, history, names, items)
    if not (_leans(asked, names) if whole is None else _leans_though_named(asked)):
        return whole
    return _in_context(whole or asked, history) or whole


def _in_context(asked: str, history: Sequence[Question]) -> str | None:
    """The question with what the last one was about in brackets behind it, unless it says so."""
    text = asked.rstrip("?.! ")
    context = _context(history, text)
    return f"{text} ({context})" if context else None


def _with_named_people(
    asked: str, history: Sequence[Question], names: NameBook, items: Items | None
) -> str | None:
    """The question with its first "he", "she" or form of them replaced by whom it stands for."""
    first = re.search(_HE, asked)
    if first is None:
        return None
    if somebody_in(asked[: first.start()].lower()) or any(
        mention.start < first.start() for mention in names.mentions(asked)
    ):
        return None
    called = _somebody(history, names, items)
    if called is None:
        return None
    return asked[: first.start()] + _in_place_of(first, called) + asked[first.end() :]


def _in_place_of(pronoun: re.Match[str], called: str) -> str:
    word, following = pronoun["word"].lower(), pronoun["next"]
    owns = word in ("his", "hers") or (
        word == "her" and following is not None and not is_stop(following)
    )
    return called + ("’s" if owns else _SPELT_OUT.get((pronoun["short"] or "")[1:], ""))


def _somebody(history: Sequence[Question], names: NameBook, items: Items | None) -> str | None:
    """Who "he" or "she" is: whom the latest question that has somebody speaks of or asks for."""
    for question in reversed(history):
        asks_who = _asks_who(question)
        if asks_who:
            called = _answering(question, names, items)
            if called is not None:
                return called
            if not re.match(_AUXILIARY, asks_who["did"]) and not asks_who["is"]:
                return f"the one who {asks_who['did']}"
        persons = _persons(question)
        if persons:
            named = len(persons) == 1 and not (asks_who and asks_who["is"])
            return _called(persons[0]) if named else None
    return None


def _persons(question: Question) -> list[Mention]:
    """The persons a question speaks of; those whose words it asks for, if any are."""
    spoken = [m for m in question.mentions if m.speaks] or question.mentions
    return [m for m in spoken if m.form in ("name", "role")]


def _asks_who(question: Question) -> re.Match[str] | None:
    """The words of a question for somebody whom it does not itself name."""
    asks = re.match(_ASKS_WHO, question.text)
    persons = _persons(question)
    if asks is None or (asks["which"] and persons):
        return None
    if asks["is"] and len(persons) == 1:
        before = question.text[asks.start("did") : persons[0].start]
        return asks if content_stems(before) else None
    return asks


def _answering(question: Question, names: NameBook, items: Items | None) -> str | None:
    """Whom the best sentence on a question names, if it is one person and not in the question."""
    heard = {person for mention in question.mentions for person in mention.people}
    for sentence in (items(question.text) if items is not None else ())[:1]:
        named = [m for m in names.mentions(sentence) if m.form == "name" and m.known]
        new = [m for m in named if not heard & set(m.people)]
        if len({m.people for m in new}) == 1:
            return _called(new[0])
    return None


def _leans_though_named(asked: str) -> bool:
    """Whether words are missing from a question even with its "he" or "she" replaced."""
    points_back = re.search(_IT, re.sub(_EXPLETIVE, " ", asked)) or re.search(_BESIDES, asked)
    return bool(points_back) and len(content_stems(asked)) <= 3


def _leans(asked: str, names: NameBook) -> bool:
    """Whether words are missing from the question that only earlier ones hold."""
    own = len(content_stems(asked))
    leans = _points_back(asked)
    names_part = own <= 2 and bool(re.search(_PART_OF, asked))
    kind = kind_of(plain(asked), somebody_speaks=False)
    defines = kind == "definition" and (names_part or (leans and own <= 2))
    if kind in _WHOLE and not defines:
        return False
    if any(mention.speaks or mention.form == "name" for mention in names.mentions(asked)):
        return False
    if leans or names_part or re.match(r"(?:and|so|but|then|or)\b", asked, re.IGNORECASE):
        return own <= 4
    return own == 0 or (own == 1 and len(tokens(asked)) <= 3)


def _points_back(asked: str) -> bool:
    """Whether a pronoun, or a word like one, stands for something said before."""
    rest = re.sub(_EXPLETIVE, " ", asked)
    leaning = re.search(_IT, rest) or re.search(_HE, rest)
    if leaning and not somebody_in(rest[: leaning.start()].lower()):
        return True
    return bool(re.search(_THAT, rest))


def _context(history: Sequence[Question], asked: str) -> str:
    """What the last question was about, as far as the new one does not say so itself.

    A question who somebody is was about nothing else, so the one before it counts. Where the last
    one leant on another, what it leant on counts too. To ask who is to ask for somebody new.
    """
    last = next((q for q in reversed(history) if not _only_who(q)), history[-1])
    first = last.parts[0] if last.parts else last
    spoken = [_called(m) for m in first.mentions if m.speaks and m.form != "organisation"]
    topic = _own_topic(first.topic if spoken else _subject(first))
    if topic and kind_of(plain(asked), somebody_speaks=False) == "who":
        spoken = []
    said = {stem(token.text) for token in tokens(asked)}
    words = [name for name in spoken if stem(name.split()[-1]) not in said]
    if topic and any(term not in said for term in content_stems(topic)):
        words.append(topic)
    return re.sub(r"[()]", "", ", ".join(words))


def _own_topic(topic: str) -> str:
    """A topic without what it leant on, behind it in brackets, unless it says little by itself."""
    own = re.sub(r"\s*\(.*\)$", "", topic)
    return own if len(content_stems(own)) > 2 else re.sub(r" \((\w+ .*)\)$", r", \1", topic)


def _subject(question: Question) -> str:
    """What a question was about: the noun it asks for, or the question itself."""
    text = question.text.rstrip("?.! ")
    looked_for = re.match(_LOOKED_FOR, text)
    if looked_for:
        return text[looked_for.end() :]
    if (
        question.kind == "definition"
        or re.match(_IDENTITY, text)
        or text.startswith("Tell me about")
    ):
        return question.topic if len(question.terms) > 1 else text
    return text[:1].lower() + text[1:] if is_stop(text.split()[0].split("'")[0]) else text


def _only_who(question: Question) -> bool:
    return question.kind == "who" and any(mention.known for mention in question.mentions)


def _as_question(text: str) -> str:
    """The text as one question: a capital in front, a question mark behind."""
    text = re.sub(_OPENING, "", " ".join(text.split()))
    text = text[:1].upper() + text[1:]
    if text.startswith(("Tell me", "List", "Name", "Give", "Show")):
        return text.rstrip("?.! ")
    return text.rstrip("?.! ") + "?"
