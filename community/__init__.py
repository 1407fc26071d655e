"""Events of the community: the group meeting of mentors and mentees."""
