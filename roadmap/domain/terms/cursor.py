"""Walking over the tokens of a term."""

from roadmap.domain.terms.sorts import Sort, Unit
from roadmap.domain.terms.words import Token

END = Token(Sort.WORD, (), "")


class Cursor:
    """A place in a list of tokens; reading moves it on, `at` may be set back."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def is_done(self) -> bool:
        """Whether everything has been read."""
        return self.at >= len(self.tokens)

    def peek(self, ahead: int = 0) -> Token:
        """The token at the place, or further on; END behind the last one."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else END

    def sees(self, *sorts: Sort) -> bool:
        """Whether the next tokens are of these sorts, in this order."""
        return all(not self.is_behind(ahead) and self.peek(ahead).sort is sort for ahead, sort in enumerate(sorts))

    def is_behind(self, ahead: int) -> bool:
        """Whether nothing stands so far on."""
        return self.at + ahead >= len(self.tokens)

    def sees_unit(self, *units: Unit) -> bool:
        """Whether the next token is one of these units."""
        return self.sees(Sort.UNIT) and self.peek().numbers[0] in units

    def take(self) -> Token:
        """The token at the place, moving on."""
        token = self.peek()
        self.at += 1
        return token

    def skip(self, *sorts: Sort) -> bool:
        """Move past a token of one of the sorts; whether there was one."""
        if any(self.sees(sort) for sort in sorts):
            self.at += 1
            return True
        return False

    def skip_year_words(self) -> bool:
        """Whether «(учебного) года» stands here, moving past it."""
        is_school = self.skip(Sort.SCHOOL)
        return self.skip(Sort.YEAR_WORD) or is_school

    def numbers(self) -> list[tuple[int, int]]:
        """«1, 3-5», «15 по 20»: the numbers and ranges of numbers at the place, moving past them."""
        pairs: list[tuple[int, int]] = []
        while self.sees(Sort.NUMBER):
            number = self.take().numbers[0]
            pairs.append((number, number))
            if self.peek().sort in {Sort.DASH, Sort.UP_TO, Sort.UNTIL} and self.peek(1).sort is Sort.NUMBER:
                self.at += 1
                pairs[-1] = (number, self.take().numbers[0])
            if self.sees(Sort.COMMA, Sort.NUMBER):
                self.at += 1
        return pairs
