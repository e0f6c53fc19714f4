// Everything here only helps: each page works without it.
import "./offline/leave.js";
import "./offline/left.js";
import "./sending.js";
import "./saving.js";
import "./once.js";
import "./counter.js";
import "./time-zone.js";
import "./focus-errors.js";
import "./menu.js";
import "./figure.js";
import "./print.js";
import "./swap.js";
import "./unsaved.js";
import "./ticks.js";
import "./builder.js";
import "./search.js";
import "./poser.js";
