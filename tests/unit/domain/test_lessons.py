"""What choices teach, by the rules alone."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.lessons import Choice, Lesson, Taught, Term, of_customer, of_person, take_back, taught
from tests.builders import ADMIN, SELLER, an_act

COLAS = frozenset({"CAN", "BOTTLE", "BIG"})
TERM = Term(of_customer("MARKET"), "sku", "可乐")


def chose(code: str, message: str, among: frozenset[str] = COLAS) -> Choice:
    """Somebody was asked about 可乐 in `message`."""
    return Choice(TERM, "可乐", code, among, message)


def after(*choices: Choice) -> Lesson:
    """The lesson of these choices, written one after the other."""
    return play(*choices)[0]


def play(*choices: Choice) -> tuple[Lesson, list[str]]:
    """The lesson with the kinds of events told on the way."""
    lesson: Lesson | None = None
    told: list[str] = []
    for choice in choices:
        new = taught(lesson, choice, an_act(SELLER))
        if new is not None:
            lesson = written(new)
            told += [new.event.kind] if new.event else []
    assert lesson is not None
    return lesson, told


def written(new: Taught) -> Lesson:
    """As the database gives it back."""
    return replace(new.lesson, number=7, version=new.lesson.version + 1)


def test_one_choice_teaches_nothing():
    lesson, told = play(chose("CAN", "m1"))

    assert not lesson.settles(COLAS)
    assert told == []


def test_two_same_choices_teach_and_it_is_told_once():
    lesson, told = play(chose("CAN", "m1"), chose("CAN", "m2"), chose("CAN", "m3"))

    assert lesson.settles(COLAS)
    assert (lesson.code, lesson.times) == ("CAN", 3)
    assert told == ["word:learned"]


def test_a_choice_in_between_that_is_another_begins_anew():
    lesson, told = play(chose("CAN", "m1"), chose("BIG", "m2"), chose("CAN", "m3"))

    assert not lesson.settles(COLAS)
    assert told == []


def test_a_choice_against_what_was_learned_unlearns_it():
    lesson, told = play(chose("CAN", "m1"), chose("CAN", "m2"), chose("BIG", "m3"))

    assert not lesson.settles(COLAS)
    assert (lesson.code, lesson.times) == ("BIG", 1)
    assert told == ["word:learned", "word:unlearned"]


def test_two_lines_of_one_message_are_one_choice():
    lesson, told = play(chose("CAN", "m1"), chose("CAN", "m1"))

    assert (lesson.times, told) == (1, [])


def test_what_was_taken_back_needs_two_new_choices():
    learned = after(chose("CAN", "m1"), chose("CAN", "m2"))
    back = take_back(learned, an_act(ADMIN))
    once = taught(written(back), chose("CAN", "m3"), an_act(SELLER))
    assert once is not None
    twice = taught(written(once), chose("CAN", "m4"), an_act(SELLER))
    assert twice is not None

    assert back.event is not None
    assert (back.event.kind, back.event.by) == ("word:taken-back", "admin")
    assert not back.lesson.settles(COLAS)
    assert not once.lesson.settles(COLAS)
    assert twice.lesson.settles(COLAS)


def test_only_what_was_there_to_choose_from_is_settled():
    lesson = after(chose("CAN", "m1"), chose("CAN", "m2"))

    assert lesson.settles(frozenset({"CAN", "BIG"}))
    assert not lesson.settles(COLAS | {"NEW"})
    assert not lesson.settles(frozenset({"BOTTLE", "BIG"}))
    assert not lesson.settles(frozenset())


def test_choices_between_other_things_do_not_count_together():
    few, others = frozenset({"CAN", "BIG"}), frozenset({"CAN", "BOTTLE"})

    assert after(chose("CAN", "m1", few), chose("CAN", "m2", others)).learned_at is None
    narrower = after(chose("CAN", "m1"), chose("CAN", "m2", few))
    assert narrower.settles(few)
    assert not narrower.settles(COLAS)


def test_a_word_that_named_nothing_stays_one():
    nothing: frozenset[str] = frozenset()
    lesson = after(chose("CAN", "m1", nothing), chose("CAN", "m2", nothing))

    assert lesson.settles(nothing)
    assert not lesson.settles(frozenset({"CAN", "BIG"}))
    assert after(chose("CAN", "m1", nothing), chose("CAN", "m2")).learned_at is None


def test_scopes_of_a_customer_and_a_colleague_never_meet():
    assert of_customer("lina") != of_person("lina")


@given(st.lists(st.tuples(st.sampled_from(sorted(COLAS)), st.integers(1, 4)), min_size=1, max_size=12))
def test_what_is_learned_was_chosen_the_last_two_times(said: list[tuple[str, int]]):
    lesson = after(*(chose(code, f"m{number}") for code, number in said))
    counted: list[tuple[str, int]] = []
    for choice in said:
        if not counted or counted[-1] != choice:
            counted.append(choice)
    alike = len(counted) > 1 and counted[-1][0] == counted[-2][0]

    assert (lesson.learned_at is not None) == alike
    assert lesson.code == said[-1][0]


def test_when_it_was_learned_stays():
    first = after(chose("CAN", "m1"), chose("CAN", "m2"))
    later = replace(an_act(SELLER), at=an_act(SELLER).at + timedelta(days=1))
    more = taught(first, chose("CAN", "m3"), later)

    assert more is not None
    assert (more.lesson.learned_at, more.lesson.at) == (first.learned_at, later.at)
