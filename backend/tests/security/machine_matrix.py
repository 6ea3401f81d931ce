"""What a machine may do: every operation of the machine surface × every state of its key. Each cell is a status that
somebody wrote down from the spec ("Machine API"); nothing is computed. A new machine operation without a line fails the
suite, and so does one that stands in the browser's matrix.

Callers, where something is asked for, about the organization "own":

    non  no credential                    bou  a key that is bound to another organization
    gar  something that is no key         sus  a key of a suspended organization
    exp  an expired key                   coo  a person's cookies, and nothing else
    rev  a revoked key                    ses  a person's access token: an operator's
    dis  a key of a disabled app          que  a good key, in the address
    mis  a key without the scope          own  a good key, bound to "own"
"""

#: Flags and tokens are closed to a suspended organization, its events and logs are still taken (spec 2).
MACHINE_MATRIX = """
operation                   non gar exp rev dis mis bou sus coo ses que own

# apps: any key may ask which one it is
get_whoami                  401 401 401 401 401 200 200 403 401 401 401 200
"""
