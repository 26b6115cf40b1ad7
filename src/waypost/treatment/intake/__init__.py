"""From a referral to a signed level of care: pre-screen, waiting list, assessment."""
