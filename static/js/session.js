// The page that leads a session: what every page of a patient loads, and what leads.
import "./patient.js";
