// The page that a patient keeps: all that it does, in one script that stands in it.
import "./figure.js";
import "./keepsake-ticks.js";
