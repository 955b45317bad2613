"""What is run: scenario texts, each by the sizes that matter.

Nothing here imports the simulator, nor anything large.
"""
