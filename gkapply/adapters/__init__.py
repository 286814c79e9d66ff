"""Ways to the world outside the office: mail, text messages, the electronic seal. What stands at their end is the installation's choice.

A message is handed over at least once; its key lets the receiving side know a second copy.
"""
