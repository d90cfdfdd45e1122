"""What learners say of a course: the standard evaluation form, anonymous."""
