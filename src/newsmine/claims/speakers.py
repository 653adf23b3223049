"""Who speaks: the noun phrase of a verb of saying, of hearing or of showing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsmine.claims.words import Word
from newsmine.types import OWNERS, Mention

PEOPLE = ("DOCTOR", "PERSON")
_LONGEST_SPEAKER = 10
# A report is named by at most so many characters.
_LONGEST_REPORT = 24
# The labels of what issues no report.
_NO_ISSUERS = ("PLACE", "GROUP", "PRODUCT", "METHOD", "PROCEDURE")
_SPEAKING_TAGS = "nvjbsarz"
# First letters of the tags of words in the name of a part of a body ('' sorts with them: no dictionary has it).
_NOMINAL = ("n", "v", "j", "b", "")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as the table shows it; `pronoun` where the text only says he or she."""

    name: str
    pronoun: bool = False


def speaker(words: Sequence[Word], j: int, at: int, folded: str) -> Speaker | None:
    """Who heads the clause of the verb of saying words[j]; None where the verb tells nothing of the figure words[at]:
    where it describes a noun, or announces a thing and no number."""
    if words[j].has("pronoun"):
        return Speaker(words[j].text, pronoun=True)
    if words[j].has("foresees") and (not _foretells(words, j) or words[j - 1].has("head", "metric", "cause")):
        return None
    if words[j].has("announces") and not _announces_number(words, j, at):
        return None
    if _describes(words, j) and not (words[j].has("announces") and _measured(words, j)):
        return None
    if j and words[j - 1].has("passive"):
        return None
    found = _beside(words, j, folded)
    if found is None and words[j].has("tells"):
        first = _clause_start(words, j)
        found = _heading(words, first, j, folded)
        if found is None and first and words[first - 1].text in "，," and _has_no_subject(words, first, j):
            found = _heading(words, _clause_start(words, first - 1), first - 1, folded)
    return found


def _foretells(words: Sequence[Word], j: int) -> bool:
    """Whether somebody stands before the verb words[j] who can forecast: a body, a person, a report."""
    before = (w for w in words[_clause_start(words, j) : j])
    return any(
        (w.mention is not None and w.mention.label in (*OWNERS, *PEOPLE))
        or w.has("person", "pronoun", "source_noun", "generic_owner", "person_tail")
        or w.tag == ""
        for w in before
    )


def _clause_start(words: Sequence[Word], j: int) -> int:
    while j and words[j - 1].clause == words[j].clause:
        j -= 1
    return j


def _has_no_subject(words: Sequence[Word], first: int, j: int) -> bool:
    """Whether the clause of the verb words[j] opens with the verb, or with how it was said."""
    return first == j or words[first].has("through", "locative", "manner", "adverb", "saying")


