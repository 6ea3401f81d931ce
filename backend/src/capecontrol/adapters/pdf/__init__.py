"""PDF: WeasyPrint in a process of its own, which may load our typeface and nothing else."""
