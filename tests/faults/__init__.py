"""What goes wrong: a killed process, a full disk, two at once, the command line beside a running app."""
