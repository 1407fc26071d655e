"""Russian declension of persons' names and of posts; callers import from `names`, `posts` and `cases`."""
