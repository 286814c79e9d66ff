"""Traces of persons (个人信息痕迹) in texts and files: numbers, addresses, names, and what a file carries besides its pages.

Nothing here knows a database or a case: whom to look for is handed in. A trace is a suspicion; a person decides.
"""
