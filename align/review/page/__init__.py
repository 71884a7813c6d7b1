"""What the review's page in a browser and its widget in a notebook share.

Everything but how a message travels.
"""
