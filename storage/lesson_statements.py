"""What is asked of words and of what was asked about, built once."""

from sqlalchemy import Integer, Select, bindparam, delete, func, literal_column, or_, select, text

from storage.prepared import Among, Prepared
from storage.tables import LEARNED, NOT_LEARNED, lessons, misreadings
from storage.types import Number, Time

KNOWN = Prepared(
    select(lessons).where(
        Among(lessons.c.scope, "scopes"), lessons.c.kind == bindparam("kind"), Among(lessons.c.word, "words")
    )
)
IN_SCOPE = Prepared(
    select(func.count().label("found")).select_from(lessons).where(lessons.c.scope == bindparam("scope"))
)
ONE = Prepared(
    select(lessons).where(lessons.c.id == bindparam("number", type_=Number), text(LEARNED)),
)
_page, _from = bindparam("limit", type_=Integer), bindparam("offset", type_=Integer)
_own = or_(lessons.c.scope == bindparam("scope"), lessons.c.actor == bindparam("person"))


def _listed(chosen: Select[tuple[object, ...]]) -> Prepared:
    """A page, newest first."""
    newest_first = (lessons.c.learned_at.desc(), lessons.c.id.desc())
    return Prepared(chosen.where(text(LEARNED)).order_by(*newest_first).limit(_page).offset(_from))


LISTED, LISTED_OWN = _listed(select(lessons)), _listed(select(lessons).where(_own))
_counted = select(func.count().label("found")).select_from(lessons).where(text(LEARNED))
COUNTED, COUNTED_OWN = Prepared(_counted), Prepared(_counted.where(_own))
SINCE = Prepared(_counted.where(lessons.c.learned_at >= bindparam("since", type_=Time)))

FORGET_CHOICES = Prepared(
    delete(lessons)
    .where(text(NOT_LEARNED), lessons.c.at < bindparam("before", type_=Time))
    .returning(lessons.c.id)
)
FORGET_MISREADINGS = Prepared(
    delete(misreadings)
    .where(misreadings.c.at < bindparam("before", type_=Time))
    .returning(literal_column("1").label("one"))
)
MISREAD = Prepared(select(misreadings).order_by(misreadings.c.at, misreadings.c.id))