def _announces_number(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether to announce is to say here: a comma follows, or figures or data are what is announced."""
    behind = [w for w in words[j + 1 :] if w.clause == words[j].clause]
    if not behind or (behind[0].punct and behind[0].text not in "《、“"):
        return True
    if any(w.has("done") for w in behind[:1]):
        return False
    data = any(w.has("source_noun") for w in behind)
    counted = any(w.quantity is not None for w in behind)
    return _measured(words, j) or (data != counted and (data or not words[j].has("issues")))


def _measured(words: Sequence[Word], j: int) -> bool:
    """Whether the clause of the verb words[j] announces, in a measure noun at its end, what the clauses behind it
    count."""
    behind = [w for w in words[j + 1 :] if w.clause == words[j].clause and not w.punct]
    counted = any(w.quantity is not None for w in behind)
    return not counted and not words[j].has("issues") and bool(behind) and behind[-1].has("head", "metric")


def _beside(words: Sequence[Word], j: int, folded: str) -> Speaker | None:
    """The noun phrase right before the verb words[j], but for when and how it was said: a person's name, else all of
    it."""
    clause = words[j].clause
    k = j - 1
    while k >= 0 and words[k].clause == clause and (_between(words[k]) or words[k].depth > words[j].depth):
        k -= 1
    nouns: list[Word] = []
    while k >= 0 and words[k].clause == clause and len(nouns) < _LONGEST_SPEAKER:
        word = words[k]
        if nouns and word.has("announces", "issues") and all(n.has("source_noun") for n in nouns):
            # Publishes a report that says: the speaker stands before the verb.
            return _beside(words, k, folded)
        if not _in_speaker(word) or (nouns and word.end < words[k + 1].start):
            break
        if word.mention is not None and word.mention.label in PEOPLE:
            return Speaker(word.mention.name)
        if word.has("pronoun"):
            return Speaker(word.text, pronoun=True)
        nouns.insert(0, word)
        k -= 1
    if nouns and k >= 0 and words[k].clause == clause and words[k].has("passive"):
        return _named(nouns, True, folded)
    if nouns and k > 0 and words[k].has("by") and words[k - 1].clause == clause and _in_speaker(words[k - 1]):
        # By what somebody reckons: that one stands before.
        return _beside(words, k, folded)
    if nouns and k >= 0 and words[k].clause == clause and words[k].tag == "p" and words[k].has("locative"):
        # Where, or to whom, it was said: the speaker stands before.
        return _beside(words, k, folded)
    edge = k < 0 or words[k].clause != clause or words[k].punct or words[k].end < words[k + 1].start
    edge = edge or words[k].time is not None
    headed = edge or words[k].has("by", "particle") or words[k].quantity is not None or words[k].tag == "m"
    return _named(nouns, headed, folded)


def _named(nouns: Sequence[Word], headed: bool, folded: str) -> Speaker | None:
    """The name in a noun phrase, else the phrase; None where its last word is no noun."""
    if not nouns:
        return None
    last = nouns[-1]
    if len(nouns) == 1 and (last.mention is not None or last.has("nation")):
        return Speaker(last.mention.name) if last.mention is not None else None
    if _is_name(last) or (len(nouns) > 1 and _could_be_name(last)):
        return Speaker(last.text)
    if not headed or (
        last.mention is None and last.tag[:1] in ("v", "a", "r", "b") and not last.has("verbnoun", "source_noun")
    ):
        return None
    return Speaker(folded[nouns[0].start : last.end])


def introduced_by(words: Sequence[Word], colon: int, folded: str) -> Speaker | None:
    """The person named in the clause that ends in a colon, or the body that opens a headline before it: what stands
    behind it is theirs."""
    if colon == 1 and words[0].mention is not None and words[0].mention.label == "ORG" and words[0].start == 0:
        return Speaker(words[0].mention.name)
    person = next(
        (
            w
            for w in reversed(words[:colon])
            if w.clause == words[colon].clause
            and (_is_name(w) or (w.mention is not None and w.mention.label in PEOPLE) or w.has("pronoun"))
        ),
        None,
    )
    if person is None:
        return None
    if person.has("pronoun"):
        return Speaker(person.text, pronoun=True)
    return Speaker(person.mention.name if person.mention is not None else person.text)


def _heading(words: Sequence[Word], first: int, j: int, folded: str) -> Speaker | None:
    """The noun phrase that heads words[first:j], where a place, an occasion or a listener stands before the verb: the
    last person named, else the first noun phrase."""
    person = next((w.mention for w in reversed(words[first:j]) if w.mention and w.mention.label in PEOPLE), None)
    if person is not None:
        return Speaker(person.name)
    described = [k + 1 for k in range(first, j) if words[k].has("particle")]
    if described and not any(w.has("saying", "learns") for w in words[first : described[-1]]):
        first = described[-1]
    while first < j and (
        words[first].time is not None
        or words[first].has("opening", "adverb")
        or (described and words[first].tag == "m")
    ):
        first += 1
    nouns: list[Word] = []
    for word in words[first:j]:
        if word.has("pronoun") and not nouns:
            return Speaker(word.text, pronoun=True)
        if not _in_speaker(word) or (nouns and word.tag.startswith("v") and word.mention is None):
            break
        nouns.append(word)
    return _named(nouns, True, folded)


def _between(word: Word) -> bool:
    """Words that may stand between the speaker and the verb: when, again, smiling, and others."""
    return word.time is not None or word.has("adverb", "saying", "manner") or word.tag in ("d", "zg", "z", "u")


def _is_name(word: Word) -> bool:
    return word.is_word and word.tag == "nr" and 2 <= len(word.text) <= 4


def _could_be_name(word: Word) -> bool:
    """Whether a word behind a title is a name that no dictionary has."""
    return word.is_word and word.tag == "" and 2 <= len(word.text) <= 3 and not word.classes


def _describes(words: Sequence[Word], j: int) -> bool:
    """Whether the verb of saying only describes a noun behind it (goods that buyers complain of)."""
    behind = words[j + 1 : j + 4]
    if behind and words[j].has("tells") and (behind[0].mention is not None or behind[0].tag[:1] in ("n", "r")):
        return False
    return bool(behind) and not behind[0].punct and any(w.has("particle") for w in behind)


def _in_speaker(word: Word) -> bool:
    if word.mention is not None or word.has("pronoun"):
        return True
    if word.punct or word.quantity is not None or word.time is not None:
        return False
    reports = word.has("source_noun") and not word.has("learns")
    if word.has("stop", "particle", "locative", "learns", "by", "through") and not (
        reports or word.has("area", "generic_owner")
    ):
        return False
    if word.has("carry") and word.tag != "n":
        return False
    return word.tag in ("", "l", "x", "eng") or word.tag[0] in _SPEAKING_TAGS


def heard_from(words: Sequence[Word], j: int, folded: str) -> Speaker | None:
    """Where a reporter heard it: the name between from and the verb of hearing words[j]."""
    for k in range(j - 1, -1, -1):
        if words[k].clause != words[j].clause:
            return None
        if words[k].has("from", "by"):
            inside = [w for w in words[k + 1 : j] if w.time is None and not w.has("locative", "adverb")]
            if words[k].has("by") and len(inside) == 1 and inside[0].has("reporter"):
                return Speaker(folded[words[k].start : words[j].end])
            return _called(inside, folded)
    return None


def shown_by(words: Sequence[Word], j: int, folded: str) -> Speaker | None:
    """Statistics, a report or a bulletin that shows something: who issued it, else the report with the verb."""
    first = j
    while first and words[first - 1].clause == words[j].clause and words[first - 1].quantity is None:
        first -= 1
    before = list(words[first:j])
    issuer = next((w.mention for w in before if w.mention is not None and w.mention.label not in _NO_ISSUERS), None)
    k = len(before)
    while k and _in_report(before[k - 1]):
        k -= 1
    report = [w for w in before[k:] if not w.has("adverb") and w.tag != "d"]
    if any(w.has("examination") or (w.mention is not None and w.mention.label == "PROCEDURE") for w in before):
        return None
    if not any(w.has("source_noun") for w in (*report, words[j])):
        named = any(w.tag.startswith("n") or w.mention for w in report)
        if words[j].has("finds"):
            return _finder(words, first, j)
        if not named or report[-1].has("verbnoun"):
            return None
    if issuer is not None and issuer.label not in PEOPLE:
        return Speaker(_full_name(issuer, before, folded))
    if not report:
        return Speaker(words[j].text)
    text = folded[report[0].start : report[-1].end]
    return Speaker((text if len(text) <= _LONGEST_REPORT else report[-1].text) + words[j].text)


def _full_name(issuer: Mention, before: Sequence[Word], folded: str) -> str:
    """An issuer with the nouns between its name and its report, which say what part of it issued the report."""
    n = next(k for k, w in enumerate(before) if w.mention is issuer)
    inner: list[Word] = []
    for k, word in enumerate(before[n + 1 :], n + 1):
        if word.has("source_noun", "announces", "issues", "particle") and not _goes_on(before, k):
            return folded[issuer.start : inner[-1].end] if inner else issuer.name
        if word.mention is not None or word.punct or word.time is not None or word.tag[:1] not in _NOMINAL:
            break
        inner.append(word)
    return issuer.name


def _finder(words: Sequence[Word], first: int, j: int) -> Speaker | None:
    """The body that says by words[j] what it found: it heads the clause, and a comma follows the verb."""
    mention = words[first].mention
    alone = all(w.has("adverb", "manner") or w.tag == "d" or w.time is not None for w in words[first + 1 : j])
    told = j + 1 < len(words) and words[j + 1].punct
    return Speaker(mention.name) if mention is not None and mention.label in OWNERS and alone and told else None


def _in_report(word: Word) -> bool:
    if word.punct:
        return word.text in "《》"
    return (
        word.has("adverb", "source_noun")
        or word.mention is not None
        or (word.is_word and (word.tag[:1] in ("n", "a", "b", "d", "j") or word.tag == ""))
    )


def authority(words: Sequence[Word], j: int, folded: str) -> Speaker | None:
    """According to whom or what, at the start of a clause; behind somebody who goes by it, that one."""
    before = words[j - 1] if j else None
    apart = before is None or before.punct or before.clause != words[j].clause or before.end < words[j].start
    if not apart and not words[j - 1].has("opening", "adverb"):
        return _beside(words, j, folded) if _reckons(words, j) else None
    title = next((n for n in range(j + 1, min(j + 4, len(words))) if words[n].text == "《"), None)
    if title is not None:
        found = _document(words, title)
        if found is not None:
            return found
    for n, word in enumerate(words[j + 1 : j + 12], j + 1):
        if word.clause != words[j].clause or (word.quantity is not None and word.quantity.value != 1):
            return None
        if word.mention is not None and word.mention.label in PEOPLE:
            return Speaker(word.mention.name)
        if word.has("source_noun", "saying") and not _goes_on(words, n):
            named = _called(words[j + 1 : n], folded)
            if n == j + 2 and words[j + 1].has("reporter"):
                return Speaker(folded[words[j].start : word.end])
            if words[j].has("by_name") and n > j + 1 and not any(w.mention or w.text == "《" for w in words[j + 1 : n]):
                return None
            if named is not None:
                return named
            return Speaker(folded[words[j].start : word.end])
    return None


def _reckons(words: Sequence[Word], j: int) -> bool:
    """Whether the clause of words[j] ends in a verb of reckoning: somebody's, by what words[j] names."""
    end = j
    while end + 1 < len(words) and words[end + 1].clause == words[j].clause:
        end += 1
    while end > j and words[end].punct:
        end -= 1
    return words[end].has("foresees", "saying") and end - j > 1 and words[j - 1].tag[:1] == "n"


def _document(words: Sequence[Word], opened: int) -> Speaker | None:
    """The title whose opening mark is words[opened], where a comma closes the phrase behind it."""
    for n in range(opened + 1, min(len(words), opened + _LONGEST_REPORT)):
        if words[n].text == "》":
            if n + 1 == len(words) or words[n + 1].text not in "，,":
                return None
            return Speaker("".join(w.text for w in words[opened : n + 1]))
    return None


def ruled_by(words: Sequence[Word], j: int, folded: str) -> Speaker | None:
    """The document that rules by words[j]: a title in marks, or a noun for a document, right before it."""
    k = j - 1
    while k >= 0 and (words[k].has("adverb", "modal") or words[k].tag == "d"):
        k -= 1
    if k < 0 or words[k].clause != words[j].clause:
        return None
    if words[k].text == "》":
        opened = next((n for n in range(k - 1, -1, -1) if words[n].text == "《"), None)
        return None if opened is None else Speaker(folded[words[opened].start : words[k].end])
    return Speaker(words[k].text) if words[k].has("document") else None


def _goes_on(words: Sequence[Word], n: int) -> bool:
    """Whether words[n] opens a longer name: the statistics department."""
    after = words[n + 1] if n + 1 < len(words) else None
    return after is not None and after.tag.startswith("n") and not after.has("particle", "showing", "saying")


def _called(words: Sequence[Word], folded: str) -> Speaker | None:
    """The person or the body that a phrase names: up to its date or its particle."""
    person = next((w for w in words if _is_name(w)), None)
    if person is not None:
        return Speaker(person.text)
    inside: list[Word] = []
    for n, word in enumerate(words):
        if word.time is not None or word.has("particle", "locative") or (word.has("saying") and not _goes_on(words, n)):
            break
        inside.append(word)
    mentions = [w.mention for w in inside if w.mention is not None]
    if len(inside) == 1 and mentions:
        return Speaker(mentions[0].name)
    if not mentions and not any(w.tag[:1] in ("n", "j", "b") or w.tag == "" for w in inside):
        return None
    return Speaker(folded[inside[0].start : inside[-1].end]) if inside else None
