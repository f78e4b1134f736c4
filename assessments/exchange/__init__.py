"""Items from and to other people's formats: GIFT, Moodle XML and QTI 3.0."""
