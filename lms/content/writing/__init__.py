"""What an author does to the files of a course: begin, arrange, mend; pure functions on paths and texts."""
