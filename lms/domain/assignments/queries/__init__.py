"""Read assignments: whom a rule touches, the people of one with their state, what is assigned to a person."""

from lms.domain.assignments.queries.exceptions import (
    ExceptionRow,
    count_exceptions,
    exception_of,
    exceptions_of,
)
from lms.domain.assignments.queries.lists import Named, named_by
from lms.domain.assignments.queries.orders import (
    AssignmentRow,
    assignment_for,
    assignments_for,
    count_assignments,
)
from lms.domain.assignments.queries.own import Asked, Duties, duties_of, own_assignment
from lms.domain.assignments.queries.people import PersonRow, counts_of, people_of, states_of_people
from lms.domain.assignments.queries.reach import asked_already, done_since, touched

__all__ = [
    "Asked", "AssignmentRow", "Duties", "ExceptionRow", "Named", "PersonRow", "asked_already",
    "assignment_for", "assignments_for", "count_assignments", "count_exceptions", "counts_of", "done_since",
    "duties_of", "exception_of", "exceptions_of", "named_by", "own_assignment", "people_of",
    "states_of_people", "touched",
]  # fmt: skip
