"""The stages that read pattern files, and the fields that the entries of each know: the one list of both."""

from __future__ import annotations

from newsmine.packs.model import Field, Stage

KINDS = ("percent", "count", "money", "measure", "multiple")
QUALIFIERS = ("exact", "about", "nearly", "over", "at_least", "under", "at_most", "range", "several")

_WORDS = Field("list", folded=True)
_TEXT = Field(folded=True)

STAGES: dict[str, Stage] = {
    "fold": Stage(
        "characters and words that the conversion to simplified gets wrong",
        {"to": Field(required=True), "anywhere": Field("bool")},
        raw=True,
    ),
    "macro": Stage("named pieces of regex that other entries refer to as {name}", takes="regex", needs_examples=False),
    "numeral": Stage(
        "characters that numbers are written with",
        {
            "role": Field(
                required=True,
                choices=(
                    "digit",
                    "tens",
                    "times",
                    "scale",
                    "point",
                    "few",
                    "more",
                    "roughly",
                    "half",
                    "parts",
                    "whole",
                    "minus",
                    "swarm",
                    "loose",
                    "mega",
                    "letter",
                    "dozen",
                ),
            ),
            "value": Field("decimal"),
            # A digit that is never a place of a longer number.
            "lone": Field("bool"),
            # A character that is mostly another word: alone it is no number.
            "shy": Field("bool"),
        },
    ),
    "idiom": Stage("words and names that hold a numeral and state no amount", takes="either"),
    "unit": Stage(
        "units, classifiers and counting nouns",
        {
            "kind": Field(required=True, choices=KINDS),
            "unit": Field(),
            "factor": Field("decimal"),
            "place": Field(choices=("after", "before")),
            # bare, digits, half, small, many, large, whole, strict: what the number before the unit is like.
            "needs": Field("list"),
            "not_before": _WORDS,
            "not_after": _WORDS,
            "only_before": _WORDS,
            "only_after": _WORDS,
            "metric": _TEXT,
            "smaller": Field("list"),
            "opens": _WORDS,
            # Digits right behind the unit are its decimals: 2m08, three tenths five.
            "tail": Field(choices=("decimal",)),
            # How many digits each end of a range has that lost its mark in crawling: 3040 years old are 30 to 40.
            "glued": Field("int"),
            # The role that the verb inside the unit gives its figure (to double).
            "role": Field(choices=("to",)),
            # The factor holds for numbers below this one only.
            "below": Field("decimal"),
            # The word is number and unit in one (a half): its value.
            "value": Field("decimal"),
            # What pint calls the unit, where that is not its symbol: a name, or a factor and a name (500*gram).
            "pint": Field(),
            # Nouns right before a large number that tell the unit that it leaves out (a population of 1.37 million).
            "said_by": _WORDS,
            # One of these words stands within a few characters before the number.
            "near": _WORDS,
            # The unit may be left out behind a word of paying, or of age; these characters may follow a sum then.
            "bare": _WORDS,
        },
    ),
    "unitalias": Stage(
        "other ways to write a unit, which `newsmine score` takes for the same",
        {"unit": Field(required=True)},
        needs_examples=False,
        raw=True,
    ),
    "qualifier": Stage(
        "words around a figure that say how exact it is",
        {
            "qualifier": Field(required=True, choices=QUALIFIERS),
            "place": Field(required=True, choices=("before", "after")),
            # It qualifies figures of these kinds only, or only those with a scale.
            "kinds": Field("list"),
            "needs": Field("list"),
            "not_after": _WORDS,
            "not_before": _WORDS,
        },
    ),
    "time": Stage(
        "phrases that say when",
        {
            "yields": Field(required=True),
            "offset": Field("int"),
            "use": Field(choices=("point", "clause", "rate", "none")),
        },
        takes="either",
    ),
    "cue": Stage(
        "words with a role in a claim: they rise, carry, say, plan, compare", {"class": Field("list", required=True)}
    ),
    "character": Stage("frequent characters, by which an encoding is told", needs_examples=False, raw=True),
    "outlet": Stage(
        "newspapers, agencies, stations and sites, as datelines and credits name them",
        {"class": Field("list")},
        needs_examples=False,
    ),
    "column": Stage(
        "what the columns of a table and the keys of a JSON object are called that hold an article",
        {"field": Field(required=True, choices=("text", "title", "publisher", "published", "authors", "host", "id"))},
        needs_examples=False,
    ),
    "furniture": Stage(
        "what stands in a page and is no part of its article",
        {
            # match: what the regex finds; line: its whole line; list: its line and the headlines below; menu: its
            # line and the short ones above; rest: all from its line on.
            "reach": Field(required=True, choices=("match", "line", "list", "menu", "rest")),
            "within": Field(choices=("any", "head", "tail", "edge", "sole")),
            # A row of credits: what stands right before it is the headline.
            "credits": Field("bool"),
        },
        takes="regex",
    ),
    "metadata": Stage(
        "what an article says of itself",
        {
            "field": Field(
                required=True,
                choices=(
                    "title",
                    "title_tag",
                    "no_title",
                    "body",
                    "body_weak",
                    "publisher",
                    "author",
                    "host",
                    "host_site",
                    "published",
                    "dateline",
                    "year",
                    "past_year",
                    "this_month",
                    "any_year",
                ),
            ),
            # Which of several answers is believed: the lowest rank, then the first.
            "rank": Field("int"),
            "within": Field(choices=("any", "head", "tail", "edge", "first")),
        },
        takes="regex",
    ),
    "label": Stage(
        "kinds of named things: how their mentions are found and which win where two overlap",
        {
            "mechanism": Field(
                required=True, choices=("name", "person", "phrase", "place", "noun", "work", "coded", "form")
            ),
            "rank": Field("int", required=True),
            "tags": Field("list"),
            "reach": Field("int"),
            "context": Field("list"),
        },
        needs_examples=False,
    ),
    "suffix": Stage(
        "words that names of a label end with; the name is what stands before them",
        {"label": Field(required=True), "needs": Field("list"), "not_before": _WORDS, "not_after": _WORDS},
    ),
    "part": Stage(
        "words that stand inside names, left of the suffix; class tells what they do there",
        {
            "class": Field(
                required=True,
                choices=("name", "owner", "kind", "ordinal", "relative", "admin", "generic", "edge", "tail"),
            ),
            "label": Field("list"),
        },
        takes="either",
        needs_examples=False,
    ),
    "place": Stage(
        "places, by kind",
        {"kind": Field(required=True, choices=("country", "region", "city", "district", "county")), "name": _TEXT},
        needs_examples=False,
    ),
    "gazetteer": Stage(
        "well-known names and their usual short forms",
        {"label": Field(required=True), "name": _TEXT, "not_before": _WORDS, "context": Field("bool")},
        needs_examples=False,
    ),
    "alias": Stage(
        "phrases that give a name its short form, or stand for a name",
        {
            "label": Field("list"),
            "role": Field(required=True, choices=("short", "bracket", "host", "last", "area", "that_area")),
            # How the names end that it can stand for.
            "ends": Field("list"),
            # The kind of place that it can stand for.
            "kind": Field(choices=("country", "region", "city", "district", "county")),
        },
        takes="either",
    ),
    "title": Stage(
        "words beside a person's name",
        {
            "label": Field("list", required=True),
            "rank": Field("int"),
            "sides": Field("list", required=True),
            "role": Field(choices=("title", "cue", "kin")),
        },
    ),
    "department": Stage(
        "parts of an institution that people belong to; `proof`: a part that shows what kind of body it is, "
        "`inside`: what the name of such a body holds, `field`: words of an article about such bodies",
        {"label": Field("list"), "role": Field(choices=("part", "proof", "inside", "field"))},
        takes="regex",
    ),
    "surname": Stage(
        "family names: `wordlike` ones are also common words and need more evidence",
        {"class": Field(required=True, choices=("common", "wordlike", "compound"))},
    ),
    "nameedge": Stage(
        "words before and after a person's name, and what is never a name",
        {
            "class": Field(
                required=True,
                choices=("before", "after", "never", "inside", "last", "join", "gap", "foreign", "count", "no_name"),
            )
        },
        takes="either",
        needs_examples=False,
    ),
    "head": Stage(
        "last words of a technical noun phrase; `needs` names the classes of modifier of which one must be there",
        {"label": Field(required=True), "needs": Field("list"), "not_before": _WORDS, "not_after": _WORDS},
    ),
    "modifier": Stage(
        "words before the head of a technical noun phrase",
        {
            "class": Field(
                required=True,
                choices=("body", "disease", "technique", "means", "act", "manner", "inner", "plain", "block"),
            ),
            # Every noun that ends with a form is one, not the form alone.
            "ends": Field("bool"),
        },
        takes="either",
        needs_examples=False,
    ),
    "check": Stage(
        "words and phrases by which figures are held against one another",
        {"class": Field("list")},
        takes="either",
    ),
    "tolerance": Stage(
        "how far a check reaches, by name",
        {"value": Field("decimal", required=True)},
        needs_examples=False,
    ),
    "noun": Stage(
        "last words of noun phrases that name a group, a part, a thing by its kind; the label's tags say which words "
        "may stand before them; or names that a regex spells out whole",
        {
            "label": Field(required=True),
            # The noun is a mention without a word before it.
            "alone": Field("bool"),
            # Nothing before it belongs to it.
            "bare": Field("bool"),
            "not_before": _WORDS,
            "not_after": _WORDS,
        },
        takes="either",
    ),
    "nounpart": Stage(
        "words before such a noun that their tag does not let in, and those that never belong to it; makers of models, "
        "what is told apart by a number, how places end, and what the dictionary takes for a place",
        {
            "class": Field(required=True, choices=("modifier", "stop", "brand", "numbered", "place_end", "no_place")),
            "label": Field("list"),
        },
        needs_examples=False,
    ),
    "link": Stage(
        "how a figure is linked to its metric and subject: clause patterns that propose a noun phrase (their language: "
        "newsmine.claims.clausepatterns), and the mechanisms that propose what no pattern says",
        {
            "slot": Field(required=True, choices=("metric", "subject")),
            "pattern": Field(),
            # What it proposes is right wherever it matches: nothing is weighed.
            "sure": Field("bool"),
            # What a sure pattern for a subject decides for: the persons of its phrase, the name that opens or ends it.
            "decides": Field(choices=("person", "name", "last")),
            "mechanism": Field(
                choices=("nearby", "fixed", "listed", "share", "head", "handed", "named", "topic", "part", "open")
            ),
        },
        takes="nothing",
        needs_examples=False,
    ),
    "weight": Stage(
        "what features add to the score of a candidate, learnt by `newsmine patterns learn`; the forms are features",
        {"slot": Field(required=True, choices=("metric", "subject")), "weight": Field("decimal", required=True)},
        needs_examples=False,
        raw=True,
    ),
}
