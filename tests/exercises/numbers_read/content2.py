"""On the back, the side and the front, and one at the wall."""

from tests.exercises.numbers_read import Read

READ = {
    "straight-leg-raise": Read(
        hold_seconds=(5, 5),
        repetitions=(10, 10),
        sets=(3, 3),
        per_day=None,
        words="Hold this position for 5 seconds … Repetitions: 3 sets of 10",
    ),
    "side-lying-hip-abduction": Read(
        hold_seconds=(5, 5),
        repetitions=(8, 12),
        sets=None,
        per_day=None,
        words="8 repetitions and progress to 12 repetitions … Hold this position for 5 seconds",
    ),
    "front-plank-on-knees": Read(
        hold_seconds=(5, 10),
        repetitions=(8, 10),
        sets=None,
        per_day=None,
        words="Hold this position for 5 to 10 seconds and repeat 8 to 10 times",
    ),
    "prone-hip-extension": Read(
        hold_seconds=(5, 10),
        repetitions=(3, 3),
        sets=None,
        per_day=None,
        words="Hold this position for 5 to 10 seconds and repeat 3 times",
    ),
    "rest-with-belly-breathing": Read(
        hold_seconds=None,
        repetitions=None,
        sets=None,
        per_day=None,
        minutes=(3, 5),
        words="Put feet on a chair … Keep doing this for three to five minutes",
    ),
    "calf-stretch": Read(
        hold_seconds=(20, 30),
        repetitions=(3, 5),
        sets=None,
        per_day=None,
        words="Hold for 20-30 seconds … Repeat 3-5 times",
    ),
}
