"""What a consultation asks, of whom, and what a ballot may say."""
