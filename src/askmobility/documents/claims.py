"""Who is said to speak in one sentence: "X, Role, said", "said X", "X: ...", "... (X, 42)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from askmobility.documents.names import NO_NAME, ROLE_NOUN, TITLE, Named, names
from askmobility.documents.people import PREPOSITION, VERBAL, introduced
from askmobility.documents.quotes import QUOTED
from askmobility.documents.verbs import FRAMING, VERB

BETWEEN = re.compile(
    r"(?:\s+(?:also|then|later|has|have|had|himself|herself|always|often|once|previously|today|"
    r"yesterday|recently|simply|still|just|never|again|would|does|did|not|[a-z]+ly|"
    r"(?:on|last|this)\s+[A-Z]?[a-z]+day))*\s*$"
)
PRONOUN = re.compile(r"(?:^|[\s,;(”\"’—–])(he|she|they|it|I|we)$", re.IGNORECASE)
ROLE_SUBJECT = re.compile(
    r"(?:^|[\s,;(—–])((?:the|a|an|one|another|its|his|her|their|our|my)\s[^,;:“”]{2,70})$",
    re.IGNORECASE,
)
APPOSED = re.compile(
    r"\)?\s*(?:\([^)]*\))?(?:\s+(?:of|from|at|for|in)\s[^,]{1,90})?"
    r"(?:\s*,\s*(?:(?P<apposed>.+?))?,?)?\s*$",
    re.DOTALL,
)
APPOSITION_STARTS = re.compile(
    r"(?:a|an|the|its|their|our|his|her|now|then|formerly|former|himself|herself|both|also|one of|"
    r"whose|who|which|of|from|at|for|on|aged|[a-z]{2,}(?:ing|ed))\b|\d",
    re.IGNORECASE,
)
APPOSED_ROLE = re.compile(r"(?:, [^,]{1,60}(?<!ed),?)?")
# "a spokesperson for the operator Rapide": a name behind these is a body's
SPOKEN_FOR = re.compile(r"\bspokes\w+\s+(?:for|of|from|at)\s+[^,;:]*$", re.IGNORECASE)
PASSIVE = re.compile(
    r"\b(?:be|been|being|is|was|were|are|gets?|got|to|having|as)\s+(?:[a-z]+ly\s+)?$"
)
AFTER_QUOTE = re.compile(r"[”\"’']\s*$")
# behind the quotation that a sentence opens with, whatever verb is before a name is one of saying
INVERTED = re.compile(r"\W?\x00{15,}[”\"’']\s+(?P<verb>[a-z]{3,}(?:s|ed))(?=\s+[A-Z])")
OTHER_CLAUSE = re.compile(r",\s+(?:while|whereas|but)\s")
# what a body is: "Northam Rubber, which has 40 staff, said"
TOLD_OF = re.compile(r",\s+which\b[^:;“”\"\x00]{2,140},$")
CLOSING_SIGNATURE = re.compile(
    r"[”\"’]\s*[.]?\s*(?:[–—-]+\s*|\()(?P<who>[^\x00()]{2,100})\)?\.?\s*$"
)
QUESTION = re.compile(
    r"(?:Has|Have|Had|Did|Does|Do|Is|Was|Will|Would|Should|Could|Can|What|Why|How|When|Who)\b"
    r"[^\x00“\"]*\?"
)
ACCORDING = re.compile(r"\b[Aa]ccording to\s")
IN_HIS_VIEW = re.compile(r"\b[Ii]n (his|her) (?:own )?(?:opinion|view|words)\b")
LABEL = re.compile(r"(?P<who>[^:“”\"\x00]{1,140}):\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whoever a sentence makes the speaker, as worded."""

    kind: Literal["named", "pronoun", "role", "organisation"]
    words: str
    named: Named | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One place in a sentence that says who speaks."""

    subject: Subject
    start: int  # of the verb, or of the name where there is no verb
    end: int
    framing: bool  # a verb that frames quotations, or a colon
    by: Literal["verb", "label", "signature"] = "verb"


def claims(masked: str, start: int, end: int, common: frozenset[str]) -> list[Claim]:
    """Every claim of one sentence, in order. `masked` has its quotations masked."""
    found: list[Claim] = []
    if QUESTION.fullmatch(masked, start, end):
        return found
    label = labelled(masked, start, end, common)
    if label is not None:
        found.append(label)
    for verb in VERB.finditer(masked, start, end):
        if is_coordinated(masked, found[-1].end if found else start, verb.start()):
            subject = found[-1].subject if found else leading_subject(masked, start, end, common)
        else:
            subject = subject_of(masked, start, end, verb.start(), verb.end(), common)
        if subject is not None:
            found.append(Claim(subject, verb.start(), verb.end(), verb.group() in FRAMING))
    found += inverted(masked, start, end, common)
    for phrase in ACCORDING.finditer(masked, start, end):
        source = subject_behind(masked, phrase.end() - 1, end, common)
        if source is not None:
            found.append(Claim(source, phrase.start(), phrase.end(), True))
    for phrase in IN_HIS_VIEW.finditer(masked, start, end):
        pronoun = "he" if phrase.group(1) == "his" else "she"
        found.append(Claim(Subject("pronoun", pronoun), phrase.start(), phrase.end(), True))
    closing = CLOSING_SIGNATURE.search(masked, start, end)
    if closing and not found:
        signature = signed(masked, closing.start("who"), closing.end("who"), common)
        found += [signature] if signature is not None else []
    return found


def inverted(masked: str, start: int, end: int, common: frozenset[str]) -> Iterator[Claim]:
    """ "...,” counters Jo Lee": verbs that tell who speaks by where they stand."""
    match = INVERTED.match(masked, start, end)
    if match is None or VERB.match(masked, match.start("verb")):
        return
    behind = subject_behind(masked, match.end(), end, common)
    if behind is not None:
        yield Claim(behind, match.start("verb"), match.end(), True)


def is_coordinated(masked: str, start: int, verb: int) -> bool:
    """ "welcomed the scheme but said": whether a verb shares the subject of the one before."""
    return re.search(r"\b(?:and|but|then|or)\s*$", BETWEEN.sub("", masked[start:verb])) is not None


def leading_subject(masked: str, start: int, end: int, common: frozenset[str]) -> Subject | None:
    """ "The leader, Jo Lee, would like a room but says ...": the person a sentence opens with."""
    pronoun = re.match(r"(He|She)\b", masked[start:end])
    if pronoun:
        return Subject("pronoun", pronoun.group(1).lower())
    office = re.match(r"The (?:[A-Z]\w+ ?)+", masked[start:end])
    if office:
        return Subject("role", office.group().strip())
    for candidate in names(masked, start, end, common):
        found = introduced(masked, start, end, candidate)
        if found is not None and found.span.start <= start + 4:
            return Subject("named", candidate.name, candidate)
        break
    return None


def subject_of(
    masked: str, start: int, end: int, verb_start: int, verb_end: int, common: frozenset[str]
) -> Subject | None:
    """The subject of a verb of saying, before or behind it."""
    left = masked[start:verb_start]
    if PASSIVE.search(left):
        return agent(masked, verb_end, end, common) if "ed" in masked[verb_start:verb_end] else None
    if AFTER_QUOTE.search(left):
        behind = subject_behind(masked, verb_end, end, common)
        if behind is not None:
            return behind
    bare = BETWEEN.sub("", left)
    before = subject_before(masked, start, start + len(bare), common)
    if before is None and re.search(r"(?:^|,)\s*$", left):
        return subject_behind(masked, verb_end, end, common)
    return before


def agent(masked: str, at: int, end: int, common: frozenset[str]) -> Subject | None:
    """ "was criticised by X": the person after "by"."""
    by = re.match(r"\s+by\s+", masked[at:end])
    return subject_behind(masked, at + by.end(), end, common) if by else None


def subject_before(masked: str, start: int, at: int, common: frozenset[str]) -> Subject | None:
    """The subject that ends right before `at`: a name with what is apposed, a pronoun, a role."""
    left = masked[start:at]
    pronoun = PRONOUN.search(left)
    if pronoun:
        return Subject("pronoun", pronoun.group(1).lower())
    relative = re.search(r",?\s+who$", left)
    if relative:
        left = left[: relative.start()]
        at = start + len(left)
    for candidate in names(masked, start, at, common):
        if relative and not APPOSED_ROLE.fullmatch(masked, candidate.end, at):
            continue
        if is_subject(masked, start, at, candidate, common):
            return Subject("named", candidate.name, candidate)
    if relative:
        return None
    return unnamed(left)


def is_subject(masked: str, start: int, at: int, candidate: Named, common: frozenset[str]) -> bool:
    """Whether between a name and the verb there is nothing but an apposition."""
    if SPOKEN_FOR.search(masked[start : candidate.start]) and not candidate.titled:
        return False
    if PREPOSITION.search(masked[start : candidate.start]) and not candidate.titled:
        person = introduced(masked, start, at, candidate)
        if person is None or not person.speaker.role:
            return False
    gap = masked[candidate.end : at]
    if QUOTED in gap or OTHER_CLAUSE.search(gap):
        return False
    match = APPOSED.match(gap)
    if match is None:
        return False
    apposed = match.group("apposed")
    if not apposed:
        return True
    if TITLE.match(apposed):
        return False  # "Mayor of Leeds and York, Councillor Lee, said"
    if not (APPOSITION_STARTS.match(apposed) or ROLE_NOUN.search(apposed.split(",")[0])):
        return False
    closed = gap.rstrip().endswith(",")
    if closed:
        return True
    # without a closing comma only a bare role is apposed: "X, Mayor of Leeds said"
    inner = names(masked, at - len(gap), at, common)
    return (
        len(apposed.split()) <= 12
        and not VERBAL.match(apposed)
        and ROLE_NOUN.search(apposed) is not None
        and not any(n.titled for n in inner)
        and not apposed.startswith("who")
    )


def unnamed(left: str) -> Subject | None:
    """ "the mayor", "one young man", "Northam Rubber", "The Diocese of Northam"."""
    left = TOLD_OF.sub("", left)
    role = ROLE_SUBJECT.search(left)
    if role:
        words = role.group(1)
        return Subject("role" if ROLE_NOUN.search(words) else "organisation", words)
    if re.search(r"\b(?:and|but|or|then|who|that|which|if|whether)$", left):
        return None
    last = re.search(r"((?:[A-Z][\w’'&.-]*\s+)*[\w’'-]+)$", left)
    if last is None or not last.group(1)[0].isupper() or last.group(1) in NO_NAME:
        return None  # nor is "One said" or "Most said" anybody's
    return Subject("role" if ROLE_NOUN.search(last.group(1)) else "organisation", last.group(1))


def subject_behind(masked: str, at: int, end: int, common: frozenset[str]) -> Subject | None:
    """The subject right behind a verb: "said the Trust's manager, Jo Lee, who ..."."""
    rest = masked[at:end]
    pronoun = re.match(r"\s+(he|she|they)\b", rest)
    if pronoun:
        return Subject("pronoun", pronoun.group(1))
    stop = re.search(r"[“”\"\x00;:]", rest)
    limit = at + (stop.start() if stop else len(rest))
    for candidate in names(masked, at, limit, common):
        gap = masked[at : candidate.start]
        if len(gap) > 90 or re.search(r"\b(?:that|who|which|is|was|were|would|had|has)\b", gap):
            break
        if not candidate.titled and PREPOSITION.search(gap):
            continue
        if (
            not candidate.titled
            and " " not in candidate.name
            and limit - candidate.end > 1
            and re.match(r"(?:’s|'s)?\s+[\w’'-]", masked[candidate.end : limit])
        ):
            continue
        return Subject("named", candidate.name, candidate)
    role = re.match(r"\s+((?:the|a|an|one|another|its|his|her|their)\s[^,.;:]{2,70})", rest)
    if role and ROLE_NOUN.search(role.group(1)):
        return Subject("role", role.group(1))
    return None


def labelled(masked: str, start: int, end: int, common: frozenset[str]) -> Claim | None:
    """ "Jo Lee, chair of the panel: ..." without a verb of saying."""
    label = LABEL.match(masked, start, end)
    if label is None or VERB.search(label.group("who")):
        return None
    who_start, who_end = label.span("who")
    quoted = masked[label.end() : label.end() + 1] in '“"‘'
    for candidate in names(masked, who_start, who_end, common):
        rest = re.sub(r"^\s*\([^()]*\)$", "", masked[candidate.end : who_end])
        whole = candidate.start == who_start and not rest
        person = introduced(masked, who_start, who_end, candidate)
        if whole or (quoted and person is not None) or (candidate.titled and not rest):
            return Claim(
                Subject("named", candidate.name, candidate),
                candidate.start,
                label.end(),
                True,
                "label",
            )
    return None


def signed(masked: str, start: int, end: int, common: frozenset[str]) -> Claim | None:
    """ "... – Jo Lee, 42" or "... (Jo Lee, Harwick)" behind a quotation."""
    words = masked[start:end].strip()
    for candidate in names(masked, start, end, common):
        alone = re.match(r"\s*(?:$|[,(])", masked[candidate.end : end])
        if masked[start : candidate.start].strip() == "" and alone:
            return Claim(Subject("named", candidate.name, candidate), start, end, True, "signature")
        break
    if not ROLE_NOUN.search(words):
        return None  # "(asked by nine people)"
    return Claim(Subject("role", words), start, end, True, "signature")


def quoted_runs(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The quoted stretches of one sentence."""
    for match in re.finditer(f"{QUOTED}+", masked[start:end]):
        yield start + match.start(), start + match.end()
