"""Numbers in digits, Chinese numerals or both: items of a numeral, what they amount to, what is vague, and where they
stand."""

from newsmine.numbers.numerals import Numeral, NumeralGrammar

__all__ = ["Numeral", "NumeralGrammar"]
