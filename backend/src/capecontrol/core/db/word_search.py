"""Search by the beginnings of words, in an index that row-level security lets every role use.

A trigger keeps the words of a table's texts in a table of tokens beside it. What people type is read by the same
functions of the database, so the two cannot differ. Comparing texts tells nobody what it saw (PostgreSQL calls that
leakproof), whereas `ilike` and `@@` may: those are asked only of rows that a policy has let through, one by one.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    column,
    exists,
    false,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute

from capecontrol.core.db.constant import constant

#: What is looked for, as somebody typed it.
WORDS = "q"
#: How many records a word may find for them to be read by their ids and sorted. A word that finds more is common, and a
#: walk through the list in its order soon comes upon it.
FEW = 2000
#: How many rows such a walk goes through: what several common words have together may lie far back, or nowhere.
WALK = 10_000
#: Behind everything that begins with a word.
_LAST = literal_column("chr(1114111)", Text)


@dataclass(frozen=True, slots=True)
class WordSearch:
    """The table of tokens of a table: a row for each record and word."""

    token: InstrumentedAttribute[str]
    record: InstrumentedAttribute[Any]
    owner: InstrumentedAttribute[Any]

    def rarest(self, name: str, *owned: ColumnElement[bool]) -> ScalarSelect[str]:
        """Return that one of the words which the fewest records have, the longest of several; null where there is none.

        Whoever looks for the others goes through the records that have it. It is worked out once, in a WITH of that
        name, from the tokens that conditions leave.
        """
        given = func.unnest(_words(), type_=Text).table_valued("word", with_ordinality="place", name="given")
        words = given.render_derived()
        begins = self.token >= words.c.word, self.token < words.c.word + _LAST
        those = select(true()).where(*begins, *owned).limit(constant(FEW + 1)).correlate(words).subquery()
        number = select(func.count()).select_from(those).correlate(words).scalar_subquery()
        rarest = select(words.c.word).select_from(words).order_by(number, words.c.place).limit(constant(1)).cte(name)
        return select(rarest.c.word).scalar_subquery()

    def finds(
        self, identifier: SQLColumnExpression[Any], first: ScalarSelect[str] | None = None
    ) -> ColumnElement[bool]:
        """Return the condition that a record has all words, each at the beginning of one of its own.

        ``first`` is the word that is asked for first, the longest unless one is named.
        """
        word = _longest() if first is None else first
        return self._has(identifier, word).is_not(None) & self.has_all(identifier)

    def has_all(self, identifier: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """Return the same without asking for a word first; where there are no words it holds."""
        words = func.unnest(_words(), type_=Text).table_valued(column("word", Text), name="words").render_derived()
        missing = select(true()).select_from(words).where(self._has(identifier, words.c.word).is_(None))
        # Asked of each row, too: NOT EXISTS would become a join, and what is joined is not read in an index's order.
        return missing.limit(constant(1)).correlate_except(words).scalar_subquery().is_(None)

    def has_longest(self, identifier: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """Return the condition that the longest word is one of a record's own, from its first to its last letter."""
        # As below, with a limit: without one PostgreSQL would first gather all that have the word.
        own = select(true()).where(self.record == identifier, self.token == _longest()).limit(constant(1))
        return own.correlate_except(self.token.class_).scalar_subquery().is_not(None)

    def few(self, word: ColumnElement[str]) -> Select[Any]:
        """Return the ids of records that have a word: all of them, or one more than are few."""
        begins = self.token >= word, self.token < word + _LAST
        return select(self.record.label("id")).where(*begins).limit(constant(FEW + 1))

    def stops(self, beyond: Select[Any], *owned: ColumnElement[bool]) -> Select[tuple[bool]]:
        """Return the statement that tells whether a search was a walk, and the list goes on where that ended.

        Args:
            beyond: the rows behind the walk's end.
            owned: conditions of the tokens.
        """
        found = self.few(self.rarest("rarest", *owned)).where(*owned).subquery("found")
        number = select(func.count()).select_from(found).scalar_subquery()
        one = select(true()).select_from(beyond.limit(constant(1)).subquery("beyond")).scalar_subquery()
        return select(case((number > constant(FEW), one.is_not(None)), else_=false()))

    def _has(self, identifier: SQLColumnExpression[Any], word: ColumnElement[str]) -> ScalarSelect[bool]:
        # With a limit it stays a question that is asked of each row; PostgreSQL, which does not know the word, would
        # take it for a rare one.
        begins = self.token >= word, self.token < word + _LAST
        probe = select(true()).where(self.record == identifier, *begins).limit(constant(1))
        return probe.correlate_except(self.token.class_).scalar_subquery()


def ids_of(found: FromClause) -> ColumnElement[Any]:
    """Return the ids that ``few`` returned, as an array; null where there is none."""
    return cast(select(func.array_agg(found.c.id, type_=ARRAY(Uuid))).scalar_subquery(), ARRAY(Uuid))


def text_has_words(*texts: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Return the condition that texts have all words that are looked for: for small tables, which have no tokens."""
    given = func.unnest(_words(), type_=Text).table_valued(column("word", Text), name="words").render_derived()
    tokens = func.unnest(func.app.search_tokens(*texts, type_=ARRAY(Text)), type_=Text)
    own = tokens.table_valued(column("token", Text), name="tokens").render_derived()
    token = own.c.token.collate("C")
    begins = select(constant(1)).select_from(own).where(token >= given.c.word, token < given.c.word + _LAST)
    missing = select(constant(1)).select_from(given).where(~exists(begins.correlate_except(own)))
    return _longest().is_not(None) & ~exists(missing.correlate_except(given))


def _given() -> BindParameter[str]:
    return bindparam(WORDS, type_=Text)


def _words() -> ColumnElement[Any]:
    # As a sub-select, so that it is worked out once and not for each row.
    return cast(select(func.app.asked_words(_given(), type_=ARRAY(Text))).scalar_subquery(), ARRAY(Text))


def _longest() -> ScalarSelect[str]:
    return select(func.app.longest_word(_given(), type_=Text)).scalar_subquery()
