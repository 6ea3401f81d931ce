"""What can be done with workflows, one use case each."""
