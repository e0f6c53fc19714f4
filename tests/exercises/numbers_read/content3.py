"""Numbers read in the sources of seated and standing entries."""

from tests.exercises.numbers_read import Read

READ = {
    # NHS Tayside, “Exercises to try at home”
    "heel-raise": Read(
        hold_seconds=None,
        repetitions=(10, 10),
        sets=None,
        per_day=None,
        words="Aim to lift for a slow count of 3 … Repeat up to 10 times.",
    ),
    # National Institute on Aging, “Thigh (Standing)”
    "quadriceps-stretch": Read(
        hold_seconds=(10, 30),
        repetitions=(3, 5),
        sets=None,
        per_day=None,
        words="Hold position for 10-30 seconds. Repeat at least 3-5 times.",
    ),
    # Mayo Clinic, “Stretch to take the strain out of sitting”
    "seated-figure-four": Read(
        hold_seconds=(30, 30),
        repetitions=None,
        sets=None,
        per_day=None,
        words="prop one ankle on the opposite thigh … Hold the stretch for 30 seconds.",
    ),
    # McGill, “Low Back Disorders”, fourth edition, of flossing
    "seated-slump-slider": Read(
        hold_seconds=None,
        repetitions=(10, 10),
        sets=None,
        per_day=None,
        words="begin by performing 10 repetitions with each leg … several times per day",
    ),
    # NHS inform, “Exercises for back pain”
    "seated-back-bend": Read(
        hold_seconds=None,
        repetitions=(5, 5),
        sets=None,
        per_day=(3, 3),
        words="Start by doing 5 repetitions of each exercise, 3 times a day.",
    ),
    # McKenzie, “The Lumbar Spine”, on side gliding in standing
    "standing-side-glide": Read(
        hold_seconds=None,
        repetitions=(10, 10),
        sets=None,
        per_day=(10, 10),
        words="ten times per day, at each session moving ten times",
    ),
}
