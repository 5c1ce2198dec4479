"""Two plans side by side: what each changed input brings."""
