"""What is said about the years to come: reference figures with their source, and how they are shown."""
