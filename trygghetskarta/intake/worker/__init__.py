"""Files are read and imported in a process of their own, watched for time and memory.

``crew`` has the processes and gives them work, ``process`` is one of them seen from outside,
``messages`` is how the two talk, ``jobs`` is what can be asked, ``budget`` how much it may cost,
and ``__main__`` is what runs in the process.
"""
