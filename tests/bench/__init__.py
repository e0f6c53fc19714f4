"""`make bench`: how fast the pages answer and the reminders go out, on real parts."""
