"""The ways out of the house, against servers that run: mail, text messages, webhooks."""
