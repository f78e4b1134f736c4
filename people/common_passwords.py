"""Passwords that are tried first."""

from typing import Final

_LINES: Final = """
0123456789 0987654321 1122334455 112233445566 123123123 123123123123 123454321 1234554321 1234567890
12345678910 123456789a 147258369 1472583690 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 741852963
789456123 987654321 9876543210 a123456789 abc123abc123 abcd1234 abcdefghij abcdefghijk admin adminadmin
administration administrator alexander arsenal asdfgh asdfghjkl asdfghjkl; baseball basketball batman
blueberry butterfly changeme changemenow charlie chelsea chocolate christopher computer dragon elizabeth
family football forever freedom hello hellohello helloworld ilovejesus ilovemykids iloveyou iloveyoumore
iloveyousomuch internet jennifer jessica letmein letmeinnow letmeinplease liverpool lovelove loveyou
manchester manunited master michael monkey mylove mypassword mysecret p@ssword pa55word parents passw0rd
password passwordpassword passwort pokemon practicum princess qazwsx qazwsxedc qwerty qwerty123456 qwertyui
qwertyuiop qwertyuiop[] samsung secret spiderman starwars strawberry sunshine superman thisismypassword
topsecret training trustno1 welcome welcomehome welcometo whatever zaq12wsx zxcvbnm zxcvbnm,./
"""

COMMON: Final = frozenset(_LINES.split())
"""More than a hundred, in small letters; digits and signs around them make no difference (`people.passwords`)."""
