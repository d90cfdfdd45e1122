"""What a merge does with each column that names a person; a new one has to be decided here (a test asks)."""

from __future__ import annotations

from enum import StrEnum


class Fate(StrEnum):
    """What becomes of the rows that name the record that is closed."""

    MOVED = "moved"  # to the record that stays
    READ = "read"  # they stay as issued, and the person finds them among the own ones
    KEPT = "kept"  # history of the closed record, read on its page
    ENDED = "ended"  # of no use any more: the account is closed
    OFFICE = "office"  # what somebody did as an officer; the log and the page go on naming who it was


DECISIONS: dict[str, Fate] = {
    **dict.fromkeys(
        (
            "assignment_person.user_id", "correction_request.user_id", "course_member.user_id",
            "enrollment.user_id", "evidence.user_id", "followup.colleague_id", "former_nip.user_id",
            "inquiry.asker_id", "inquiry.handed_to", "merged_record.into_id", "notice.user_id",
            "obligation_exemption.user_id",
            "outside_training.user_id",
            "plan_item.user_id",
            "programme_member.user_id",
            "rating.user_id",
            "reminder_choice.user_id",
            "shared_bank_member.user_id",
            "superior.superior_id",
            "superior.user_id",
            "unit_head.user_id",
        ),
        Fate.MOVED,
    ),
    "certificate.user_id": Fate.READ,
    **dict.fromkeys(
        (
            "followup_answer.by_id", "merged_record.user_id", "placement.user_id", "reminder_message.user_id",
            "staff_import_row.user_id",
        ),
        Fate.KEPT,
    ),
    **dict.fromkeys(
        (
            "activation_code.user_id", "followup_link.for_id", "login_session.user_id", "role_grant.user_id",
        ),
        Fate.ENDED,
    ),
    **dict.fromkeys(
        (
            "activation_code.created_by", "allowance.given_by", "announcement.created_by",
            "assignment.closed_by", "assignment.created_by", "assignment_exception.given_by",
            "audit_entry.actor_id", "certificate.revoked_by", "competency_edition.changed_by",
            "correction_request.answered_by", "course_version.published_by", "draft.updated_by",
            "draft_save.saved_by", "draft_writer.user_id", "export.ordered_by",
            "followup_link.made_by", "followup_rule.set_by", "grading.graded_by",
            "header_map.updated_by", "holiday.added_by", "hours_approval.approved_by", "inquiry.closed_by",
            "key_correction.ordered_by", "merged_record.merged_by", "obligation.closed_by",
            "obligation.created_by", "obligation_exemption.given_by", "outside_training.decided_by",
            "placement.recorded_by", "plan_item.decided_by", "programme.closed_by", "programme.created_by",
            "programme_edition.made_by", "programme_edition.opened_by", "programme_order.created_by",
            "question_import.user_id", "rating.recorded_by",
            "regulation_change.noted_by", "regulation_work.handled_by", "reminder_text.written_by",
            "requirement.recorded_by", "review.decided_by", "review.sent_by", "review_comment.author_id",
            "review_comment.resolved_by",
            "shared_bank_save.saved_by", "staff_import.user_id", "unit_result.entered_by",
        ),
        Fate.OFFICE,
    ),
}  # fmt: skip
"""{table.column: what becomes of it}. What hangs on an enrolment or an attempt goes where that goes."""
