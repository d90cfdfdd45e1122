"""assignments: courses that the office asks of people, with extensions and exemptions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'assignment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('created_by', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('counts_from', sa.Date(), nullable=False),
        sa.Column('nonce', sa.String(length=40), nullable=False),
        sa.Column('rule', sa.JSON(), nullable=False),
        sa.Column('letter_number', sa.String(length=100), nullable=False),
        sa.Column('letter_on', sa.Date(), nullable=True),
        sa.Column('note', sa.String(length=500), nullable=False),
        sa.Column('follows', sa.Boolean(), nullable=False),
        sa.Column('newcomer_days', sa.Integer(), nullable=False),
        sa.Column('closed_at', sa.DateTime(), nullable=True),
        sa.Column('closed_by', sa.Integer(), nullable=True),
        sa.CheckConstraint(
            '(closed_at IS NULL) = (closed_by IS NULL)', name=op.f('ck_assignment_closed_whole')
        ),
        sa.CheckConstraint('newcomer_days BETWEEN 1 AND 366', name=op.f('ck_assignment_newcomer_days')),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_assignment_course_id')),
        sa.ForeignKeyConstraint(['created_by'], ['user.id'], name=op.f('fk_assignment_created_by')),
        sa.ForeignKeyConstraint(['closed_by'], ['user.id'], name=op.f('fk_assignment_closed_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
        sa.UniqueConstraint('nonce', name=op.f('uq_assignment_nonce')),
    )
    op.create_index(op.f('ix_assignment_course_id'), 'assignment', ['course_id'])
    op.create_table(
        'assignment_person',
        sa.Column('assignment_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('assigned_at', sa.DateTime(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ['assignment_id'], ['assignment.id'], name=op.f('fk_assignment_person_assignment_id')
        ),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_assignment_person_user_id')),
        sa.PrimaryKeyConstraint('assignment_id', 'user_id', name=op.f('pk_assignment_person')),
    )
    op.create_index('ix_assignment_person_user_id', 'assignment_person', ['user_id'])
    op.create_table(
        'assignment_exception',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=10), nullable=False),
        sa.Column('given_by', sa.Integer(), nullable=False),
        sa.Column('given_at', sa.DateTime(), nullable=False),
        sa.Column('reason', sa.String(length=300), nullable=False),
        sa.Column('document', sa.String(length=100), nullable=False),
        sa.Column('until', sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('extension','exemption')", name=op.f('ck_assignment_exception_kind')),
        sa.CheckConstraint(
            "(kind = 'extension') = (until IS NOT NULL)", name=op.f('ck_assignment_exception_until_whole')
        ),
        sa.ForeignKeyConstraint(
            ['assignment_id', 'user_id'],
            ['assignment_person.assignment_id', 'assignment_person.user_id'],
            name=op.f('fk_assignment_exception_assignment_id_user_id'),
        ),
        sa.ForeignKeyConstraint(['given_by'], ['user.id'], name=op.f('fk_assignment_exception_given_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_exception')),
    )
    op.create_index(
        'ix_assignment_exception_person', 'assignment_exception', ['assignment_id', 'user_id', 'id']
    )


def downgrade() -> None:
    """Undo."""
    for table in ('assignment_exception', 'assignment_person', 'assignment'):
        op.drop_table(table)
