"""the effect of courses: follow-ups, links, answers, indicators of units"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('followup_rule',
    sa.Column('course_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('months BETWEEN 1 AND 24', name=op.f('ck_followup_rule_months')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_followup_rule_course_id')),
    sa.ForeignKeyConstraint(['set_by'], ['user.id'], name=op.f('fk_followup_rule_set_by')),
    sa.PrimaryKeyConstraint('course_id', name=op.f('pk_followup_rule'))
    )
    op.create_table('unit_result',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('measure', sa.String(length=40), nullable=False),
    sa.Column('lower_is_better', sa.Boolean(), nullable=False),
    sa.Column('before_value', sa.Double(), nullable=False),
    sa.Column('before_on', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('entered_at', sa.DateTime(), nullable=False),
    sa.Column('entered_by', sa.Integer(), nullable=False),
    sa.Column('after_value', sa.Double(), nullable=True),
    sa.Column('after_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('withdrawn', sa.Boolean(), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(after_value IS NULL) = (after_on IS NULL)', name=op.f('ck_unit_result_after_whole')),
    sa.CheckConstraint('after_on IS NULL OR after_on > before_on', name=op.f('ck_unit_result_days')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_unit_result_course_id')),
    sa.ForeignKeyConstraint(['entered_by'], ['user.id'], name=op.f('fk_unit_result_entered_by')),
    sa.ForeignKeyConstraint(['replaces_id'], ['unit_result.id'], name=op.f('fk_unit_result_replaces_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_unit.id'], name=op.f('fk_unit_result_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_result')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_unit_result_replaces_id'))
    )
    op.create_index('ix_unit_result_course_id_unit_id', 'unit_result', ['course_id', 'unit_id'], unique=False)
    op.create_table('followup',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('plan', sa.JSON(), nullable=False),
    sa.Column('planned_at', sa.DateTime(), nullable=True),
    sa.Column('colleague_id', sa.Integer(), nullable=True),
    sa.Column('colleague_name', sa.String(length=200), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("colleague_id IS NULL OR colleague_name = ''", name=op.f('ck_followup_one_colleague')),
    sa.ForeignKeyConstraint(['colleague_id'], ['user.id'], name=op.f('fk_followup_colleague_id')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_followup_enrollment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_followup')),
    sa.UniqueConstraint('enrollment_id', name=op.f('uq_followup_enrollment_id'))
    )
    op.create_index('ix_followup_colleague_id', 'followup', ['colleague_id'], unique=False)
    op.create_index('ix_followup_opened_at_due_on', 'followup', ['opened_at', 'due_on'], unique=False)
    op.create_table('followup_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('followup_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=9), nullable=False),
    sa.Column('addressee', sa.String(length=200), nullable=False),
    sa.Column('nonce_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('for_id', sa.Integer(), nullable=True),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("role IN ('superior','colleague')", name=op.f('ck_followup_link_role')),
    sa.CheckConstraint('used_at IS NULL OR revoked_at IS NULL', name=op.f('ck_followup_link_one_end')),
    sa.ForeignKeyConstraint(['followup_id'], ['followup.id'], name=op.f('fk_followup_link_followup_id')),
    sa.ForeignKeyConstraint(['for_id'], ['user.id'], name=op.f('fk_followup_link_for_id')),
    sa.ForeignKeyConstraint(['made_by'], ['user.id'], name=op.f('fk_followup_link_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_followup_link')),
    sa.UniqueConstraint('nonce_hash', name=op.f('uq_followup_link_nonce_hash'))
    )
    op.create_index('ix_followup_link_followup_id', 'followup_link', ['followup_id'], unique=False)
    op.create_table('followup_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('followup_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=9), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('link_id', sa.Integer(), nullable=True),
    sa.Column('applies', sa.Integer(), nullable=True),
    sa.Column('improves', sa.Integer(), nullable=True),
    sa.Column('alone', sa.Integer(), nullable=True),
    sa.Column('shares', sa.Integer(), nullable=True),
    sa.Column('hindrances', sa.JSON(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.CheckConstraint("role IN ('self','superior','colleague')", name=op.f('ck_followup_answer_role')),
    sa.CheckConstraint('(by_id IS NULL) <> (link_id IS NULL)', name=op.f('ck_followup_answer_one_source')),
    sa.CheckConstraint('alone BETWEEN 1 AND 5', name=op.f('ck_followup_answer_alone')),
    sa.CheckConstraint('applies BETWEEN 1 AND 5', name=op.f('ck_followup_answer_applies')),
    sa.CheckConstraint('improves BETWEEN 1 AND 5', name=op.f('ck_followup_answer_improves')),
    sa.CheckConstraint('shares BETWEEN 1 AND 5', name=op.f('ck_followup_answer_shares')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_followup_answer_by_id')),
    sa.ForeignKeyConstraint(['followup_id'], ['followup.id'], name=op.f('fk_followup_answer_followup_id')),
    sa.ForeignKeyConstraint(['link_id'], ['followup_link.id'], name=op.f('fk_followup_answer_link_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_followup_answer')),
    sa.UniqueConstraint('followup_id', 'role', name=op.f('uq_followup_answer_followup_id_role'))
    )


def downgrade() -> None:
    """Undo."""
    for table in ("unit_result", "followup_answer", "followup_link", "followup", "followup_rule"):
        op.drop_table(table)
