// Everything here only helps: each page works without it.
import "./performed-at.js";
import "./sending.js";
import "./saving.js";
import "./once.js";
import "./counter.js";
import "./time-zone.js";
import "./focus-errors.js";
import "./menu.js";
import "./figure.js";
import "./print.js";
import "./overnight.js";
import "./reminder-times.js";
import "./stopped.js";
import "./unfinished.js";
import "./results.js";
import "./offline/register.js";
import "./offline/install.js";
