"""The words the code keeps: closed lists, in the field's terms, with their Swedish gloss.

The value of a member is what stands in the store, in links and in files. Values that a user
meets (links, configuration) are Swedish in ASCII; the rest is English.
"""
