"""Operating the service: back-up and restore, the doctor, the demonstration."""
