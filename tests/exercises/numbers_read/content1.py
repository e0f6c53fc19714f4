"""Chair, floor and step: entries that make the legs stronger, and one for balance."""

from tests.exercises.numbers_read import Read

READ = {
    "sit-to-stand": Read(
        hold_seconds=None,
        repetitions=(10, 10),
        sets=(1, 3),
        per_day=None,
        words="Sit-to-stand: 1 set of 10 repetitions … 3 sets of 10 repetitions",
    ),
    "hip-hinge": Read(
        hold_seconds=None,
        repetitions=(8, 12),
        sets=(1, 3),
        per_day=None,
        words="8-12 repetitions per exercise … 1-3 sets/exercise",
    ),
    "single-leg-bridge": Read(
        hold_seconds=(5, 5),
        repetitions=(5, 5),
        sets=(5, 5),
        per_day=None,
        words="Hold for 5 seconds … Perform 5 sets of 5 reps",
    ),
    "sliding-hamstring-curl": Read(
        hold_seconds=None,
        repetitions=(15, 15),
        sets=(3, 3),
        per_day=None,
        words="3 sets of 15 repetitions",
    ),
    "romanian-deadlift": Read(
        hold_seconds=None,
        repetitions=(4, 8),
        sets=(1, 2),
        per_day=None,
        words="Romanian deadlift … 1–2×4–8",
    ),
    "step-up-and-down": Read(
        hold_seconds=None,
        repetitions=(10, 10),
        sets=(1, 3),
        per_day=None,
        words="Step-ups (low step): 1 set of 10 repetitions … Dosage is 3 × 10",
    ),
    "single-leg-stand": Read(
        hold_seconds=(20, 30),
        repetitions=(4, 4),
        sets=None,
        per_day=None,
        words="Hold for 30 seconds … Single limb balance … 4 × 20 s",
    ),
}
