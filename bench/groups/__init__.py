"""What is measured. Each module has `measure(wanted)`, which yields figures."""
