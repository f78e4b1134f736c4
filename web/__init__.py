"""What people see, and the one door to it: pages, plain routes, sign-in."""
