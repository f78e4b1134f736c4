"""What the facts show: readiness explained, and statistics that can be checked."""
