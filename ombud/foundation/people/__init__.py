"""Who: our people, their teams and absences; the customers, their accounts; and who may do what."""
