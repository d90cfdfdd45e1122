"""What a course changes at work: action plan, answers some months later, a unit's own indicators."""
