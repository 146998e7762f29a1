"""Lessons and questions as rows, and back."""

from dataclasses import asdict, fields
from typing import Any

from domain.lessons import Lesson, Term
from domain.misreading import Misreading
from storage.prepared import Row


def misreading_row(asked: Misreading) -> dict[str, Any]:
    """A question with its outcome."""
    kept = asked.bounded()
    return {**asdict(kept), "candidates": [list(one) for one in kept.candidates]}


def misreading_of(row: Row) -> Misreading:
    """Back from `misreading_row`."""
    named = {field.name: row[field.name] for field in fields(Misreading)}
    return Misreading(**{**named, "candidates": tuple((code, name) for code, name in row["candidates"])})


def lesson_row(lesson: Lesson) -> dict[str, Any]:
    """A lesson as it will stand after this write; its number is given by the database."""
    return {
        "version": lesson.version + 1,
        "scope": lesson.term.scope,
        "kind": lesson.term.kind,
        "word": lesson.term.word,
        "said": lesson.said,
        "code": lesson.code,
        "times": lesson.times,
        "offered": sorted(lesson.offered),
        "shared": sorted(lesson.shared),
        "message": lesson.message,
        "actor": lesson.by,
        "at": lesson.at,
        "learned_at": lesson.learned_at,
        "taken_back_by": lesson.taken_back_by,
    }


def lesson_of(row: Row) -> Lesson:
    """Back from `lesson_row`."""
    return Lesson(
        Term(row["scope"], row["kind"], row["word"]),
        row["said"],
        row["code"],
        row["times"],
        frozenset(row["offered"]),
        frozenset(row["shared"]),
        row["message"],
        row["actor"],
        row["at"],
        row["id"],
        row["version"],
        row["learned_at"],
        row["taken_back_by"],
    )
