"""reviews of drafts: the text as it was sent, remarks at lines, who approved what"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

_OPEN = sa.text('decided_at IS NULL')


def upgrade() -> None:
    """Apply; who wrote in a draft that is open now is read from its saved states."""
    op.create_table(
        'draft_writer',
        sa.Column('draft_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_writer_draft_id')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_draft_writer_user_id')),
        sa.PrimaryKeyConstraint('draft_id', 'user_id', name=op.f('pk_draft_writer')),
    )
    op.execute(
        'INSERT INTO draft_writer (draft_id, user_id)'
        ' SELECT id, updated_by FROM draft WHERE updated_by IS NOT NULL'
        ' UNION SELECT draft.id, draft_save.saved_by FROM draft'
        ' JOIN draft_save ON draft_save.course_id = draft.course_id WHERE draft_save.saved_by IS NOT NULL'
    )
    op.create_table(
        'review',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('sent_at', sa.DateTime(), nullable=False),
        sa.Column('sent_by', sa.Integer(), nullable=False),
        sa.Column('message', sa.Text(), nullable=False),
        sa.Column('decision', sa.String(length=9), nullable=True),
        sa.Column('decided_at', sa.DateTime(), nullable=True),
        sa.Column('decided_by', sa.Integer(), nullable=True),
        sa.Column('note', sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('approved','returned','withdrawn') OR decision IS NULL",
            name=op.f('ck_review_decision'),
        ),
        sa.CheckConstraint(
            '(decision IS NULL) = (decided_at IS NULL)', name=op.f('ck_review_decided_whole')
        ),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_review_course_id')),
        sa.ForeignKeyConstraint(['sent_by'], ['user.id'], name=op.f('fk_review_sent_by')),
        sa.ForeignKeyConstraint(['decided_by'], ['user.id'], name=op.f('fk_review_decided_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
    )
    op.create_index('ix_review_course_id_digest', 'review', ['course_id', 'digest'])
    op.create_index(
        'uq_review_open', 'review', ['course_id'], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        'review_file',
        sa.Column('review_id', sa.Integer(), nullable=False),
        sa.Column('path', sa.String(length=300), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_review_file_review_id')),
        sa.ForeignKeyConstraint(['digest'], ['blob.digest'], name=op.f('fk_review_file_digest')),
        sa.PrimaryKeyConstraint('review_id', 'path', name=op.f('pk_review_file')),
    )
    op.create_table(
        'review_comment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('review_id', sa.Integer(), nullable=False),
        sa.Column('path', sa.String(length=300), nullable=False),
        sa.Column('line', sa.Integer(), nullable=False),
        sa.Column('quote', sa.String(length=300), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('author_id', sa.Integer(), nullable=False),
        sa.Column('written_at', sa.DateTime(), nullable=False),
        sa.Column('resolved_at', sa.DateTime(), nullable=True),
        sa.Column('resolved_by', sa.Integer(), nullable=True),
        sa.CheckConstraint('line >= 1', name=op.f('ck_review_comment_line')),
        sa.CheckConstraint(
            '(resolved_at IS NULL) = (resolved_by IS NULL)', name=op.f('ck_review_comment_resolved_whole')
        ),
        sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_review_comment_review_id')),
        sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_review_comment_author_id')),
        sa.ForeignKeyConstraint(['resolved_by'], ['user.id'], name=op.f('fk_review_comment_resolved_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_review_comment')),
    )
    op.create_index('ix_review_comment_review_id_path', 'review_comment', ['review_id', 'path'])


def downgrade() -> None:
    """Undo."""
    for table in ('review_comment', 'review_file', 'review', 'draft_writer'):
        op.drop_table(table)
