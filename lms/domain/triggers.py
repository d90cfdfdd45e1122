"""Triggers that keep published, submitted and issued things as they are.

One list for migrations, tests and the check that the database matches. A rule names the table, the
event, and the condition (over OLD and NEW) under which the change is refused.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trigger:
    """Refuse `event` on `table` when `condition` holds (SQL over OLD and NEW; empty: always)."""

    name: str
    table: str
    event: str  # INSERT | UPDATE | DELETE
    condition: str = ""


def _frozen(*columns: str) -> str:
    return " OR ".join(f"(OLD.{column} IS DISTINCT FROM NEW.{column})" for column in columns)


_OPENED = (
    "EXISTS (SELECT 1 FROM programme_edition e WHERE e.id = {row}.edition_id AND e.opened_on IS NOT NULL)"
)


def _but_merged(*columns: str) -> str:
    """Changed in one of these, or given to somebody else than the record that the person was merged into."""
    merged = (
        "EXISTS (SELECT 1 FROM merged_record m WHERE m.user_id = OLD.user_id AND m.into_id = NEW.user_id)"
    )
    return f"({_frozen(*columns)} OR ((OLD.user_id IS DISTINCT FROM NEW.user_id) AND NOT {merged}))"


_OBLIGATION = (
    "course_id", "unit_id", "starts_on", "months", "window_days", "first_due_on", "first_days", "position_id",
    "basis", "note",
)  # fmt: skip
_CLOSED = "EXISTS (SELECT 1 FROM attempt a WHERE a.id = {row}.attempt_id AND a.submitted_at IS NOT NULL)"

TRIGGERS: tuple[Trigger, ...] = (
    Trigger("course_version_keep", "course_version", "UPDATE"),
    Trigger("course_version_stay", "course_version", "DELETE"),
    Trigger("version_file_keep", "version_file", "UPDATE"),
    Trigger("version_file_stay", "version_file", "DELETE"),
    Trigger("blob_keep", "blob", "UPDATE"),
    Trigger("review_decided", "review", "UPDATE", "OLD.decided_at IS NOT NULL"),
    Trigger(
        "review_keep", "review", "UPDATE", _frozen("course_id", "digest", "sent_at", "sent_by", "message")
    ),
    Trigger("review_stay", "review", "DELETE"),
    Trigger("review_file_keep", "review_file", "UPDATE"),
    Trigger("review_file_stay", "review_file", "DELETE"),
    Trigger(
        "review_comment_keep",
        "review_comment",
        "UPDATE",
        _frozen("review_id", "path", "line", "quote", "text", "author_id", "written_at"),
    ),
    Trigger("review_comment_stay", "review_comment", "DELETE"),
    Trigger("attempt_keep", "attempt", "UPDATE", "OLD.submitted_at IS NOT NULL"),
    Trigger(
        "attempt_paper_keep",
        "attempt",
        "UPDATE",
        _frozen("enrollment_id", "version_id", "quiz_key", "number", "started_at")
        + " OR (CAST(OLD.paper AS TEXT) <> CAST(NEW.paper AS TEXT))",
    ),
    Trigger("attempt_stay", "attempt", "DELETE"),
    Trigger("response_late", "response", "INSERT", _CLOSED.format(row="NEW")),
    Trigger("response_keep", "response", "UPDATE", _CLOSED.format(row="OLD")),
    Trigger("response_checked", "response", "UPDATE", "OLD.checked_at IS NOT NULL"),
    Trigger("response_stay", "response", "DELETE"),
    Trigger("version_move_keep", "version_move", "UPDATE"),
    Trigger("version_move_stay", "version_move", "DELETE"),
    Trigger("supplement_part_keep", "supplement_part", "UPDATE"),
    Trigger("supplement_part_stay", "supplement_part", "DELETE"),
    Trigger("allowance_keep", "allowance", "UPDATE"),
    Trigger("allowance_stay", "allowance", "DELETE"),
    Trigger(
        "assignment_exception_keep",
        "assignment_exception",
        "UPDATE",
        _but_merged(
            *("assignment_id", "kind", "given_by", "given_at", "reason", "document", "until"),
            *("document_file", "document_kind"),
        ),
    ),
    Trigger("assignment_exception_stay", "assignment_exception", "DELETE"),
    Trigger("assignment_person_stay", "assignment_person", "DELETE"),
    Trigger(
        "obligation_keep",
        "obligation",
        "UPDATE",
        _frozen(*_OBLIGATION) + " OR OLD.closed_at IS NOT NULL",
    ),
    Trigger("obligation_stay", "obligation", "DELETE"),
    Trigger(
        "obligation_exemption_keep",
        "obligation_exemption",
        "UPDATE",
        _but_merged(
            *("obligation_id", "kind", "given_by", "given_at", "reason", "unit_id", "until", "ends_id"),
            *("document", "document_file", "document_kind"),
        ),
    ),
    Trigger("obligation_exemption_stay", "obligation_exemption", "DELETE"),
    Trigger(
        "programme_edition_keep",
        "programme_edition",
        "UPDATE",
        "OLD.opened_on IS NOT NULL AND (OLD.replaced_on IS NOT NULL OR "
        + _frozen(
            "programme_id", "number", "title", "purpose", "ordered", "counts_from", "change_note", "opened_on"
        )
        + " OR (CAST(OLD.audience AS TEXT) <> CAST(NEW.audience AS TEXT)))",
    ),
    Trigger("programme_edition_stay", "programme_edition", "DELETE", "OLD.opened_on IS NOT NULL"),
    *(
        Trigger(f"{table}_{word}", table, event, _OPENED.format(row="NEW" if word == "late" else "OLD"))
        for table in ("programme_step", "programme_course")
        for word, event in (("late", "INSERT"), ("keep", "UPDATE"), ("stay", "DELETE"))
    ),
    Trigger("programme_order_keep", "programme_order", "UPDATE"),
    Trigger("programme_order_stay", "programme_order", "DELETE"),
    Trigger("programme_member_stay", "programme_member", "DELETE"),
    Trigger(
        "key_correction_keep",
        "key_correction",
        "UPDATE",
        _frozen("course_id", "quiz_key", "question_key", "version_id", "reason", "lower", "ordered_by")
        + " OR OLD.finished_at IS NOT NULL",
    ),
    Trigger("key_correction_stay", "key_correction", "DELETE"),
    Trigger("grading_keep", "grading", "UPDATE"),
    Trigger("grading_stay", "grading", "DELETE"),
    Trigger(
        "outside_training_decided",
        "outside_training",
        "UPDATE",
        "OLD.state <> 'waiting' AND NOT (OLD.state = 'verified' AND NEW.state = 'cancelled') AND "
        + _but_merged("state", "credited_jp", "decided_at", "decided_by", "note", "submitted_at"),
    ),
    Trigger(
        "outside_training_keep",
        "outside_training",
        "UPDATE",
        _but_merged(
            *("form", "title", "organiser", "started_on", "ended_on", "jp", "jp_year", "proof", "number")
        )
        + " OR (OLD.credited_jp IS NOT NULL AND OLD.credited_jp IS DISTINCT FROM NEW.credited_jp)",
    ),
    Trigger("outside_training_stay", "outside_training", "DELETE"),
    Trigger(
        "enrollment_completion_keep",
        "enrollment",
        "UPDATE",
        "OLD.completed_at IS NOT NULL AND (NEW.completed_at IS NULL OR NEW.completed_at <> OLD.completed_at"
        " OR NEW.version_id <> OLD.version_id)",
    ),
    Trigger(
        "enrollment_credit_keep",
        "enrollment",
        "UPDATE",
        "OLD.credited_jp IS NOT NULL AND (NEW.credited_jp IS NULL OR NEW.credited_jp <> OLD.credited_jp)",
    ),
    Trigger(
        "certificate_keep",
        "certificate",
        "UPDATE",
        _frozen(
            "user_id",
            "course_id",
            "enrollment_id",
            "version_id",
            "unit_id",
            "cycle",
            "revision",
            "code",
            "number",
            "year",
            "serial",
            "issued_at",
            "issued_on",
            "valid_until",
            "template_version",
        )
        + " OR (CAST(OLD.snapshot AS TEXT) <> CAST(NEW.snapshot AS TEXT))"
        + " OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL)"
        + " OR (OLD.replaced_at IS NOT NULL AND NEW.replaced_at IS NULL)",
    ),
    Trigger("certificate_stay", "certificate", "DELETE"),
    Trigger("certificate_file_keep", "certificate_file", "UPDATE"),
    Trigger("certificate_file_stay", "certificate_file", "DELETE"),
    Trigger("evaluation_answer_keep", "evaluation_answer", "UPDATE"),
    Trigger("evaluation_answer_stay", "evaluation_answer", "DELETE"),
    Trigger(
        "plan_item_keep",
        "plan_item",
        "UPDATE",
        "OLD.state IN ('done','refused','dropped') AND "
        + _but_merged(
            *("year", "quarter", "form", "title", "jp", "proposed_at", "competency_id", "course_id"),
            *("state", "decided_at", "decided_by", "note", "done_on"),
        ),
    ),
    Trigger("plan_item_stay", "plan_item", "DELETE"),
    *(
        Trigger(f"{table}_{word}", table, event)
        for table in ("competency_edition", "requirement")
        for word, event in (("keep", "UPDATE"), ("stay", "DELETE"))
    ),
    Trigger(
        "rating_keep",
        "rating",
        "UPDATE",
        _but_merged(
            *("competency_id", "level", "assessed_on", "method", "recorded_at", "assessor"),
            *("valid_until", "recorded_by"),
        ),
    ),
    Trigger("rating_stay", "rating", "DELETE"),
    Trigger("reminder_text_keep", "reminder_text", "UPDATE"),
    Trigger("reminder_text_stay", "reminder_text", "DELETE"),
    Trigger(
        "inquiry_keep",
        "inquiry",
        "UPDATE",
        _frozen("course_id", "version_id", "lesson_key", "place", "quote", "kind", "text", "asked_at")
        + " OR (OLD.state <> 'open' AND ("
        + _frozen("state", "answer", "closed_by", "closed_at", "handed_to")
        + "))",
    ),
    Trigger("inquiry_stay", "inquiry", "DELETE"),
    Trigger(
        "followup_plan_keep",
        "followup",
        "UPDATE",
        "OLD.opened_at IS NOT NULL AND (CAST(OLD.plan AS TEXT) <> CAST(NEW.plan AS TEXT))",
    ),
    Trigger("followup_keep", "followup", "UPDATE", _frozen("enrollment_id", "due_on")),
    Trigger("followup_stay", "followup", "DELETE"),
    Trigger(
        "followup_link_keep",
        "followup_link",
        "UPDATE",
        _frozen("followup_id", "role", "addressee", "nonce_hash", "made_by", "expires_at", "for_id")
        + " OR (OLD.used_at IS NOT NULL) OR (OLD.revoked_at IS NOT NULL)",
    ),
    Trigger("followup_answer_keep", "followup_answer", "UPDATE"),
    Trigger("followup_answer_stay", "followup_answer", "DELETE"),
    Trigger("unit_result_keep", "unit_result", "UPDATE"),
    Trigger("unit_result_stay", "unit_result", "DELETE"),
    Trigger("audit_entry_keep", "audit_entry", "UPDATE"),
    Trigger("audit_entry_stay", "audit_entry", "DELETE"),
)


def create_statements(dialect: str) -> list[str]:
    """Return the SQL that creates all triggers on "sqlite" or "postgresql"."""
    return [sql for trigger in TRIGGERS for sql in _create(trigger, dialect)]


def drop_statements(dialect: str) -> list[str]:
    """Return the SQL that removes all triggers, present or not."""
    statements = []
    for trigger in TRIGGERS:
        if dialect == "sqlite":
            statements.append(f"DROP TRIGGER IF EXISTS {trigger.name}")
        else:
            statements.append(f"DROP FUNCTION IF EXISTS {trigger.name}() CASCADE")
    return statements


def _create(trigger: Trigger, dialect: str) -> list[str]:
    message = f"refused: {trigger.name}"
    if dialect == "sqlite":
        condition = trigger.condition.replace("IS DISTINCT FROM", "IS NOT")
        when = f" WHEN {condition}" if condition else ""
        return [
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} FOR EACH ROW{when}"
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ]
    given = "OLD" if trigger.event == "DELETE" else "NEW"
    test = trigger.condition or "TRUE"
    return [
        f"CREATE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {test} THEN RAISE EXCEPTION '{message}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {given}; END $$",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {trigger.name}()",
    ]
