"""triggers: what a person learnt, planned and was excused from may move to the record that stays

Triggers are made anew after every migration (env.py).
"""

from __future__ import annotations


revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Undo."""
