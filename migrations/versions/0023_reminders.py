"""reminders: choices of people, days off, the office's texts, runs, messages"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'reminder_choice',
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('changed_at', sa.DateTime(), nullable=False),
        sa.Column('weekly', sa.Boolean(), nullable=False),
        sa.Column('by_email', sa.Boolean(), nullable=False),
        sa.Column('phone', sa.String(length=15), nullable=True),
        sa.Column('whatsapp', sa.Boolean(), nullable=False),
        sa.Column('refused_address', sa.String(length=254), nullable=True),
        sa.CheckConstraint('NOT whatsapp OR phone IS NOT NULL', name=op.f('ck_reminder_choice_whatsapp_phone')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_reminder_choice_user_id')),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_reminder_choice')),
    )
    op.create_table(
        'holiday',
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('added_at', sa.DateTime(), nullable=False),
        sa.Column('added_by', sa.Integer(), nullable=False),
        sa.CheckConstraint('length(name) BETWEEN 1 AND 120', name=op.f('ck_holiday_name_length')),
        sa.ForeignKeyConstraint(['added_by'], ['user.id'], name=op.f('fk_holiday_added_by')),
        sa.PrimaryKeyConstraint('day', name=op.f('pk_holiday')),
    )
    op.create_table(
        'reminder_text',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=10), nullable=False),
        sa.Column('locale', sa.String(length=2), nullable=False),
        sa.Column('subject', sa.String(length=150), nullable=False),
        sa.Column('greeting', sa.String(length=1000), nullable=False),
        sa.Column('closing', sa.String(length=1000), nullable=False),
        sa.Column('written_at', sa.DateTime(), nullable=False),
        sa.Column('written_by', sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('weekly','urgent','escalation','whatsapp')", name=op.f('ck_reminder_text_kind')
        ),
        sa.CheckConstraint("locale IN ('id','en')", name=op.f('ck_reminder_text_locale')),
        sa.ForeignKeyConstraint(['written_by'], ['user.id'], name=op.f('fk_reminder_text_written_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_text')),
    )
    op.create_index('ix_reminder_text_kind_locale', 'reminder_text', ['kind', 'locale', 'id'])
    op.create_table(
        'reminder_run',
        sa.Column('key', sa.String(length=20), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('planned', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_reminder_run')),
    )
    op.create_table(
        'reminder_message',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=10), nullable=False),
        sa.Column('slot', sa.Date(), nullable=False),
        sa.Column('planned_at', sa.DateTime(), nullable=False),
        sa.Column('next_try_at', sa.DateTime(), nullable=False),
        sa.Column('message_id', sa.String(length=160), nullable=False),
        sa.Column('state', sa.String(length=8), nullable=False),
        sa.Column('channel', sa.String(length=5), nullable=False),
        sa.Column('reason', sa.String(length=24), nullable=False),
        sa.Column('error', sa.String(length=300), nullable=False),
        sa.Column('tries', sa.Integer(), nullable=False),
        sa.Column('ended_at', sa.DateTime(), nullable=True),
        sa.Column('lines', sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('weekly','urgent','escalation','test')", name=op.f('ck_reminder_message_kind')
        ),
        sa.CheckConstraint(
            "state IN ('waiting','sent','left','failed')", name=op.f('ck_reminder_message_state')
        ),
        sa.CheckConstraint("channel IN ('','email','app')", name=op.f('ck_reminder_message_channel')),
        sa.CheckConstraint(
            "(state = 'waiting') = (ended_at IS NULL)", name=op.f('ck_reminder_message_end_whole')
        ),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_reminder_message_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_message')),
        sa.UniqueConstraint('message_id', name=op.f('uq_reminder_message_message_id')),
        sa.UniqueConstraint(
            'user_id', 'kind', 'slot', name=op.f('uq_reminder_message_user_id_kind_slot')
        ),
    )
    op.create_index('ix_reminder_message_state_next_try_at', 'reminder_message', ['state', 'next_try_at'])
    op.create_index('ix_reminder_message_ended_at', 'reminder_message', ['ended_at'])


def downgrade() -> None:
    """Undo."""
    for table in ('reminder_message', 'reminder_run', 'reminder_text', 'holiday', 'reminder_choice'):
        op.drop_table(table)
