"""Towns: the official register, who speaks for a town, and the profiles of people and organisations.

Decides who is the Netzwerk; the register never touches what a town says about itself.
"""
