-- A slot's zone is its patient's: a key on both columns, which follows a change of zone.
ALTER TABLE patients_patient ADD CONSTRAINT patient_and_zone UNIQUE (id, time_zone);
ALTER TABLE reminders_slot ADD CONSTRAINT slot_in_the_zone_of_its_patient
    FOREIGN KEY (patient_id, zone) REFERENCES patients_patient (id, time_zone)
    ON UPDATE CASCADE ON DELETE CASCADE;

-- A reminder's assignment is one of its patient's: one key says so, and that both exist.
ALTER TABLE patients_assignment ADD CONSTRAINT assignment_and_patient UNIQUE (id, patient_id);
ALTER TABLE reminders_reminder ADD CONSTRAINT reminder_of_assignment
    FOREIGN KEY (assignment_id, patient_id) REFERENCES patients_assignment (id, patient_id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
