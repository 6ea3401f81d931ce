"""What the API process serves beside the features: health, the API's description, the built pages."""
