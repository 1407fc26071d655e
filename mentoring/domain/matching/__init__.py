"""Matching mentees with mentors: rules, points, optimum, and the reasons for each."""
